"""Writes pairs of texts with their similarity by rapidfuzz, one JSON array a line, seeded.

    pip install rapidfuzz==3.14.6 && python scripts/make-jaro-winkler-vectors.py 3000 > test/vectors/jaro-winkler.jsonl

The texts are short and long (over 64 symbols), Latin and not, with symbols outside of the basic plane; most of the
second ones are the first with a few edits, so that all of the range from 0 to 1 is met.
"""

import json
import random
import sys

from rapidfuzz.distance import JaroWinkler

ALPHABETS = ["ab", "abcdefghijklmnopqrstuvwxyz ", "ÀÉÎÕÜßæøčşžőğ ", "абвгдежзийклмноп ", "東京物語千と尋神隠", "🎬🎞📽🍿ab", "אבגדהוزحطي"]
LENGTHS = [3, 8, 15, 31, 32, 33, 63, 64, 65, 100, 200]


def text(source: random.Random) -> str:
    alphabet = source.choice(ALPHABETS)
    return "".join(source.choice(alphabet) for _ in range(source.randint(0, source.choice(LENGTHS))))


def edited(source: random.Random, base: str) -> str:
    symbols = list(base)
    for _ in range(source.randint(0, 1 + len(symbols) // 4)):
        at = source.randint(0, max(len(symbols) - 1, 0))
        action = source.randint(0, 3)
        if action == 0:
            symbols.insert(at, source.choice(source.choice(ALPHABETS)))
        elif symbols and action == 1:
            symbols.pop(at)
        elif len(symbols) > at + 1 and action == 2:
            symbols[at], symbols[at + 1] = symbols[at + 1], symbols[at]
        elif symbols:
            symbols[at] = source.choice(base)
    return "".join(symbols)


def main(count: int) -> None:
    source = random.Random(20250101)
    for _ in range(count):
        left = text(source)
        right = edited(source, left) if source.random() < 0.8 else text(source)
        similarity = JaroWinkler.similarity(left, right, prefix_weight=0.1)
        print(json.dumps([left, right, similarity], ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))
