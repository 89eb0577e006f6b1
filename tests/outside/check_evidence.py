"""check_evidence.py OUT TEXTS: every digest, quote, sentence and id of graph.ttl is re-read from the documents.

TEXTS is the folder that was built from. Shapes cannot see a shift that a quote and its sentence share; this can.
"""
import hashlib

import rdflib
from rdflib.namespace import RDF

import outside

RELATA = rdflib.Namespace(outside.RELATA)
ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "cp1252", "cp1251")


def digest(*parts):
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def local(iri):
    return str(iri).replace("#", "/").rsplit("/", 1)[-1]


def readings(raw):
    """The texts a file can be: as decoded, and as decoded without its control characters."""
    for encoding in ENCODINGS:
        try:
            # Bytes are decoded here, because text mode would turn CR LF into LF and shift every offset.
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield text
        yield "".join(c for c in text if c in "\t\n\r" or not (c < " " or "\x7f" <= c < "\xa0"))
        yield "".join(c for c in text if c in "\t\n\r" or not (c < " " or c == "\x7f"))


def text_of(graph, document, folder):
    """The text whose digest the document carries."""
    file = folder / str(graph.value(document, RELATA.sourceFile))
    outside.expect(file.is_file(), f"{document}: {file} is not there")
    wanted = str(graph.value(document, RELATA.textDigest)).removeprefix("sha256:")
    for text in readings(file.read_bytes()):
        if hashlib.sha256(text.encode()).hexdigest() == wanted:
            outside.equal(f"length of {file}", int(graph.value(document, RELATA.textLength)), len(text))
            return outside.written(text)
    raise outside.Fault(f"{file} is not the text that was read: its digest differs")


def check(out, folder):
    graph = rdflib.Graph().parse(out / "graph.ttl")
    if folder.is_file():
        folder = folder.parent
    texts = {one: text_of(graph, one, folder) for one in graph.subjects(RDF.type, RELATA.Document)}
    passages = 0
    for statement in graph.subjects(RDF.type, RELATA.Statement):
        key = [local(graph.value(statement, part)) for part in (RDF.subject, RDF.predicate, RDF.object, RELATA.modality)]
        outside.equal(f"id of {' '.join(key)}", local(statement), digest(*key))
        for evidence in graph.objects(statement, RELATA.evidence):
            passages += 1
            value = {local(name): node for name, node in graph.predicate_objects(evidence)}
            text = texts[value["document"]]
            for words, start, end in (("quote", "start", "end"), ("sentence", "sentenceStart", "sentenceEnd")):
                there = text[int(value[start]) : int(value[end])]
                outside.equal(f"{words} of {evidence}", str(value[words]), there)
            for words in ("subjectText", "objectText"):
                outside.expect(str(value.get(words, "")) in str(value["quote"]), f"{evidence}: {words} is not in the quote")
            for words in ("cue", "attributionText"):
                outside.expect(str(value.get(words, "")) in text, f"{evidence}: {words} is not in the document")
            place = [local(statement), local(value["document"]), value["start"], value["end"], local(value["rule"])]
            outside.equal(f"id of evidence {place}", local(evidence), digest(*map(str, place)))
    outside.expect(passages, "graph.ttl has no evidence")
    yield f"{passages} passages of {len(texts)} documents stand where they are said to"


if __name__ == "__main__":
    outside.main(check, ["OUT", "TEXTS"])
