"use strict";
// What lies around an entity as a drawing: it in the middle, the others around it, each line a link to its sentences.
// Lines and arrowheads mean what they mean in the pictures of `relata export`. The lists below the drawing say the same in words.

const WIDTH = 960;
const HEIGHT = 600;
const LOOKS = {
  asserted: { word: "fact or claim", color: "#0072B2", dashes: "none", head: "full" },
  ended: { word: "over", color: "#595959", dashes: "none", head: "bar" },
  planned: { word: "planned", color: "#CC79A7", dashes: "9 5", head: "empty" },
  hypothetical: { word: "hypothetical", color: "#009E73", dashes: "2 5", head: "empty" },
  negated: { word: "denied", color: "#D55E00", dashes: "2 5", head: "bar" },
};

// What the browser itself calls SVG: it reads like an address, and nothing here has one of elsewhere.
const DRAWING = new DOMParser().parseFromString("<svg></svg>", "text/html").querySelector("svg").namespaceURI;

function drawn(name, attributes, ...children) {
  const made = document.createElementNS(DRAWING, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function heads() {
  const marker = (id, color, ...shapes) => drawn("marker", {
    id, viewBox: "0 0 12 12", refX: "11", refY: "6", markerWidth: "12", markerHeight: "12", orient: "auto-start-reverse", markerUnits: "userSpaceOnUse", stroke: color, fill: color,
  }, ...shapes);
  const shapes = {
    full: () => drawn("path", { d: "M1 1 11 6 1 11Z" }),
    empty: () => drawn("path", { d: "M1 1 11 6 1 11Z", fill: "#fff" }),
    bar: () => drawn("path", { d: "M8 0V12", "stroke-width": "3" }),
  };
  const markers = Object.entries(LOOKS).map(([modality, look]) => marker(`head-${modality}`, look.color, shapes[look.head]()));
  return drawn("defs", {}, ...markers, marker("claimed", "#404040", drawn("circle", { cx: "6", cy: "6", r: "4", fill: "#fff" })));
}

// How far along a line from the middle of a box its border is.
function border(box, dx, dy) {
  const length = Math.hypot(dx, dy) || 1;
  const reach = Math.min(box.width / 2 / Math.abs(dx / length || 1e-9), box.height / 2 / Math.abs(dy / length || 1e-9)) + 3;
  return [box.x + (dx / length) * reach, box.y + (dy / length) * reach];
}

function line(one, from, to, bend) {
  const [mx, my] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  // What does not touch the middle bends towards it, so that lines along the rim keep off the names there.
  const between = !from.center && !to.center;
  const cx = mx - (dy / length) * bend + (between ? (WIDTH / 2 - mx) * 0.45 : 0);
  const cy = my + (dx / length) * bend + (between ? (HEIGHT / 2 - my) * 0.45 : 0);
  const [x1, y1] = border(from, cx - from.x, cy - from.y);
  const [x2, y2] = border(to, cx - to.x, cy - to.y);
  const look = LOOKS[one.modality];
  const path = `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
  const label = `${one.subject.label} – ${one.predicateLabel} – ${one.object.label}`;
  const told = one.modality === "asserted" ? "" : ` [${LOOKS[one.modality].word}]`;
  const claimed = one.voice === "attributed";
  const visible = drawn("path", {
    d: path, fill: "none", stroke: look.color, "stroke-width": Math.min(1.5 + Math.log2(one.documents), 5).toFixed(1),
    "stroke-dasharray": look.dashes, "marker-end": `url(#head-${one.modality})`,
  });
  if (claimed) visible.setAttribute("marker-start", "url(#claimed)");
  return drawn("a", { href: `#statement/${one.id}`, "aria-label": label + told },
    drawn("title", {}, `${label}${told}${claimed ? ", claimed" : ""}\n${one.passage.quote}`),
    visible, drawn("path", { d: path, fill: "none", stroke: "transparent", "stroke-width": "12" }));
}

function box(one, x, y, center) {
  const label = one.label.length > 28 ? `${one.label.slice(0, 27)}…` : one.label;
  return { id: one.id, label, full: one.label, x, y, center, width: label.length * (center ? 9.5 : 7.6) + 18, height: center ? 32 : 26 };
}

function legend(modalities) {
  const parts = modalities.flatMap((modality, place) => [
    drawn("path", { d: `M${20 + place * 150} ${HEIGHT - 14}h36`, stroke: LOOKS[modality].color, "stroke-width": "2", "stroke-dasharray": LOOKS[modality].dashes, "marker-end": `url(#head-${modality})` }),
    drawn("text", { x: 64 + place * 150, y: HEIGHT - 9, "font-size": "13", fill: "#222" }, LOOKS[modality].word),
  ]);
  parts.push(drawn("path", { d: `M${20 + modalities.length * 150} ${HEIGHT - 14}h36`, stroke: "#404040", "stroke-width": "2", "marker-start": "url(#claimed)" }),
    drawn("text", { x: 64 + modalities.length * 150, y: HEIGHT - 9, "font-size": "13", fill: "#222" }, "claimed by somebody"));
  return parts;
}

// The answer of /api/ego as a drawing.
function network(ego) {
  const around = ego.entities.filter((one) => one.id !== ego.center);
  const boxes = new Map(around.map((one, place) => {
    const angle = (place / around.length) * 2 * Math.PI - Math.PI / 2 + Math.PI / Math.max(around.length, 2);
    // Neighbours on the rim stand at two distances when there are many.
    const reach = around.length > 12 && place % 2 ? 0.72 : 1;
    return [one.id, box(one, WIDTH / 2 + Math.cos(angle) * reach * 360, HEIGHT / 2 - 12 + Math.sin(angle) * reach * 245, false)];
  }));
  const middle = ego.entities.find((one) => one.id === ego.center);
  boxes.set(ego.center, box(middle, WIDTH / 2, HEIGHT / 2 - 12, true));
  const pairs = new Map();
  for (const one of ego.statements) {
    const key = [one.subject.id, one.object.id].sort().join(" ");
    pairs.set(key, [...(pairs.get(key) || []), one]);
  }
  const lines = [...pairs.values()].flatMap((together) => together.map((one, place) => {
    // Bends are told from one end, whichever way a line goes.
    const side = one.subject.id < one.object.id ? 1 : -1;
    return line(one, boxes.get(one.subject.id), boxes.get(one.object.id), side * (place - (together.length - 1) / 2) * 56);
  }));
  const names = [...boxes.values()].map((one) => drawn("a", { href: `#entity/${encodeURIComponent(one.id)}`, "aria-label": one.full },
    drawn("title", {}, one.full),
    drawn("rect", { x: one.x - one.width / 2, y: one.y - one.height / 2, width: one.width, height: one.height, rx: "6", fill: one.center ? "#CCE5F5" : "#F4F4F4", stroke: "#555" }),
    drawn("text", { x: one.x, y: one.y + 5, "text-anchor": "middle", "font-size": one.center ? "17" : "14", fill: "#111" }, one.label)));
  const used = Object.keys(LOOKS).filter((modality) => ego.statements.some((one) => one.modality === modality));
  return drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "graphics-document", "aria-label": `What is said between ${middle.label} and those around` },
    heads(), drawn("rect", { width: WIDTH, height: HEIGHT, fill: "#fff" }), ...lines, ...names, ...legend(used));
}
