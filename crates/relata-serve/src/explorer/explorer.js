"use strict";
// The explorer: search, entity, document, SPARQL. What it shows stands in the fragment of the address, so that it can be sent
// on. Texts are only ever set as text, never as HTML.

const main = document.getElementById("main");
const status = document.getElementById("status");

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const link = (kind, id, label) => element("a", { href: `#${kind}/${encodeURIComponent(id)}` }, label);

async function ask(address) {
  const response = await fetch(address, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}

const KINDS = {
  facts: "Facts: asserted in a document’s own voice",
  claimed: "Claimed by others",
  planned: "Planned",
  hypothetical: "Hypothetical",
  ended: "Over",
  negated: "Denied",
};

function passage(one) {
  const notes = [one.document.date, one.rule];
  if (one.cue) notes.unshift(`“${one.cue}”`);
  const who = one.attributedTo ? one.attributedTo.label : one.attributionText;
  return element("div", {},
    element("blockquote", one.document.language ? { lang: one.document.language } : {},
      one.before, element("mark", {}, one.quote), one.after),
    element("p", { class: "note" }, link("document", one.document.id, one.document.title || one.document.name),
      who ? ` · ${one.attributedTo ? `according to ${who}` : `“${who}”`}` : "", ` · ${notes.filter(Boolean).join(" · ")}`));
}

function statement(one, passages) {
  const details = [one.role, one.time, one.amount && `${one.amount.value} ${one.amount.unit}`].filter(Boolean);
  const told = one.fact ? "" : ` [${one.modality}${one.voice === "attributed" ? ", claimed" : ""}]`;
  return element("article", { class: one.modality },
    element("h3", {}, link("entity", one.subject.id, one.subject.label), ` – ${one.predicateLabel} – `,
      link("entity", one.object.id, one.object.label), told, details.length ? ` (${details.join(", ")})` : ""),
    ...passages.map(passage),
    one.passages > passages.length
      ? element("p", { class: "note" }, link("statement", one.id, `all ${one.passages} passages in ${one.documents} documents`))
      : null);
}

async function showSearch(query) {
  const found = await ask(`api/search?q=${encodeURIComponent(query)}`);
  const items = found.results.map((one) =>
    element("li", {}, link("entity", one.id, one.label), ` – ${one.type}, ${one.documents} documents, ${one.statements} statements`));
  main.replaceChildren(element("h2", {}, `“${query}”`), element("ul", { class: "plain" }, ...items));
  return `${found.found} found${found.found > items.length ? `, ${items.length} shown` : ""}`;
}

async function showEntity(id) {
  const [one, around] = await Promise.all([ask(`api/entity/${encodeURIComponent(id)}`), ask(`api/ego/${encodeURIComponent(id)}?limit=21`)]);
  const labels = [...new Set(Object.values(one.labels))];
  const parts = [element("h2", {}, one.label),
    element("p", { class: "note" }, `${one.type} · ${one.mentions} mentions in ${one.documents} documents · ${labels.join(" · ")}`)];
  if (around.statements.length > 0) {
    parts.push(element("figure", {}, network(around), element("figcaption", { class: "note" },
      "Each line leads to its sentences.", around.entities.length === 21 ? " The 20 neighbours that most documents name." : "")));
  }
  for (const [kind, title] of Object.entries(KINDS)) {
    const group = one[kind];
    if (group.found === 0) continue;
    const shown = group.statements.length;
    parts.push(element("section", {}, element("h2", {}, `${title} (${shown < group.found ? `${shown} of ` : ""}${group.found})`),
      ...group.statements.map((said) => statement(said, [said.passage]))));
  }
  main.replaceChildren(...parts);
  return `${one.statements} statements about ${one.label}`;
}

async function showStatement(id) {
  const one = await ask(`api/statement/${encodeURIComponent(id)}`);
  main.replaceChildren(statement(one, one.evidence));
  return `${one.evidence.length} passages`;
}

async function showDocument(id) {
  const one = await ask(`api/document/${encodeURIComponent(id)}`);
  main.replaceChildren(element("h2", {}, one.title || one.name),
    element("p", { class: "note" }, [one.name, one.date, one.language, one.url].filter(Boolean).join(" · ")),
    ...one.passages.map((said) => statement({ ...said.statement, passages: 1 }, [said])));
  return `${one.passages.length} passages`;
}

function cell(term) {
  if (!term) return "";
  const entity = term.type === "uri" && term.value.match(/\/(entity|statement|document)\/([A-Za-z0-9_-]+)$/);
  return entity ? link(entity[1], entity[2], entity[2]) : term.value;
}

async function showAsk(query) {
  const area = element("textarea", { id: "query", rows: "10", "aria-label": "SPARQL", spellcheck: "false" });
  area.value = query || "SELECT ?subject ?modality ?quote WHERE {\n  ?st rdf:subject ?subject ; rdf:object ?object ; relata:modality ?modality ; relata:evidence/relata:quote ?quote\n}\nLIMIT 20";
  const form = element("form", {}, area, element("button", {}, "Ask"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = `ask/${encodeURIComponent(area.value)}`;
  });
  main.replaceChildren(element("h2", {}, "SPARQL"), form);
  if (!query) return "";
  const address = `query?query=${encodeURIComponent(query)}`;
  const response = await fetch(address, { headers: { accept: "application/sparql-results+json, text/turtle;q=0.9" } });
  const text = await response.text();
  if (!response.ok || !(response.headers.get("content-type") || "").includes("json")) {
    main.append(element("pre", {}, text));
    return response.ok ? "done" : "not answered";
  }
  const answer = JSON.parse(text);
  if ("boolean" in answer) {
    main.append(element("p", {}, String(answer.boolean)));
    return String(answer.boolean);
  }
  const names = answer.head.vars;
  const rows = answer.results.bindings.map((row) => element("tr", {}, ...names.map((name) => element("td", {}, cell(row[name])))));
  main.append(element("table", {}, element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows)), element("p", {}, element("a", { href: `${address}&format=csv` }, "as CSV")));
  return `${rows.length} rows`;
}

const SCREENS = { search: showSearch, entity: showEntity, statement: showStatement, document: showDocument, ask: showAsk };

async function show() {
  const [kind, ...rest] = location.hash.slice(1).split("/");
  const screen = SCREENS[kind];
  status.textContent = "";
  if (!screen) {
    main.replaceChildren(element("p", {}, "Search for a person, a company or a state, and read in which sentence each claim is made."));
    return;
  }
  try {
    status.textContent = await screen(decodeURIComponent(rest.join("/")));
  } catch (error) {
    main.append(element("pre", {}, error.message));
    status.textContent = "not answered";
  }
  // The header stays in sight: the focus is for keyboards and screen readers.
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = `search/${encodeURIComponent(document.getElementById("typed").value)}`;
});
window.addEventListener("hashchange", show);
show();
