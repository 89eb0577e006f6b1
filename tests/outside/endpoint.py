"""A running `relata serve`, for the checks that ask one."""
import contextlib
import subprocess
import tempfile
import urllib.parse
import urllib.request

import outside


@contextlib.contextmanager
def served(relata, out, *options):
    """The address of a server on a free port, its process and its log; ended, and well, when the block is left."""
    with tempfile.TemporaryFile("w+") as log:
        command = [str(relata), "serve", str(out), "--port", "0", *options]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            address = server.stdout.readline().strip()
            outside.expect(address.startswith("http://127.0.0.1:"), f"no address: {address!r}")
            yield address, server
            outside.expect(server.poll() is None, f"the server ended by itself with {server.poll()}")
        finally:
            server.terminate()
            code = server.wait(timeout=30)
        outside.equal("exit code of the server", code, 0)
        log.seek(0)
        broken = [line for line in log if '" 500 ' in line]
        outside.expect(not broken, f"the server failed: {broken[:3]}")


def asked(address, sparql, accept, **parameters):
    """The bytes of an answer and their media type."""
    query = urllib.parse.urlencode({"query": sparql, **parameters})
    request = urllib.request.Request(f"{address}query?{query}", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers.get_content_type()
