"""check_dot.py OUT: `dot -Tsvg` turns graph.dot into well-formed SVG with every node and edge, each with link and tooltip."""
import re
import tempfile
import pathlib
import xml.etree.ElementTree as ElementTree

import outside

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}"


def check(out):
    text = (out / "graph.dot").read_text("utf-8")
    nodes = set(re.findall(r'^  "([a-z0-9-]+)" \[', text, re.MULTILINE))
    edges = set(re.findall(r'^  "[a-z0-9-]+" -> "[a-z0-9-]+" \[id="(st-[0-9a-f]{16})"', text, re.MULTILINE))
    with tempfile.TemporaryDirectory() as folder:
        svg = pathlib.Path(folder) / "graph.svg"
        _, told = outside.run("dot", "-Tsvg", "-o", svg, out / "graph.dot")
        outside.equal("what dot complains of", told, "")
        outside.run("xmllint", "--noout", "--nonet", svg)
        drawing = ElementTree.parse(svg).getroot()
    groups = [group for group in drawing.iter(f"{SVG}g") if group.get("class")]
    drawn = {kind: [group for group in groups if group.get("class").split()[0] == kind] for kind in ("node", "edge")}
    # An entity may be called "legend"; only its id begins with "n-".
    ids = {group.get("id") for group in drawn["node"]}
    drawn_nodes = {one.removeprefix("n-") for one in ids if one.startswith("n-")}
    outside.equal("nodes drawn", len(drawn_nodes), len(nodes))
    outside.expect(drawn_nodes == nodes, f"other nodes are drawn: {sorted(drawn_nodes ^ nodes)[:5]}")
    outside.equal("edges drawn", len(drawn["edge"]), len(edges))
    outside.expect({group.get("id") for group in drawn["edge"]} == edges, "other edges are drawn")
    for group in drawn["edge"]:
        links = [link for link in group.iter(f"{SVG}a")]
        statement = group.get("id").removeprefix("st-")
        outside.expect(links, f"edge {statement} has no link")
        outside.equal(f"link of edge {statement}", links[0].get(f"{LINK}href"), f"#statement/{statement}")
        outside.expect(links[0].get(f"{LINK}title"), f"edge {statement} has no tooltip")
    for name, start in (("graph.png", b"\x89PNG\r\n"), ("graph.pdf", b"%PDF-"), ("graph.svg", b"<?xml")):
        if (out / name).exists():
            outside.expect((out / name).read_bytes().startswith(start), f"{name} is no such picture")
    if (out / "graph.svg").exists():
        outside.run("xmllint", "--noout", "--nonet", out / "graph.svg")
        links = re.findall(r'xlink:href="([^"]*)"', (out / "graph.svg").read_text("utf-8"))
        outside.expect(links and all(":~:text=" in link for link in links), "a picture's link leads to no quote")
    yield f"{len(nodes)} nodes and {len(edges)} edges drawn, each edge with link and tooltip"


if __name__ == "__main__":
    outside.main(check, ["OUT"])
