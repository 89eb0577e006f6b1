"""check_pages.py OUT TEXTS: the evidence folder OUT/html is whole: every link leads somewhere, every mark is the quote.

Nothing is loaded from elsewhere, no script runs, no text becomes markup; the picture, where there is one, links every edge.
"""
import html.parser
import re
import urllib.parse

import rdflib
from rdflib.namespace import RDF

import outside

RELATA = rdflib.Namespace(outside.RELATA)
VOID = {"meta", "br", "link", "img", "input", "hr", "path", "polygon", "ellipse", "polyline"}
KNOWN = set("html head meta title style body nav main h1 h2 p a bdi ul li br span div blockquote mark table thead tbody tr th td".split())
DRAWN = set("svg g title a path polygon ellipse polyline text".split())


class Page(html.parser.HTMLParser):
    """Elements in balance, anchors, links, and the words marked behind each anchor."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.anchors, self.links, self.edges = [], {}, [], []
        self.waiting, self.marked = [], False
        self.feed(text)
        self.close()
        outside.equal("elements left open", self.stack, [])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        known = KNOWN | DRAWN if "svg" in self.stack or tag == "svg" else KNOWN
        outside.expect(tag in known, f"an element <{tag}>")
        for name in attributes:
            outside.expect(not name.startswith("on") and name != "src", f"<{tag} {name}>")
        if tag not in VOID:
            self.stack.append(tag)
        if "id" in attributes and "svg" not in self.stack:
            outside.expect(attributes["id"] not in self.anchors, f"the anchor {attributes['id']} stands twice")
            self.anchors[attributes["id"]] = ""
            if "at" in attributes.get("class", "").split():
                self.waiting.append(attributes["id"])
        if tag == "g" and attributes.get("class", "").startswith("edge"):
            self.edges.append([attributes["id"], None])
        link = attributes.get("href") or attributes.get("xlink:href")
        if link is not None:
            self.links.append(link)
            if self.edges and self.edges[-1][1] is None and "svg" in self.stack:
                self.edges[-1][1] = link
        self.marked = self.marked or tag == "mark"

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        outside.equal("element closed", tag, self.stack.pop())
        if tag == "mark":
            self.marked = False

    def handle_data(self, data):
        if self.marked:
            for anchor in self.waiting:
                self.anchors[anchor] += data
        elif self.stack and self.stack[-1] in ("p", "li"):
            pass


def check(out, _):
    folder = out / "html"
    if not folder.exists():
        return
    files = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.html")}
    for name in files:
        outside.expect(re.fullmatch(r"[A-Za-z0-9_./-]+", name), f"the name {name} is not safe")
    pages = {}
    for name, text in files.items():
        try:
            pages[name] = Page(text)
        except outside.Fault as fault:
            raise outside.Fault(f"{name}: {fault}") from fault
    links = 0
    for name, page in pages.items():
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme:
                outside.expect(parts.scheme in ("http", "https"), f"{name}: a link to {link}")
                continue
            target = (urllib.parse.urljoin(f"/{name}", parts.path) if parts.path else f"/{name}").lstrip("/")
            if target == "picture.svg":
                outside.expect((folder / target).is_file(), "the picture is not there")
                continue
            outside.expect(target in pages, f"{name} links to {target}, which is not there")
            if parts.fragment:
                outside.expect(parts.fragment in pages[target].anchors, f"{name} links to {link}, and there is no such anchor")
            links += 1

    graph = rdflib.Graph().parse(out / "graph.ttl")
    marked = 0
    for statement in graph.subjects(RDF.type, RELATA.Statement):
        for evidence in graph.objects(statement, RELATA.evidence):
            document = str(graph.value(evidence, RELATA.document)).rsplit("/", 1)[-1]
            anchors = pages[f"documents/{document}.html"].anchors
            anchor = "ev-" + str(evidence).rsplit("/", 1)[-1]
            outside.expect(anchor in anchors, f"documents/{document}.html has no anchor {anchor}")
            # A mark ends at the end of a line, and marks that begin in it are part of it.
            quote = re.sub(r"[\x7f-\x9f]", "\ufffd", str(graph.value(evidence, RELATA.quote)))
            first = quote.strip("\n").split("\n")[0].rstrip()
            found = anchors[anchor]
            outside.expect(found.startswith(first[:40]), f"{anchor} marks {found[:80]!r}, not {first[:80]!r}")
            marked += 1
    drawn = ""
    edges = pages["index.html"].edges
    if edges:
        statements = {str(one).rsplit("/", 1)[-1] for one in graph.subjects(RDF.type, RELATA.Statement)}
        for edge, link in edges:
            outside.expect(edge.removeprefix("st-") in statements, f"an edge {edge}")
            outside.expect(link and re.match(r"documents/.*#ev-[0-9a-f]{16}$", link), f"the edge {edge} links to {link}")
        drawn = f", {len(edges)} edges of the picture each to a sentence"
    yield f"{len(pages)} pages, {links} links that all lead somewhere, {marked} quotes marked{drawn}"


if __name__ == "__main__":
    outside.main(check, ["OUT", "TEXTS"])
