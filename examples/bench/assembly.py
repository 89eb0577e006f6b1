"""The usual assembly: python assembly.py NAMES DOCUMENTS OUT"""

import itertools
import json
import pathlib
import sys

import networkx
import spacy
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import RDF, RDFS
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

names, documents, out = map(pathlib.Path, sys.argv[1:4])
BASE = Namespace("https://example.org/")
nlp = spacy.blank("fr")
nlp.add_pipe("sentencizer")
matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
labels = {}
for line in names.open(encoding="utf-8"):
    entity = json.loads(line)
    labels[entity["id"]] = entity["labels"]["fr"]
    matcher.add(entity["id"], [nlp.make_doc(entity["labels"]["fr"])])

pairs, rdf = networkx.Graph(), Graph()
files = sorted(documents.glob("**/*.txt"))
texts = (file.read_text(encoding="utf-8") for file in files)
for file, doc in zip(files, nlp.pipe(texts)):
    document = BASE["document/" + file.stem]
    rdf.add((document, RDF.type, BASE.Document))
    found = filter_spans(matcher(doc, as_spans=True))
    for number, span in enumerate(found):
        mention = BASE[f"mention/{file.stem}-{number}"]
        rdf.add((mention, BASE.document, document))
        rdf.add((mention, BASE.entity, BASE["entity/" + span.label_]))
        rdf.add((mention, BASE.start, Literal(span.start_char)))
        rdf.add((mention, BASE.end, Literal(span.end_char)))
    for _, group in itertools.groupby(found, key=lambda span: span.sent.start):
        for one, other in itertools.combinations(sorted({span.label_ for span in group}), 2):
            weight = pairs.get_edge_data(one, other, {"weight": 0})["weight"]
            pairs.add_edge(one, other, weight=weight + 1)
for entity in pairs.nodes:
    rdf.add((BASE["entity/" + entity], RDFS.label, Literal(labels[entity], lang="fr")))
for one, other, weight in pairs.edges(data="weight"):
    rdf.add((BASE["entity/" + one], BASE.standsWith, BASE["entity/" + other]))
out.mkdir(parents=True, exist_ok=True)
networkx.write_graphml(pairs, out / "graph.graphml")
rdf.serialize(out / "graph.ttl", format="turtle")
print(f"{len(files)} documents, {pairs.number_of_nodes()} entities, {pairs.number_of_edges()} pairs", file=sys.stderr)
