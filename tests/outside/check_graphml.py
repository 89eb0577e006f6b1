"""check_graphml.py OUT: graph.graphml fits the official XML schema; NetworkX and igraph read the same graph."""
import math

import igraph
import networkx
import rdflib
from rdflib.namespace import RDF

import outside


def present(attributes):
    """Attributes that have a value: igraph fills in "" and NaN where a file says nothing."""
    def absent(value):
        return value is None or value == "" or (isinstance(value, float) and math.isnan(value))

    return {name: value for name, value in attributes.items() if not absent(value)}


def check(out):
    file = out / "graph.graphml"
    outside.run("xmllint", "--noout", "--nonet", "--schema", outside.schema("graphml.xsd"), file)
    yield "it fits the official XML schema"

    one = networkx.read_graphml(file, force_multigraph=True)
    other = igraph.Graph.Read_GraphML(str(file))
    outside.equal("nodes of igraph", other.vcount(), one.number_of_nodes())
    outside.equal("edges of igraph", other.ecount(), one.number_of_edges())
    outside.expect(other.is_directed() and one.is_directed(), "the graph is directed")
    for vertex in other.vs:
        found = present(vertex.attributes())
        node = found.pop("id")
        outside.equal(f"attributes of node {node}", found, present(one.nodes[node]))
    edges = {data["statement"]: (source, target, present(data)) for source, target, data in one.edges(data=True)}
    outside.equal("distinct statements", len(edges), one.number_of_edges())
    for edge in other.es:
        found = present(edge.attributes())
        found.pop("id", None)
        source, target, data = edges[found["statement"]]
        data.pop("id", None)
        ends = (other.vs[edge.source]["id"], other.vs[edge.target]["id"])
        outside.equal(f"ends of {found['statement']}", ends, (source, target))
        outside.equal(f"attributes of {found['statement']}", found, data)
    yield f"{other.vcount()} nodes and {other.ecount()} edges with all attributes, the same for NetworkX and igraph"

    turtle = rdflib.Graph().parse(out / "graph.ttl")
    statements = set(map(str, turtle.subjects(RDF.type, rdflib.URIRef(outside.RELATA + "Statement"))))
    outside.expect(statements == set(edges), "graph.ttl and graph.graphml have other statements")
    yield "the edges are the statements of graph.ttl"
    torture = outside.expected(out)
    if torture:
        for entity, text in torture["labels"].items():
            shown = outside.written(text) if text.strip() else entity
            outside.equal(f"label of {entity}", one.nodes[entity]["label"], shown)
        yield f"{len(torture['labels'])} tortured names come back"


if __name__ == "__main__":
    outside.main(check, ["OUT"])
