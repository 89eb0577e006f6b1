"""check_rdf.py OUT: rdflib, oxigraph, rapper, serdi, PyLD, N3.js and jsonld.js read the same triples, in every syntax that is there.

The exports have no blank nodes, so two graphs are equal when their sets of triples are.
"""
import json

import pyoxigraph
import rdflib
from pyld import jsonld

import outside

# "5.0" and "5" are one number but two triples; compare what is written.
rdflib.NORMALIZE_LITERALS = False

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def oxigraph_triples(data, form):
    def term(node):
        if isinstance(node, pyoxigraph.NamedNode):
            return node.value
        outside.expect(isinstance(node, pyoxigraph.Literal), f"a blank node: {node}")
        return (node.value, node.language, node.datatype.value)

    read = list(pyoxigraph.parse(data, format=form))
    triples = {(term(quad.subject), term(quad.predicate), term(quad.object)) for quad in read}
    outside.equal("triples that oxigraph reads twice", len(read) - len(triples), 0)
    return triples


def rdflib_triples(file, form):
    def term(node):
        if isinstance(node, rdflib.URIRef):
            return str(node)
        outside.expect(isinstance(node, rdflib.Literal), f"a blank node: {node!r}")
        return (str(node), node.language, LANG_STRING if node.language else str(node.datatype or XSD_STRING))

    return {tuple(term(node) for node in triple) for triple in rdflib.Graph().parse(file, format=form)}


QUADS = pyoxigraph.RdfFormat.N_QUADS
LINES = pyoxigraph.RdfFormat.N_TRIPLES


def syntaxes(out):
    """The RDF files that are there: Turtle always, the others where an export of everything is checked."""
    for name in ("graph.ttl", "graph.nt", "graph.trig", "graph.nq", "graph.rdf", "graph.jsonld"):
        if (out / name).exists():
            yield out / name


def n3js(file):
    return oxigraph_triples(outside.node("n3", file), QUADS)


def check_lines(out, same):
    """What all readers of Turtle's family say of it."""
    forms = {".ttl": ("turtle", "turtle"), ".nt": ("ntriples", "nt"), ".trig": ("trig", "trig"), ".nq": ("nquads", "nquads")}
    for file in syntaxes(out):
        if file.suffix not in forms:
            continue
        serdi, rdflib_form = forms[file.suffix]
        lines, told = outside.run("serdi", "-q", "-i", serdi, "-o", "nquads", file)
        outside.equal(f"what serdi complains of in {file.name}", told, "")
        same(f"serdi from {file.name}", oxigraph_triples(lines, QUADS))
        same(f"N3.js from {file.name}", n3js(file))
        if file.suffix in (".ttl", ".nt"):
            same(f"rdflib from {file.name}", rdflib_triples(file, rdflib_form))
        if file.suffix != ".ttl":
            same(f"oxigraph from {file.name}", oxigraph_triples(file.read_bytes(), pyoxigraph.RdfFormat.from_extension(file.suffix[1:])))


def check_xml(out, same):
    file = out / "graph.rdf"
    if file.exists():
        outside.run("xmllint", "--noout", "--nonet", file)
        same("rdflib from RDF/XML", rdflib_triples(file, "xml"))
        same("oxigraph from RDF/XML", oxigraph_triples(file.read_bytes(), pyoxigraph.RdfFormat.RDF_XML))
        lines, told = outside.run("rapper", "-q", "-i", "rdfxml", "-o", "ntriples", file.resolve().as_uri())
        outside.equal("what rapper complains of in RDF/XML", told, "")
        same("rapper from RDF/XML", oxigraph_triples(lines, LINES))


def no_network(url, options):
    raise outside.Fault(f"{url} is asked for: the context is not inline")


def check_json(out, same):
    file = out / "graph.jsonld"
    if file.exists():
        quads = jsonld.to_rdf(json.loads(file.read_text("utf-8")), {"format": "application/n-quads", "documentLoader": no_network})
        same("PyLD", oxigraph_triples(quads.encode(), QUADS))
        same("jsonld.js", oxigraph_triples(outside.node("jsonld", file), QUADS))
        same("rdflib from JSON-LD", rdflib_triples(file, "json-ld"))


def check_graphs(out, same):
    """A graph a document: together they are the one graph, and each holds the passages of its document."""
    for name in ("documents.trig", "documents.nq"):
        file = out / name
        if not file.exists():
            continue
        read = list(pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.from_extension(file.suffix[1:])))
        union = pyoxigraph.serialize((pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in read), format=LINES)
        same(f"oxigraph from {name}", {*oxigraph_triples(b"".join(sorted(set(union.splitlines(True)))), LINES)})
        graphs = {quad.graph_name.value for quad in read if quad.graph_name != pyoxigraph.DefaultGraph()}
        of = {quad.object.value for quad in read if quad.predicate.value == outside.RELATA + "document"}
        outside.expect(of <= graphs, f"{name}: documents without a graph: {sorted(of - graphs)[:3]}")
        for quad in read:
            if quad.predicate.value == outside.RELATA + "document":
                outside.equal(f"graph of {quad.subject}", quad.graph_name, quad.object)
        if file.suffix == ".trig":
            lines, told = outside.run("serdi", "-q", "-i", "trig", "-o", "nquads", file)
            outside.equal(f"what serdi complains of in {name}", told, "")
            outside.equal("quads of serdi", len(set(lines.splitlines())), len(set(map(str, read))))
            outside.equal("quads of N3.js", len(set(outside.node("n3", file).splitlines())), len(set(map(str, read))))


def check_new_version(out, same):
    """RDF 1.2: every triple term becomes the three triples of RDF 1.1 again."""
    file = out / "rdf12.ttl"
    if not file.exists():
        return
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    triples = set()
    for quad in pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        if isinstance(quad.object, pyoxigraph.Triple):
            outside.equal("predicate of a triple term", quad.predicate.value, rdf + "reifies")
            for part in ("subject", "predicate", "object"):
                triples.add((quad.subject.value, rdf + part, getattr(quad.object, part).value))
            triples.add((quad.subject.value, rdf + "type", rdf + "Statement"))
        elif isinstance(quad.object, pyoxigraph.NamedNode):
            triples.add((quad.subject.value, quad.predicate.value, quad.object.value))
        else:
            literal = (quad.object.value, quad.object.language, quad.object.datatype.value)
            triples.add((quad.subject.value, quad.predicate.value, literal))
    same("oxigraph from RDF 1.2", triples)


def check(out):
    turtle = (out / "graph.ttl").resolve()
    reference = oxigraph_triples(turtle.read_bytes(), pyoxigraph.RdfFormat.TURTLE)
    outside.expect(reference, "graph.ttl holds no triple")

    def same(who, triples):
        outside.equal(f"triples {who} reads", len(triples), len(reference))
        outside.expect(triples == reference, f"{who} reads other triples: {sorted(map(str, triples ^ reference))[:4]}")

    same("rdflib", rdflib_triples(turtle, "turtle"))
    lines, told = outside.run("rapper", "-q", "-i", "turtle", "-o", "ntriples", turtle.as_uri())
    outside.equal("what rapper complains of", told, "")
    same("rapper", oxigraph_triples(lines, pyoxigraph.RdfFormat.N_TRIPLES))
    for check_one in (check_lines, check_xml, check_json, check_graphs, check_new_version):
        check_one(out, same)
    torture = outside.expected(out)
    if torture:
        label = "http://www.w3.org/2004/02/skos/core#prefLabel"
        for entity, text in torture["labels"].items():
            found = {o[0] for s, p, o in reference if s.endswith(f"/entity/{entity}") and p == label}
            outside.equal(f"label of {entity}", found, {outside.written(text)})
    yield f"{len(reference)} triples, the same in {len(list(syntaxes(out)))} syntaxes for all who read them"


if __name__ == "__main__":
    outside.main(check, ["OUT"])
