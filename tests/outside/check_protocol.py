"""check_protocol.py RELATA: the W3C's tests of the SPARQL 1.1 Protocol, as rdflib's source package carries them.

Every query test must pass; every request of the update tests that would change something must be refused.
"""
import http.client
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse

import rdflib
from rdflib.collection import Collection

import endpoint
import outside

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
MANIFEST = "test/data/suites/w3c/sparql11/protocol/manifest.ttl"
# Of a test's requests, those that would change the graph; the others only look whether it was changed.
UPDATING = "update"


def manifest(folder):
    """The manifest out of the source package of the rdflib that is installed."""
    package = f"rdflib=={rdflib.__version__}"
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-binary", "rdflib", "-d", str(folder), package], check=True, timeout=300)
    (package,) = folder.glob("rdflib-*.tar.gz")
    with tarfile.open(package) as files:
        (name,) = [name for name in files.getnames() if name.endswith(MANIFEST)]
        text = files.extractfile(name).read()
    return rdflib.Graph().parse(data=text, format="turtle", publicID="http://manifest.example/")


class Request:
    """An ht:Request of the manifest."""

    def __init__(self, graph, node):
        self.method = str(graph.value(node, HT.methodName))
        self.path = str(graph.value(node, HT.absolutePath))
        headers = graph.value(node, HT.headers)
        listed = Collection(graph, headers) if headers else []
        self.headers = [(str(graph.value(one, HT.fieldName)), str(graph.value(one, HT.fieldValue))) for one in listed]
        body = graph.value(node, HT.body)
        encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
        self.body = str(graph.value(body, CNT.chars)).encode(encoding) if body else None
        response = graph.value(node, HT.resp)
        self.statuses = {str(one).rsplit("#")[-1] for one in graph.objects(response, MF.expectedStatus)}
        truth = graph.value(response, MF.expectedBoolean)
        self.truth = None if truth is None else bool(truth.toPython())

    def would_update(self):
        types = [value for name, value in self.headers if name.lower() == "content-type"]
        return UPDATING in self.path or any(UPDATING in one for one in types) or b"update=" in (self.body or b"")

    def sent(self, address):
        """Status, media type and body of the answer; no header is sent that the test does not name."""
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        connection.putrequest(self.method, self.path, skip_accept_encoding=True)
        for name, value in self.headers:
            if name.lower() not in ("host", "content-length"):
                connection.putheader(name, value)
        if self.body is not None:
            connection.putheader("Content-Length", str(len(self.body)))
        connection.endheaders(self.body)
        answer = connection.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()


def check(relata):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        graph = manifest(folder)
        data = folder / "data.trig"
        graphs = [DATA.format(number) for number in range(4)]
        data.write_text("".join(f"<{one}> {{ <{one}> a <http://xmlns.com/foaf/0.1/Document> }}\n" for one in graphs))
        with endpoint.served(relata, data) as (address, _):
            passed, refused = run(graph, urllib.parse.urlsplit(address))
    outside.expect(passed >= 19 and refused >= 14, f"too few tests: {passed} of queries, {refused} of updates")
    yield f"W3C SPARQL 1.1 Protocol: {passed} query tests pass, all {refused} update tests are refused"


def run(graph, address):
    passed = refused = 0
    (suite,) = graph.subjects(rdflib.RDF.type, MF.Manifest)
    for test in Collection(graph, graph.value(suite, MF.entries)):
        name = str(test).rsplit("#")[-1]
        action = graph.value(test, MF.action)
        requests = [Request(graph, node) for node in Collection(graph, graph.value(action, HT.requests))]
        if UPDATING in name:
            updating = [one for one in requests if one.would_update()]
            for one in updating or requests:
                status, _, body = one.sent(address)
                outside.expect(status in range(400, 500) and body, f"{name}: {status} instead of a refusal with a reason")
            refused += 1
            continue
        for one in requests:
            status, media_type, body = one.sent(address)
            wanted = any(status // 100 == int(expected[len("StatusCode")]) for expected in one.statuses)
            outside.expect(wanted, f"{name}: {status} {body[:200]!r}, expected {sorted(one.statuses)}")
            if one.truth is not None and status == 200:
                outside.expect(str(one.truth).lower().encode() in body, f"{name}: {body!r}, expected {one.truth}")
            if "content_type" in name:
                outside.expect(media_type not in ("text/plain", "text/html"), f"{name}: {media_type}")
        passed += 1
    return passed, refused


if __name__ == "__main__":
    outside.main(check, ["RELATA"])
