"""check_virtuoso.py OUT: Virtuoso loads `graph.ttl`, and `documents.nq` where it is there, and answers as rdflib does.

A server of its own is started in a folder that is thrown away, and listens to this machine alone.
"""
import pathlib
import re
import socket
import subprocess
import tempfile
import time

import rdflib
from rdflib.namespace import RDF

import outside

RELATA = rdflib.Namespace(outside.RELATA)
GRAPH = "urn:relata"

SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DirsAllowed = {allowed}
NumberOfBuffers = 10000
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


class Virtuoso:
    """A server that is there while the block runs."""

    def __init__(self, allowed):
        self.allowed = allowed

    def __enter__(self):
        self.place = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = pathlib.Path(self.place.name) / "virtuoso.ini"
        settings.write_text(SETTINGS.format(folder=self.place.name, port=self.port, allowed=self.allowed))
        self.server = subprocess.Popen(
            ["virtuoso-t", "+configfile", settings, "+foreground"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(240):
            outside.expect(self.server.poll() is None, "Virtuoso does not start")
            if "ok" in self.tells("SELECT 'ok'"):
                return self
            time.sleep(0.5)
        raise outside.Fault("Virtuoso does not answer")

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(timeout=60)
        self.place.cleanup()

    def tells(self, command):
        """What isql prints."""
        done = subprocess.run(
            ["isql-vt", str(self.port), "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "BLOBS=ON", f"EXEC={command};"],
            capture_output=True, timeout=300,
        )
        return done.stdout.decode() + done.stderr.decode()

    def does(self, command):
        told = self.tells(command)
        outside.expect("Error" not in told, f"{command}: {told.strip()[:500]}")
        return told

    def number(self, query):
        """The only number of an answer."""
        told = self.does(query)
        found = re.findall(r"^\s*(\d+)\s*$", told, re.MULTILINE)
        outside.expect(len(found) == 1, f"{query}: {told.strip()[:500]}")
        return int(found[0])


def check(out):
    with Virtuoso(out.resolve()) as virtuoso:
        graph = rdflib.Graph().parse(out / "graph.ttl")
        virtuoso.does(f"DB.DBA.TTLP(file_to_string_output('{out.resolve()}/graph.ttl'), '', '{GRAPH}', 0)")
        triples = virtuoso.number(f"SPARQL SELECT (COUNT(*) AS ?n) FROM <{GRAPH}> {{ ?s ?p ?o }}")
        outside.equal("triples in Virtuoso", triples, len(graph))
        for modality in ["asserted", "ended", "planned", "hypothetical", "negated"]:
            found = virtuoso.number(
                f"SPARQL PREFIX relata: <{outside.RELATA}> SELECT (COUNT(DISTINCT ?ev) AS ?n) FROM <{GRAPH}> "
                f"{{ ?st a relata:Statement ; relata:modality relata:{modality} ; relata:evidence ?ev . ?ev relata:quote ?q }}"
            )
            statements = set(graph.subjects(RELATA.modality, RELATA[modality])) & set(graph.subjects(RDF.type, RELATA.Statement))
            expected = {evidence for statement in statements for evidence in graph.objects(statement, RELATA.evidence)}
            outside.equal(f"passages {modality} in Virtuoso", found, len(expected))
        yield f"Virtuoso loads {triples} triples of graph.ttl and counts the same passages of each modality"
        quads = out / "documents.nq"
        if quads.exists():
            dataset = rdflib.Dataset()
            dataset.parse(quads, format="nquads")
            with_quotes = [one for one in dataset.graphs() if any(one.triples((None, RELATA.quote, None)))]
            # 512: the file says of each triple in which graph it is.
            virtuoso.does(f"DB.DBA.TTLP(file_to_string_output('{quads.resolve()}'), '', '{GRAPH}:rest', 512)")
            found = virtuoso.number(
                f"SPARQL PREFIX relata: <{outside.RELATA}> SELECT (COUNT(DISTINCT ?g) AS ?n) "
                f"{{ GRAPH ?g {{ ?s relata:quote ?q }} FILTER(?g != <{GRAPH}>) }}"
            )
            outside.equal("graphs with passages in Virtuoso", found, len(with_quotes))
            yield f"Virtuoso loads documents.nq, with the passages of {found} documents in graphs of their own"


if __name__ == "__main__":
    outside.main(check, ["OUT"])
