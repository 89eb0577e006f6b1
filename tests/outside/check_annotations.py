"""check_annotations.py OUT TEXTS: each Web Annotation finds its words, by place in the text that was read and by quote."""
import json

import rdflib
from rdflib.namespace import RDF

import check_evidence
import outside

RELATA = rdflib.Namespace(outside.RELATA)


def check(out, folder):
    file = out / "graph.annotations.jsonld"
    if not file.exists():
        return
    page = json.loads(file.read_text("utf-8"))
    outside.equal("context", page["@context"], "http://www.w3.org/ns/anno.jsonld")
    outside.equal("type", page["type"], "AnnotationPage")
    graph = rdflib.Graph().parse(out / "graph.ttl")
    texts = {str(one): check_evidence.text_of(graph, one, folder) for one in graph.subjects(RDF.type, RELATA.Document)}
    statements = {str(one) for one in graph.subjects(RDF.type, RELATA.Statement)}
    evidence = {str(one) for one in graph.subjects(RDF.type, RELATA.Evidence)}
    found = set()
    for one in page["items"]:
        outside.equal("type and motivation", (one["type"], one["motivation"]), ("Annotation", "linking"))
        found.add(one["id"].replace("/annotation/", "/evidence/"))
        outside.expect(one["body"][0]["id"] in statements, f"{one['id']} is about no statement")
        target, *pages = one["target"]
        text = texts[target["source"]]
        place, quote = target["selector"]
        outside.equal(f"words of {one['id']}", text[place["start"] : place["end"]], quote["exact"])
        around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        outside.expect(around in text, f"{one['id']}: the words around the quote are not in the text")
        for other in pages:
            outside.equal("selector of a page", other["selector"], quote)
    outside.equal("annotations", found, evidence)
    yield f"{len(found)} annotations find their words"


if __name__ == "__main__":
    outside.main(check, ["OUT", "TEXTS"])
