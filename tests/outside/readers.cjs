// What N3.js, jsonld.js and graphology read in a file: `node readers.cjs n3|jsonld|gexf|graphml FILE`, with NODE_PATH on the
// packages of package.json. Triples come out as N-Quads, graphs as JSON.
const fs = require("fs");

const [reader, file] = process.argv.slice(2);
const text = fs.readFileSync(file, "utf-8");

function n3() {
  const { Parser, Writer } = require("n3");
  const format = { ttl: "text/turtle", nt: "application/n-triples", trig: "application/trig", nq: "application/n-quads" };
  const quads = new Parser({ format: format[file.split(".").pop()] }).parse(text);
  const writer = new Writer({ format: "application/n-quads" });
  quads.forEach((quad) => writer.addQuad(quad));
  writer.end((error, written) => process.stdout.write(written));
}

async function jsonld() {
  const { toRDF } = require("jsonld");
  const documentLoader = (url) => Promise.reject(new Error(`${url} is asked for: the context is not inline`));
  process.stdout.write(await toRDF(JSON.parse(text), { format: "application/n-quads", documentLoader, safe: true }));
}

function graph(parser) {
  const { MultiDirectedGraph } = require("graphology");
  const read = require(parser).parse(MultiDirectedGraph, text);
  const nodes = Object.fromEntries(read.mapNodes((node, attributes) => [node, attributes]));
  const edges = read.mapEdges((edge, attributes, source, target) => [source, target, attributes]);
  process.stdout.write(JSON.stringify({ nodes, edges }));
}

if (reader === "n3") n3();
else if (reader === "jsonld") jsonld();
else graph(`graphology-${reader}`);
