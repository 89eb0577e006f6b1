"""check_scores.py OURS.json [--agrees-with THEIRS.json] FLOOR…: whether `relata eval --json` reaches the floors, such as
mentions-f1=0.97 or modality=0.95, and counts as gold/score.py --json does."""
import json
import sys

NAMES = {  # ours -> theirs
    ("mentions",): "mentions",
    ("spans",): "span",
    ("statements",): "statements",
    ("pairs",): "pairs",
    ("forms", "name"): "form:name",
    ("forms", "demonym"): "form:demonym",
    ("forms", "nominal"): "form:nominal",
}
FIELDS = {"gold": "gold", "predicted": "pred", "gold_hits": "gold_hits", "predicted_hits": "pred_hits"}


def counts(scores):
    """The numbers of one document, or of all, as relata eval gives them."""
    for path, their_name in NAMES.items():
        part = scores
        for step in path:
            part = part[step]
        for ours, theirs in FIELDS.items():
            yield (their_name, theirs), part[ours]
    yield ("modality", "right"), scores["modality_right"]
    yield ("modality", "matched"), scores["modality_of"]


def disagreements(ours, theirs):
    pairs = [("all documents", ours["all"]["scores"], theirs["total"])]
    pairs += [(doc, one["scores"], theirs["docs"][doc]) for doc, one in ours["documents"].items()]
    if set(ours["documents"]) != set(theirs["docs"]):
        yield "the documents are not the same"
    for doc, own, their in pairs:
        for (part, field), number in counts(own):
            if number != their[part][field]:
                yield f"{doc}: {part} {field}: relata eval says {number}, score.py {their[part][field]}"


def too_low(ours, floor):
    name, _, least = floor.partition("=")
    value = ours["all"]
    for step in name.split("-"):
        value = value[step]
    print(f"{name} {value:.3f} (at least {least})")
    if value < float(least):
        yield f"{name} is {value:.3f}, below {least}"


def main(arguments):
    ours = json.load(open(arguments.pop(0), encoding="utf-8"))
    faults = []
    if arguments[:1] == ["--agrees-with"]:
        theirs = json.load(open(arguments[1], encoding="utf-8"))
        faults += disagreements(ours, theirs)
        del arguments[:2]
        if not faults:
            print("relata eval and score.py count alike")
    for floor in arguments:
        faults += too_low(ours, floor)
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main(sys.argv[1:])
