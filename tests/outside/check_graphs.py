"""check_graphs.py OUT: every graph format says the same as graph.graphml, in the words of those who read it.

GEXF: its XML schema, NetworkX, graphology. JSON: Cytoscape.js's form, NetworkX. CSV: the rules of Gephi, Excel and Neo4j.
yEd's GraphML, Mermaid and the notes for Obsidian: by their structure. Formats that are not there are passed over.
"""
import csv
import json
import re
import tempfile
import pathlib
import xml.etree.ElementTree as ElementTree

import networkx

import outside

Y = "{http://www.yworks.com/xml/graphml}"
G = "{http://graphml.graphdrawing.org/xmlns}"


class Reference:
    """Nodes with labels, and edges by statement, as NetworkX reads them in graph.graphml."""

    def __init__(self, out):
        graph = networkx.read_graphml(out / "graph.graphml", force_multigraph=True)
        self.nodes = {node: data["label"] for node, data in graph.nodes(data=True)}
        self.types = {node: data["type"] for node, data in graph.nodes(data=True)}
        self.edges = {data["statement"]: (source, target, data) for source, target, data in graph.edges(data=True)}

    def same(self, who, nodes, edges):
        """The same names, ends, modalities, facts and quotes."""
        outside.equal(f"nodes of {who}", len(nodes), len(self.nodes))
        for node, label in self.nodes.items():
            outside.equal(f"{who}: label of {node}", nodes[node], label)
        outside.equal(f"edges of {who}", len(edges), len(self.edges))
        for statement, (source, target, data) in self.edges.items():
            found = edges[statement]
            outside.equal(f"{who}: ends of {statement}", found[:2], (source, target))
            for name in ("modality", "voice", "fact", "quote", "role", "amount", "unit"):
                value = found[2].get(name)
                value = None if value == "" else value
                if isinstance(data.get(name), bool):
                    value = value in (True, "true")
                elif isinstance(data.get(name), float):
                    value = float(str(value).replace(",", "."))
                outside.equal(f"{who}: {name} of {statement}", value, data.get(name) or (False if name == "fact" else None))


def of_links(links, source="source", target="target"):
    return {link["statement"]: (link[source], link[target], link) for link in links}


def gexf(out, reference):
    file = out / "graph.gexf"
    text = file.read_text("utf-8")
    # The schema at hand is that of 1.2: the same elements, but for the kind of an edge, in other namespaces.
    old = text.replace('xmlns="http://gexf.net/1.3"', 'xmlns="http://www.gexf.net/1.2draft"')
    old = old.replace('xmlns:viz="http://gexf.net/1.3/viz"', "").replace('version="1.3"', 'version="1.2"')
    old = re.sub(r' kind="[A-Za-z]+/[a-z]+"', "", old).replace("<viz:", "<")
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "graph.gexf"
        copy.write_text(old, "utf-8")
        outside.run("xmllint", "--noout", "--nonet", "--schema", outside.schema("gexf.xsd"), copy)
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "graph.gexf"
        # NetworkX knows 1.2 only.
        copy.write_text(old.replace("<color", "<viz:color").replace('1.2draft"', '1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"', 1).replace("<size", "<viz:size").replace("<thickness", "<viz:thickness").replace("<shape", "<viz:shape"), "utf-8")
        graph = networkx.read_gexf(copy)
    edges = {data["statement"]: (s, t, data) for s, t, data in graph.edges(data=True)}
    reference.same("NetworkX from GEXF", dict(graph.nodes(data="label")), edges)
    read = json.loads(outside.node("gexf", file))
    nodes = {node: data["label"] for node, data in read["nodes"].items()}
    reference.same("graphology from GEXF", nodes, {data["statement"]: (s, t, data) for s, t, data in read["edges"]})
    outside.expect(all("color" in data for data in read["nodes"].values()), "a node has no colour")
    root = ElementTree.fromstring(text)
    space = "{http://gexf.net/1.3}"
    starts = {edge.get("id"): edge.get("start") for edge in root.iter(f"{space}edge")}
    for node in root.iter(f"{space}node"):
        mine = [edge.get("start") for edge in root.iter(f"{space}edge") if node.get("id") in (edge.get("source"), edge.get("target"))]
        expected = None if None in mine else min(mine)
        outside.equal(f"when {node.get('id')} appears", node.get("start"), expected)
    return f"GEXF: {sum(map(bool, starts.values()))} of {len(starts)} edges have a day"


def graphology(out, reference):
    read = json.loads(outside.node("graphml", out / "graph.graphml"))
    nodes = {node: data["label"] for node, data in read["nodes"].items()}
    reference.same("graphology from GraphML", nodes, {data["statement"]: (s, t, data) for s, t, data in read["edges"]})
    return "GraphML: graphology agrees"


def cytoscape(out, reference):
    elements = json.loads((out / "graph.cyjs").read_text("utf-8"))["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    outside.equal("distinct ids over nodes and edges", len(set(ids)), len(ids))
    outside.expect(all(isinstance(one, str) for one in ids), "an id is no string")
    nodes = {element["data"]["id"]: element["data"]["label"] for element in elements["nodes"]}
    reference.same("Cytoscape", nodes, of_links(element["data"] for element in elements["edges"]))
    # NetworkX wants a name and a value, which Cytoscape does not.
    return "Cytoscape JSON"


def node_link(out, reference):
    graph = networkx.node_link_graph(json.loads((out / "graph.json").read_text("utf-8")), edges="links")
    outside.expect(graph.is_directed() and graph.is_multigraph(), "node-link: a directed multigraph")
    edges = {data["statement"]: (s, t, data) for s, t, data in graph.edges(data=True)}
    reference.same("NetworkX from node-link", dict(graph.nodes(data="label")), edges)
    return "node-link JSON"


def yed(out, reference):
    root = ElementTree.parse(out / "graph.yed.graphml").getroot()
    nodes = {}
    for node in root.iter(f"{G}node"):
        label = node.find(f".//{Y}NodeLabel").text or ""
        outside.expect(node.find(f".//{Y}Fill").get("color").startswith("#"), "a node has no colour")
        nodes[node.get("id")] = (label, node.find(f"{G}data[@key='n_label']").text)
    outside.equal("nodes of yEd", {node: label for node, (_, label) in nodes.items()}, reference.nodes)
    for node, (shown, label) in nodes.items():
        start = " ".join(label.split())[:20].strip()
        outside.expect(" ".join(shown.split()).startswith(start), f"yEd shows {shown!r} for {label!r}")
    lines = [edge.find(f".//{Y}LineStyle").get("type") for edge in root.iter(f"{G}edge")]
    outside.equal("edges of yEd", len(lines), len(reference.edges))
    outside.expect(set(lines) <= {"line", "dashed", "dotted"}, f"lines of yEd: {set(lines)}")
    return "yEd: every node a shape with its name, every edge a line with its modality"


def mermaid(out, reference):
    lines = (out / "graph.mmd").read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("%%")]
    outside.equal("first line of Mermaid", lines[0], "flowchart LR")
    label = r'"[^"`<>&\\]+"'
    node = re.compile(r"  n\d+(\(\[|\(|\[\[|\[/|\[|\{\{)" + label + r"(\]\)|\)|\]\]|\\\]|\]|\}\})")
    edge = re.compile(r"  n\d+ (-->|<-->|--o|o--o|--x|x--x|-\.->|<-\.->|-\.-x|x-\.-x)\|" + label + r"\| n\d+")
    style = re.compile(r"  class(Def c\d+ fill:#[0-9A-F]{6},stroke:#555555,color:#000000| n[\dn,]+ c\d+)")
    kinds = {"nodes": node, "edges": edge, "styles": style}
    counts = dict.fromkeys(kinds, 0)
    for line in lines[1:]:
        found = [kind for kind, pattern in kinds.items() if pattern.fullmatch(line)]
        outside.equal(f"what Mermaid's line {line!r} is", len(found), 1)
        counts[found[0]] += 1
        outside.expect(not re.search(r"#(?!\d+;|quot;|lt;|gt;|amp;|[0-9A-F]{6})", line), f"a bare # in {line!r}")
    outside.equal("nodes of Mermaid", counts["nodes"], len(reference.nodes))
    outside.equal("edges of Mermaid", counts["edges"], len(reference.edges))
    return "Mermaid: every line is a node, an edge or a style"


def rows(file, delimiter=","):
    raw = file.read_bytes()
    with open(file, encoding="utf-8-sig", newline="") as lines:
        read = list(csv.DictReader(lines, delimiter=delimiter, strict=True))
    outside.expect(all(None not in row and None not in row.values() for row in read), f"{file.name}: rows of other lengths")
    return raw, read


def gephi(out, reference):
    raw, nodes = rows(out / "csv" / "nodes.csv")
    outside.expect(raw.startswith(b"Id,Label,"), "Gephi wants Id and Label first, without a byte order mark")
    raw, edges = rows(out / "csv" / "edges.csv")
    outside.expect(raw.startswith(b"Source,Target,Type,Id,Label,Weight,"), "Gephi's columns come first")
    outside.equal("types of edges", {row["Type"] for row in edges} - {"Directed"}, set())
    reference.same("CSV", {row["Id"]: row["Label"] for row in nodes}, of_links(edges, "Source", "Target"))
    return "CSV for Gephi"


def excel(out, reference):
    raw, nodes = rows(out / "csv-excel" / "entities.csv", ";")
    outside.expect(raw.startswith(b"\xef\xbb\xbfid;label;"), "Excel wants a byte order mark")
    raw, edges = rows(out / "csv-excel" / "statements.csv", ";")
    for row in (*nodes, *edges):
        for name, cell in row.items():
            outside.expect(not re.match(r"\s*[=+@]|\s*-(?!\d)", cell), f"Excel takes {name} {cell!r} for a formula")
    unguarded = {row["id"]: re.sub(r"^'(?=\s*[=+@-]|[\t\n])", "", row["label"]) for row in nodes}
    edges = [{**row, **{name: re.sub(r"^'(?=\s*[=+@-]|[\t\n])", "", row[name]) for name in ("quote", "role", "unit")}} for row in edges]
    reference.same("Excel", unguarded, of_links(edges, "subject", "object"))
    return "CSV for Excel"


def neo4j(out, reference):
    """What neo4j-admin's importer asks of a file: typed headers, ids that exist, one line a row, no backslash before a quote."""
    raw, nodes = rows(out / "neo4j" / "nodes.csv")
    raw_edges, edges = rows(out / "neo4j" / "relationships.csv")
    for name, data, read in (("nodes", raw, nodes), ("relationships", raw_edges, edges)):
        outside.equal(f"lines of {name}.csv", data.count(b"\n"), len(read) + 1)
        outside.expect(b'\\"' not in data, f"{name}.csv has a backslash before a quotation mark")
        outside.expect(not data.startswith(b"\xef\xbb\xbf"), f"{name}.csv has a byte order mark")
    header = list(nodes[0])
    outside.equal("id column", [one for one in header if ":ID" in one], ["iri:ID(Entity)"])
    types = {"int", "double", "boolean"}
    for one in (*header, *edges[0]):
        outside.expect(re.fullmatch(rf"[A-Za-z]*(:({'|'.join(types)}|ID\(Entity\)|LABEL|START_ID\(Entity\)|END_ID\(Entity\)|TYPE))?", one), f"header {one}")
    ids = {row["iri:ID(Entity)"]: row["id"] for row in nodes}
    outside.equal("distinct ids", len(ids), len(nodes))
    plain = {node: re.sub(r"[\n\t]", " ", label) for node, label in reference.nodes.items()}
    for row in nodes:
        outside.equal(f"name of {row['id']}", row["name"].removesuffix(" "), plain[row["id"]].removesuffix(" "))
        outside.equal(f"labels of {row['id']}", row[":LABEL"].split(";")[0], "Entity")
        outside.equal(f"narrowest label of {row['id']}", row[":LABEL"].split(";")[-1], reference.types[row["id"]])
    outside.equal("relationships", len(edges), len(reference.edges))
    for row in edges:
        source, target, data = reference.edges[row["statement"]]
        outside.equal("ends", (ids[row[":START_ID(Entity)"]], ids[row[":END_ID(Entity)"]]), (source, target))
        fact = row[":TYPE"] == re.sub(r"([A-Z])", r"_\1", data["interaction"]).upper()
        outside.equal(f"type {row[':TYPE']} of {row['statement']}", fact, data.get("fact", False))
        for column, kind in (("weight:double", float), ("documents:int", int), ("start:int", int)):
            kind(row[column])
    return "CSV for Neo4j: every end exists, facts alone have the plain type"


def obsidian(out, reference):
    folder = out / "obsidian"
    notes = {file.relative_to(folder).with_suffix("").as_posix(): file.read_text("utf-8") for file in folder.rglob("*.md")}
    entities = [name for name in notes if name.startswith("entities/")]
    outside.equal("notes of entities", len(entities), len(reference.nodes))
    links = 0
    for name, text in notes.items():
        outside.expect(not re.search(r'[#^\[\]|\\:*?"<>]', name), f"the name {name} is not safe")
        for target, shown in re.findall(r"\[\[([^|\]]+)\|([^\]]*)\]\]", text):
            outside.expect(target in notes, f"{name} links to {target}, which is not there")
            outside.expect(shown.strip(), f"{name}: a link without words")
            links += 1
        bare = re.sub(r"\\.", "", re.sub(r"\[\[[^\]]*\]\]", "", text.split("\n---\n", 1)[-1]))
        outside.expect("[[" not in bare and "%%" not in bare and not re.search(r"(?<!^)(?<![#\n])#\w", bare), f"{name}: Obsidian's marks in a text")
        if name.startswith("entities/"):
            first = json.loads(re.search(r"aliases:\n  - (.*)\n", text)[1])
            node = name.removeprefix("entities/").removesuffix("_")
            outside.equal(f"first alias of {node}", " ".join(first.split()), " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", reference.nodes[node]).split()))
    return f"Obsidian: {len(notes)} notes, {links} links that all lead somewhere"


FORMATS = {
    "graph.gexf": gexf,
    "graph.graphml": graphology,
    "graph.cyjs": cytoscape,
    "graph.json": node_link,
    "graph.yed.graphml": yed,
    "graph.mmd": mermaid,
    "csv/edges.csv": gephi,
    "csv-excel/statements.csv": excel,
    "neo4j/relationships.csv": neo4j,
    "obsidian/index.md": obsidian,
}


def check(out):
    reference = Reference(out)
    for name, check_one in FORMATS.items():
        if (out / name).exists():
            yield check_one(out, reference)


if __name__ == "__main__":
    outside.main(check, ["OUT"])
