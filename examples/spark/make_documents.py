"""Writes made-up dispatches as JSON lines, the same for the same number: python3 make_documents.py 5000 > documents.jsonl"""

import json
import random
import sys

NAMES = ["Sberbank", "Nvidia", "DeepSeek", "Firebird", "ByteDance", "Rosatom", "Huawei", "Gazprom"]
SENTENCES = {
    "fr": [
        "{a} a acquis {b} en {year}.",
        "{a} n'a pas acquis {b}, selon la direction.",
        "La Chine soutient {a} depuis {year}.",
        "{a} envisage de coopérer avec {b}.",
        "Il pleut sur le port, et les marchés attendent.",
    ],
    "en": [
        "{a} acquired {b} in {year}.",
        "{a} has not acquired {b}, the board said.",
        "China supports {a}.",
        "{a} plans to cooperate with {b}.",
        "It rains on the harbour, and the markets wait.",
    ],
    "ru": [
        "Китай поддерживает {a}.",
        "{a} сотрудничает с {b}.",
        "Владимир Путин встретился с Си Цзиньпином в {year} году.",
        "Дождь идёт над портом, и рынки ждут.",
    ],
}


def dispatch(number: int) -> dict[str, str]:
    """The dispatch of that number."""
    chance = random.Random(number)
    language = chance.choice(sorted(SENTENCES))
    lines = [f"Dispatch {number}"]
    for _ in range(chance.randint(4, 12)):
        a, b = chance.sample(NAMES, 2)
        lines.append(chance.choice(SENTENCES[language]).format(a=a, b=b, year=chance.randint(2019, 2025)))
    name = f"{number // 1000:03}/{number:06}.txt"
    return {"doc": name, "text": "\n\n".join(lines) + "\n", "lang": language}


for number in range(int(sys.argv[1])):
    print(json.dumps(dispatch(number), ensure_ascii=False))
