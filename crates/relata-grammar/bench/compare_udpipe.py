#!/usr/bin/env python3
"""Trains UDPipe on the same files as a model of ours and prints accuracy and speed of both, on gold words.

    pip install ufal.udpipe
    cargo build --release --example speed
    bench/compare_udpipe.py LANGUAGE --train FILE... --heldout FILE --test FILE... --ours MODEL --speed EXAMPLE
        [--tagger OPTIONS] [--parser OPTIONS] [--save FILE | --load FILE]

Both get one core and are timed by processor time. LAS leaves subtypes aside, as the CoNLL shared tasks do. UDPipe's
options are its own defaults unless given: the parser alone takes ten iterations, half an hour for EWT.
"""
import argparse
import subprocess
import time

import ufal.udpipe as udpipe


# UDPipe cannot train on longer words; ru_taiga-dev has one of 568 bytes, whose sentence is left out.
LONGEST = 200


def read(files):
    sentences = udpipe.Sentences()
    kept = []
    for name in files:
        reader = udpipe.InputFormat.newConlluInputFormat()
        with open(name, encoding="utf-8") as file:
            reader.setText(file.read())
        error = udpipe.ProcessingError()
        sentence = udpipe.Sentence()
        while reader.nextSentence(sentence, error):
            if all(len(word.form.encode()) <= LONGEST for word in sentence.words):
                sentences.append(sentence)
            kept.append(sentence)
            sentence = udpipe.Sentence()
        if error.occurred():
            raise SystemExit(f"{name}: {error.message}")
    return sentences, kept


def columns(sentence):
    return [
        (word.upostag, word.feats, word.lemma, word.head, word.deprel.split(":")[0])
        for word in list(sentence.words)[1:]
    ]


def measure(model, name):
    _, sentences = read([name])
    gold = [columns(sentence) for sentence in sentences]
    begin = time.process_time()
    for sentence in sentences:
        model.tag(sentence, udpipe.Model.DEFAULT)
        model.parse(sentence, udpipe.Model.DEFAULT)
    seconds = time.process_time() - begin
    pairs = [pair for one, two in zip(gold, map(columns, sentences)) for pair in zip(one, two)]
    share = lambda same: 100 * sum(same(one, two) for one, two in pairs) / len(pairs)
    print(
        f"UDPipe  {name}: UPOS {share(lambda a, b: a[0] == b[0]):.2f}  feats {share(lambda a, b: a[1] == b[1]):.2f}"
        f"  lemma {share(lambda a, b: a[2] == b[2]):.2f}  UAS {share(lambda a, b: a[3] == b[3]):.2f}"
        f"  LAS {share(lambda a, b: a[3:] == b[3:]):.2f}  {len(pairs) / seconds:.0f} words/s",
        flush=True,
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("language")
    arguments.add_argument("--train", nargs="+", default=[])
    arguments.add_argument("--heldout", nargs="*", default=[])
    arguments.add_argument("--test", nargs="+", required=True)
    arguments.add_argument("--ours", required=True)
    arguments.add_argument("--speed", required=True)
    arguments.add_argument("--tagger", default="models=2")
    arguments.add_argument("--parser", default="iterations=10")
    arguments.add_argument("--save")
    arguments.add_argument("--load")
    given = arguments.parse_args()
    for name in given.test:
        done = subprocess.run([given.speed, given.language, given.ours, name], capture_output=True, text=True, check=True)
        print("relata ", done.stdout.strip(), flush=True)
    begin = time.process_time()
    if not given.load:
        train, _ = read(given.train)
        heldout, _ = read(given.heldout)
        error = udpipe.ProcessingError()
        trained = udpipe.Trainer.train(
            "morphodita_parsito", train, heldout, udpipe.Trainer.NONE, given.tagger, given.parser, error
        )
        if error.occurred():
            raise SystemExit(error.message)
        given.load = given.save or "/tmp/compare.udpipe"
        with open(given.load, "wb") as file:
            file.write(trained)
        print(f"UDPipe trained in {time.process_time() - begin:.0f} s: tagger {given.tagger}, parser {given.parser}")
    model = udpipe.Model.load(given.load)
    for name in given.test:
        measure(model, name)


if __name__ == "__main__":
    main()
