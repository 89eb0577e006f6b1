"""check_rdf.py OUT: rdflib, oxigraph and rapper read the same triples.

The exports have no blank nodes, so two graphs are equal when their sets of triples are.
"""
import pyoxigraph
import rdflib

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
    lines = out / "graph.nt"
    if lines.exists():
        same("oxigraph from N-Triples", oxigraph_triples(lines.read_bytes(), pyoxigraph.RdfFormat.N_TRIPLES))
        same("rdflib from N-Triples", rdflib_triples(lines, "nt"))
    torture = outside.expected(out)
    if torture:
        label = "http://www.w3.org/2004/02/skos/core#prefLabel"
        for entity, text in torture["labels"].items():
            found = {o[0] for s, p, o in reference if s.endswith(f"/entity/{entity}") and p == label}
            outside.equal(f"label of {entity}", found, {outside.written(text)})
    yield f"{len(reference)} triples, the same for rdflib, oxigraph and rapper"


if __name__ == "__main__":
    outside.main(check, ["OUT"])
