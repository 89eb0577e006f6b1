"""load_endpoint.py RELATA OUT [SECONDS [LIMIT]]: fifty clients at once, and clients that want too much among them.

Everything is asked over loopback. Every answer must be whole: 200, or a limit's own status with a sentence; no connection may
break. LIMIT is the seconds that the server gives a question. Prints what was answered, how fast, and the server's memory.
"""
import asyncio
import collections
import json
import pathlib
import sys
import time
import urllib.parse

import endpoint
import outside

CLIENTS = 50
# Each of these asks for more than there is; what it may be told.
GREEDY = {
    "a cross product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {503}),
    "a sorted cross product": ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", {413, 503}),
    "too many rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", {413, 503}),
    "ten thousand levels": ("SELECT * " + "{" * 10_000 + "}" * 10_000, {400, 503}),
}


class Client:
    """One connection after the other; HTTP written by hand, so that nothing is mended on the way."""

    def __init__(self, address, tally):
        self.address, self.tally, self.reader = urllib.parse.urlsplit(address), tally, None

    async def ask(self, kind, path, body=None, allowed=(200, 503)):
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection(self.address.hostname, self.address.port)
        started = time.monotonic()
        method = "POST" if body is not None else "GET"
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.address.netloc}\r\nAccept: application/json\r\n"
        if body is not None:
            head += f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + (body or b""))
        status, headers, content = await asyncio.wait_for(self.answer(), 120)
        self.tally[kind][status].append(time.monotonic() - started)
        outside.expect(status in allowed, f"{kind}: {status} {content[:200]!r}")
        if status == 200:
            json.loads(content)
        else:
            outside.expect(content.strip(), f"{kind}: {status} without a word")
            outside.expect(status != 503 or "retry-after" in headers, f"{kind}: 503 without Retry-After")
        if headers.get("connection") == "close":
            self.writer.close()
            self.reader = None
        return status

    async def answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(first.split()[1]), headers, await self.reader.readexactly(int(headers["content-length"]))


async def usual(address, tally, questions, until, number):
    client = Client(address, tally)
    entities = []
    turn = number
    while time.monotonic() < until:
        turn += 1
        name, question = questions[turn % len(questions)]
        status = await client.ask(f"question {name}", "/query", question)
        status = max(status, await client.ask("search", f"/api/search?q={'abcdefghij'[turn % 10]}"))
        entities = entities or ["sberbank"]
        status = max(status, await client.ask("ego network", f"/api/ego/{entities[0]}?hops=2&limit=20"))
        if status == 503:
            # A good client comes again later.
            await asyncio.sleep(1)


async def greedy(address, tally, kind, until):
    client = Client(address, tally)
    question, allowed = GREEDY[kind]
    while time.monotonic() < until:
        await client.ask(kind, "/query", question.encode(), allowed)
        await asyncio.sleep(0.2)


async def slow(address, until):
    """Sends a letter a second and is left behind."""
    address = urllib.parse.urlsplit(address)
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            for letter in "GET /query?query=ASK%20%7B%7D HTTP/1.1":
                writer.write(letter.encode())
                await writer.drain()
                await asyncio.sleep(1)
                if time.monotonic() > until:
                    break
        except ConnectionError:
            pass
        writer.close()


async def everybody(address, seconds, tally, questions):
    until = time.monotonic() + seconds
    clients = [usual(address, tally, questions, until, number) for number in range(CLIENTS)]
    clients += [greedy(address, tally, kind, until) for kind in GREEDY]
    clients += [slow(address, until) for _ in range(5)]
    await asyncio.gather(*clients)


def memory(process, key):
    status = pathlib.Path(f"/proc/{process.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith(key)), 0)


def check(relata, out, seconds, limit):
    tally = collections.defaultdict(lambda: collections.defaultdict(list))
    folder = outside.ROOT / "examples" / "questions"
    questions = [(file.stem, file.read_bytes()) for file in sorted(folder.glob("*.rq")) if b"\nCONSTRUCT" not in file.read_bytes()]
    with endpoint.served(relata, out, "--timeout", str(limit)) as (address, server):
        before = memory(server, "VmRSS")
        asyncio.run(everybody(address, seconds, tally, questions))
        most, after = memory(server, "VmHWM"), memory(server, "VmRSS")
    good = sorted(time for statuses in tally.values() for time in statuses.get(200, []))
    outside.expect(len(good) > seconds, f"only {len(good)} answers in {seconds} s")
    for kind, statuses in sorted(tally.items()):
        told = ", ".join(f"{status}: {len(times)}" for status, times in sorted(statuses.items()))
        yield f"{kind}: {told}"
    limited = sum(len(times) for statuses in tally.values() for status, times in statuses.items() if status != 200)
    middle, late = (good[len(good) * part // 100] for part in (50, 99))
    yield (
        f"{CLIENTS} clients, {len(GREEDY)} greedy and 5 slow ones, {seconds} s: {len(good)} answers, {limited} limits, no other "
        f"error; half within {middle * 1000:.0f} ms, 99 % within {late * 1000:.0f} ms; "
        f"memory {before} MB at first, {most} MB at most, {after} MB at last"
    )


if __name__ == "__main__":
    seconds, limit = ([int(one) for one in sys.argv[3:]] + [20, 2][len(sys.argv[3:]):])[:2]
    del sys.argv[3:]
    outside.main(lambda relata, out: check(relata, out, seconds, limit), ["RELATA", "OUT"])
