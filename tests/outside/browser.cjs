// browser.cjs ADDRESS EVIDENCE: opens the explorer at ADDRESS and the evidence folder in Chromium, as a reader does, and goes from an
// edge to its sentence in both. What the browser complains of, and whatever it asks elsewhere, is a fault. SHOTS names a folder for
// pictures of what it saw.
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

const [address, evidence] = process.argv.slice(2);
const faults = [];

function expect(holds, fault) {
  if (!holds) throw new Error(fault);
}

async function opened(browser, home) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 900 });
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`not loaded: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) faults.push(`asked elsewhere: ${request.url()}`);
  });
  return page;
}

async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
}

async function explorer(browser) {
  const page = await opened(browser, address);
  await page.goto(address, { waitUntil: "networkidle0" });
  await page.type("#typed", "sber");
  await page.keyboard.press("Enter");
  await page.waitForSelector("main li a");
  await shot(page, "search");
  await page.click("main li a");
  await page.waitForSelector("figure svg a[href^='#statement/']");
  await shot(page, "entity");
  const edges = await page.$$eval("figure svg a[href^='#statement/']", (lines) => lines.map((line) => line.getAttribute("aria-label")));
  const listed = await page.$$eval("article h3", (heads) => heads.length);
  expect(edges.length >= listed && listed > 0, `${edges.length} lines are drawn and ${listed} statements listed`);
  expect(edges[0].split(" – ").length === 3, `a line is called ${JSON.stringify(edges[0])}`);
  // By keyboard, as by mouse: a line can be focused and followed.
  await page.$eval("figure svg a[href^='#statement/']", (line) => line.focus());
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#statement/") && document.querySelector("blockquote mark"));
  await shot(page, "statement");
  expect(await page.$eval("blockquote mark", (one) => one.textContent), "no sentence behind a line");
  expect((await page.$eval("article h3", (head) => head.textContent)).startsWith(edges[0].replace(/ \[.*/, "")), "another statement than the line's");
  await page.click("blockquote + p a");
  await page.waitForFunction(() => location.hash.startsWith("#document/") && document.querySelectorAll("article").length > 1);
  await shot(page, "document");
  await page.click("nav a[href='#ask']");
  await page.waitForSelector("textarea");
  await page.click("main form button");
  await page.waitForSelector("main table tbody tr");
  await shot(page, "sparql");
  await page.goto(`${address}#entity/nobody-at-all`);
  await page.reload({ waitUntil: "networkidle0" });
  expect((await page.$eval("main", (one) => one.textContent)).includes('there is no entity "nobody-at-all"'), "an unknown entity is not told");
  // That answer is 404, and the browser says so.
  const expected = faults.filter((fault) => fault.includes("404"));
  expected.forEach((fault) => faults.splice(faults.indexOf(fault), 1));
  await page.close();
  return `the explorer shows ${edges.length} lines around Sberbank, and the sentences behind them`;
}

async function folder(browser) {
  const home = pathToFileURL(path.resolve(evidence)).href;
  const page = await opened(browser, home);
  await page.goto(`${home}/index.html`, { waitUntil: "networkidle0" });
  await shot(page, "evidence");
  const edges = await page.$$("g.edge, g[class^='edge']");
  expect(edges.length > 0, "no picture in the evidence folder");
  // On the line itself, in its middle, as a mouse does.
  const { x, y, expected } = await page.evaluate(() => {
    const edge = document.querySelector("g[class^='edge']");
    const line = edge.querySelector("path");
    const point = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
    return { x: point.x, y: point.y, expected: edge.querySelector("a").getAttribute("xlink:href") };
  });
  await Promise.all([page.waitForNavigation(), page.mouse.click(x, y)]);
  await shot(page, "evidence-document");
  expect(page.url() === `${home}/${expected}`, `a click on a line led to ${page.url()}, not to ${expected}`);
  const target = await page.$(":target");
  expect(target, `${page.url()} has no such place`);
  expect(await target.isIntersectingViewport(), "the sentence is not in sight");
  const marks = await page.$eval(":target", (place) => [place.closest("mark") || place.parentElement.querySelector("mark")].map((one) => one && one.textContent));
  expect(marks[0], "nothing is marked where the line leads");
  await page.close();
  return `a click on one of ${edges.length} edges leads to its sentence in the evidence folder`;
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: "shell", args: ["--no-sandbox", "--disable-gpu"] });
  try {
    console.log(`ok: ${await explorer(browser)}`);
    console.log(`ok: ${await folder(browser)}`);
  } finally {
    await browser.close();
  }
  if (faults.length > 0) throw new Error(`the browser complains: ${[...new Set(faults)].slice(0, 5).join("; ")}`);
})().catch((error) => {
  console.error(`FAULT: ${error.message}`);
  process.exit(1);
});
