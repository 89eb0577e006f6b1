"""The official scorer of the CoNLL 2018 shared task reads what the grammar writes, and counts as relata-grammar does.

    python check_grammar.py SCORER RELATA TRAIN LANGUAGE TREEBANK LEAST

SCORER is the scorer's folder, RELATA and TRAIN are the programs relata and relata-grammar-train, LEAST the LAS that
`relata parse` must have on the text of the treebank, whose sentences it finds by itself.
"""
import pathlib
import re
import sys
import tempfile

from outside import ROOT, equal, expect, run


def score(scorer, gold, system):
    sys.path.insert(0, scorer)
    import conll18_ud_eval as official

    found = official.evaluate(official.load_conllu_file(gold), official.load_conllu_file(system))
    names = {"sentences": "Sentences", "words": "Words", "UPOS": "UPOS", "lemma": "Lemmas", "UAS": "UAS", "LAS": "LAS"}
    return {ours: f"{100 * found[theirs].f1:.2f}" for ours, theirs in names.items()}


def text(treebank):
    """The sentences of a treebank, each a paragraph, because relata never joins two."""
    lines = pathlib.Path(treebank).read_text(encoding="utf-8").splitlines()
    return "\n\n".join(line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")) + "\n"


def main(scorer, relata, train, language, treebank, least):
    with tempfile.TemporaryDirectory() as folder:
        system = f"{folder}/system.conllu"
        model = ROOT / f"crates/relata-grammar/models/{language}.model"
        _, told = run(train, language, "--out", model, "--test", treebank, "--write", system)
        line = next(line for line in told.splitlines() if "from raw text" in line)
        ours = dict(re.findall(r"(\w+) (\d+\.\d+)", line.split("from raw text: ")[1]))
        equal(f"{treebank}: the scorer's figures", score(scorer, treebank, system), ours)
        raw = pathlib.Path(folder, "text.txt")
        raw.write_text(text(treebank), encoding="utf-8")
        parsed, _ = run(relata, "parse", "--lang", language, raw)
        pathlib.Path(system).write_bytes(parsed)
        whole = score(scorer, treebank, system)
        expect(float(whole["LAS"]) >= float(least), f"{treebank}: relata parse has {whole}, LAS {least} was expected")
        print(f"{treebank}: the official scorer agrees: {ours}; relata parse: {whole}")


if __name__ == "__main__":
    main(*sys.argv[1:])
