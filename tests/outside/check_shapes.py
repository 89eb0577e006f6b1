"""check_shapes.py OUT: pyshacl finds graph.ttl conforming, and finds each fault put in on purpose."""
import pyshacl
import rdflib
from rdflib.namespace import RDF

import outside

RELATA = rdflib.Namespace(outside.RELATA)


def conforms(graph, shapes):
    return pyshacl.validate(graph, shacl_graph=shapes, advanced=False)[::2]


def with_direct_triple_missing(graph):
    for statement in graph.subjects(RELATA.modality, RELATA.asserted):
        if graph.value(statement, RELATA.voice) == RELATA.own:
            graph.remove(tuple(graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object)))
            return True
    return False


def with_plan_made_a_fact(graph):
    for modality in (RELATA.planned, RELATA.negated, RELATA.hypothetical, RELATA.ended):
        for statement in graph.subjects(RELATA.modality, modality):
            ends = tuple(graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
            if ends not in graph:
                graph.add(ends)
                return True
    return False


def with_quote_shifted(graph):
    for evidence in graph.subjects(RDF.type, RELATA.Evidence):
        for part in (RELATA.start, RELATA.end):
            graph.set((evidence, part, rdflib.Literal(int(graph.value(evidence, part)) + 1)))
        return True
    return False


def without_evidence(graph):
    for statement in graph.subjects(RDF.type, RELATA.Statement):
        graph.remove((statement, RELATA.evidence, None))
        return True
    return False


def with_unknown_modality(graph):
    for statement in graph.subjects(RDF.type, RELATA.Statement):
        graph.set((statement, RELATA.modality, RELATA.reported))
        return True
    return False


FAULTS = [with_direct_triple_missing, with_plan_made_a_fact, with_quote_shifted, without_evidence, with_unknown_modality]


def check(out):
    shapes = rdflib.Graph()
    for name in ("shapes.ttl", "shapes-sparql.ttl"):
        shapes.parse(outside.ROOT / "data" / "schema" / name)
    graph = rdflib.Graph().parse(out / "graph.ttl")
    good, told = conforms(graph, shapes)
    outside.expect(good, told[:4000])
    yield f"{len(graph)} triples conform"
    caught = []
    for fault in FAULTS:
        broken = rdflib.Graph()
        for triple in graph:
            broken.add(triple)
        if fault(broken):
            good, _ = conforms(broken, shapes)
            outside.expect(not good, f"a graph {fault.__name__.replace('_', ' ')} is found conforming")
            caught.append(fault.__name__)
    outside.expect(caught, "the graph has no statement to break")
    yield f"{len(caught)} faults put in on purpose are found: {', '.join(caught).replace('_', ' ')}"


if __name__ == "__main__":
    outside.main(check, ["OUT"])
