"""check_endpoint.py RELATA OUT: what `relata serve` answers, read by rdflib, SPARQLWrapper and JSON Schema."""
import io
import json
import urllib.error
import urllib.parse
import urllib.request

import jsonschema
import openapi_spec_validator
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

import endpoint
import outside

ROWS = """SELECT ?st ?label ?value ?quote {
  ?st a relata:Statement ; rdfs:label ?label ; relata:evidence ?ev . ?ev relata:quote ?quote .
  OPTIONAL { ?st relata:amountValue ?value } }"""
EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


def check(relata, out):
    graph = rdflib.Graph().parse(out / "graph.ttl", format="turtle")
    with endpoint.served(relata, out) as (address, _):
        yield from rows(address, graph)
        yield from triples(address, graph)
        yield from clients(address, graph)
        yield from interface(address)


def rows(address, graph):
    """The same rows in every format, and those that rdflib itself finds in the file."""
    expected = {tuple(row) for row in graph.query(ROWS, initNs=prefixes(graph))}
    outside.expect(len(expected) > 0, "the query has no answer")
    for media_type, form in [
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/tab-separated-values", "tsv"),
    ]:
        body, told = endpoint.asked(address, ROWS, media_type)
        outside.equal("media type", told, media_type)
        # rdflib's reader of TSV gives numbers written bare their own types, as the format has it.
        found = {tuple(row) for row in Result.parse(io.BytesIO(body), format=form)}
        outside.equal(f"rows in {form}", found == expected, True)
    body, told = endpoint.asked(address, ROWS, "text/csv")
    found = {tuple("" if cell is None else str(cell) for cell in row) for row in Result.parse(io.BytesIO(body), format="csv")}
    outside.equal("rows in csv", found, {tuple("" if cell is None else str(cell) for cell in row) for row in expected})
    for truth, query in [(True, "ASK { ?s a relata:Statement }"), (False, "ASK { ?s relata:none ?o }")]:
        for media_type, form in [("application/sparql-results+json", "json"), ("application/sparql-results+xml", "xml")]:
            body, _ = endpoint.asked(address, query, media_type)
            outside.equal(f"ASK in {form}", Result.parse(io.BytesIO(body), format=form).askAnswer, truth)
    yield f"rdflib reads the same {len(expected)} rows in JSON, XML, CSV and TSV"


def triples(address, graph):
    """The whole graph in every format, by the query and by the Graph Store Protocol."""
    for media_type, form in [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ]:
        body, told = endpoint.asked(address, EVERYTHING, media_type)
        outside.equal("media type", told, media_type)
        outside.equal(f"triples in {form}", set(rdflib.Graph().parse(data=body, format=form)) == set(graph), True)
        request = urllib.request.Request(f"{address}store?default", headers={"Accept": media_type})
        with urllib.request.urlopen(request, timeout=60) as answer:
            stored = rdflib.Graph().parse(data=answer.read(), format=form)
        outside.equal(f"the graph in {form}", set(stored) == set(graph), True)
    description = rdflib.Graph().parse(f"{address}query", format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    outside.equal("services", len(list(description.subjects(rdflib.RDF.type, sd.Service))), 1)
    yield f"rdflib reads the same {len(graph)} triples in Turtle, N-Triples, RDF/XML and JSON-LD"


def clients(address, graph):
    """The clients that people use."""
    statements = len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(outside.RELATA + "Statement"))))
    store = rdflib.Graph(SPARQLStore(f"{address}query"))
    found = store.query(f"SELECT (COUNT(?st) AS ?n) {{ ?st a <{outside.RELATA}Statement> }}")
    outside.equal("statements by rdflib's SPARQLStore", [int(row.n) for row in found], [statements])
    wrapper = SPARQLWrapper(f"{address}sparql")
    wrapper.setQuery(f"SELECT ?st {{ ?st a <{outside.RELATA}Statement> }}")
    for method in ("GET", POST):
        wrapper.setMethod(method)
        wrapper.setReturnFormat(JSON)
        outside.equal("statements by SPARQLWrapper", len(wrapper.queryAndConvert()["results"]["bindings"]), statements)
        wrapper.setReturnFormat(XML)
        outside.equal("in XML", len(wrapper.queryAndConvert().getElementsByTagName("result")), statements)
        wrapper.setReturnFormat(CSV)
        outside.equal("in CSV", len(wrapper.queryAndConvert().splitlines()), statements + 1)
    wrapper.setQuery(EVERYTHING)
    wrapper.setReturnFormat(TURTLE)
    outside.equal("triples by SPARQLWrapper", len(rdflib.Graph().parse(data=wrapper.queryAndConvert())), len(graph))
    yield "rdflib's SPARQLStore and SPARQLWrapper get the same answers by GET and POST"


def interface(address):
    """Every answer of /api fits the description, and the description is OpenAPI."""
    def get(path):
        with urllib.request.urlopen(f"{address}{path}", timeout=60) as answer:
            return json.load(answer)

    description = get("api/openapi.json")
    openapi_spec_validator.validate(description)

    def fits(name, answer):
        schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
        jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)
        return answer

    found = fits("SearchAnswer", get("api/search?q=a&limit=1000"))
    outside.expect(found["found"] > 0, "the search finds nothing")
    statements, documents = set(), set()
    for one in found["results"][:40]:
        name = urllib.parse.quote(one["id"], safe="")
        entity = fits("EntityAnswer", get(f"api/entity/{name}"))
        ego = fits("EgoAnswer", get(f"api/ego/{name}?hops=2"))
        for said in ego["statements"] + [said for kind in ("facts", "claimed", "negated") for said in entity[kind]["statements"]]:
            statements.add(said["id"])
            documents.add(said["passage"]["document"]["id"])
    for one in sorted(statements)[:100]:
        answer = fits("StatementAnswer", get(f"api/statement/{one}"))
        outside.equal("passages", len(answer["evidence"]), answer["passages"])
    for one in sorted(documents):
        fits("DocumentAnswer", get(f"api/document/{one}"))
    yield f"/api is valid OpenAPI; {len(statements)} statements and {len(documents)} documents fit their schemas"


def prefixes(graph):
    return dict(graph.namespaces())


if __name__ == "__main__":
    outside.main(check, ["RELATA", "OUT"])
