"""check.py OUT TEXTS: all checks with outside readers, on a folder that was written and the documents it comes from."""
import check_annotations
import check_dot
import check_evidence
import check_graphml
import check_graphs
import check_pages
import check_rdf
import check_shapes
import outside


def check(out, texts):
    yield from check_rdf.check(out)
    yield from check_shapes.check(out)
    yield from check_graphml.check(out)
    yield from check_graphs.check(out)
    yield from check_dot.check(out)
    yield from check_evidence.check(out, texts)
    yield from check_annotations.check(out, texts)
    yield from check_pages.check(out, texts)


if __name__ == "__main__":
    outside.main(check, ["OUT", "TEXTS"])
