"""Compares time and memory: python compare.py RELATA WORK [DOCUMENTS [NAMES]]"""

import json
import os
import pathlib
import random
import shutil
import sys
import time

relata, work = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
number = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
names_wanted = int(sys.argv[4]) if len(sys.argv) > 4 else 100_000
SYLLABLES = "ba co du fer gan hil jo kas lem mor nav ol pri qua ros sti tan ul ver xan yor zel".split()
TEMPLATES = [
    "{a} a acquis {b} l'an dernier.",
    "{a} n'a pas soutenu {b}, selon la direction.",
    "{a} envisage de coopérer avec {b} dans les mois qui viennent.",
    "{a} a rencontré {b} à la fin de la semaine.",
]
FILLER = [
    "Le marché du matin a ouvert sous la pluie, et les passants se hâtaient vers les halles où le pain attendait.",
    "Les habitants du quartier disent que rien n'a changé depuis des années, sinon le prix du café et des journaux.",
    "La commission rendra son avis au printemps, après avoir entendu les associations et les élus de la région.",
    "Dans les rues de la vieille ville, les travaux avancent lentement, et chacun attend la fin de l'été.",
]


def made_names():
    """Names of two words, each once."""
    chance, known = random.Random(1), {}
    while len(known) < names_wanted:
        words = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize() for _ in "ab"]
        known.setdefault("-".join(words).lower(), " ".join(words))
    return known


def make():
    shutil.rmtree(work, ignore_errors=True)
    (work / "documents").mkdir(parents=True)
    names = made_names()
    with open(work / "names.jsonl", "w", encoding="utf-8") as out:
        for place, (slug, label) in enumerate(names.items()):
            kind = ["Company", "Person", "Company"][place % 3]
            out.write(json.dumps({"id": slug, "type": kind, "labels": {"fr": label}}) + "\n")
    labels = list(names.values())
    for place in range(number):
        chance, parts, size = random.Random(place), [], 0
        while size < 3000:
            if chance.random() < 0.35:
                a, b = chance.choice(labels), chance.choice(labels)
                part = chance.choice(TEMPLATES).format(a=a, b=b)
            else:
                part = chance.choice(FILLER)
            parts.append(part)
            size += len(part.encode()) + 1
        (work / "documents" / f"{place:05}.txt").write_text("\n".join(parts) + "\n", encoding="utf-8")


def measure(name, command):
    """Seconds on the clock, seconds of processor, peak of memory in MB."""
    started = time.monotonic()
    child = os.posix_spawn(command[0], [str(part) for part in command], os.environ)
    _, status, usage = os.wait4(child, 0)
    clock = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{name} failed")
    return name, clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


make()
build = [relata, "build", work / "documents", "--no-default-gazetteer", "--gazetteer", work / "names.jsonl", "--lang", "fr"]
assembly = pathlib.Path(__file__).with_name("assembly.py")
rows = [
    measure("Python assembly", [sys.executable, assembly, work / "names.jsonl", work / "documents", work / "python"]),
    measure("relata, names only", [*build, "--no-relations", "-o", work / "names-only"]),
    measure("relata, all rules", [*build, "-o", work / "all"]),
]
print(f"{'':20} {'clock':>9} {'processor':>10} {'peak':>9}   ratios to the first")
for name, clock, processor, peak in rows:
    ratios = f"1/{rows[0][1] / clock:.0f}, 1/{rows[0][2] / processor:.0f}, 1/{rows[0][3] / peak:.1f}"
    print(f"{name:20} {clock:7.1f} s {processor:8.1f} s {peak:6.0f} MB   {ratios}")
