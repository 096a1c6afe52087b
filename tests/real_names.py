"""The real people, schools, numbers and addresses of the material this was made from: only their hashes, never they.

To see whether names are known, or to get what to add: `python -m tests.real_names < a-file-with-one-on-each-line`.
"""

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import filterfalse

SALT = "what the seeds tell of people stays there"
# Whole names, and the parts of them that are rare enough to point at somebody.
NAMES = """
    0085abee073dc795 00f0bbfe706536c4 0b4ff115c64e6936 17f07dbf1cfdc4b4 1822505210a1f1f7
    184d7c8a7a48f88f 21e71f261c695c0e 23f8b45f05e7b1c3 24b71cb7eed559c2 3230a7e8562d2c5e
    352fd2f6445687e1 3ffadb1387c5310c 4493b75cc887d63d 51feb9b7c727b532 5a99c2ea724bc92d
    5d17d42fef0ac5a0 640f01bd521e08a0 68f887f01a164cfc 6b3833bb6e2add08 6b820a11c0fcd7d5
    6d6d56e6db87207e 6f40a23ebce5789a 78c3298c0a69f8a4 7afc1dac1a08ea7a 7b5a1697e6c6a6ee
    821d3bf889eaf1e6 833771609df894e8 83bf3bff5dd842d7 84b9d51ece0c2cce 84edfa7c22379166
    850f6a476e90cb5f 86345c0f243c5710 92c9f7f48b3158b1 94a550d9716ad7ba 9ec4f1870a9d0e0b
    a8c6e66257f1180e a9933ae57eb84683 abb866d70dc40a46 ad69881b502eb5c5 b60edb7f22eaa9c9
    b96006b502c1ea95 ba23f2dbff99184b ba71f3e5c5af7954 bc9080dbdde5b5a0 c90003bfdf85905b
    ce402416c9f57973 d04eb40d3e3e811b d25b6457271e7640 da8ac75f6ec8e293 e315edabaaed2c28
    ec229e390936fa6f eec13bdb64d0a511 f6a42fb28ef953e3 fd1231aebb006c9c ff2e9ebf5229222f
""".split()
# Common given names: refused among the demo's people only.
GIVEN_NAMES = """
    5e3c3b1895dccc2d 69e1f1c280aab5af 822ff8ef63ea0dbb d1710e41791e6e54 d51de21f25b16dd4
    f539111d23c06a6b
""".split()
# Telephone numbers as 0 and digits; mail addresses.
NUMBERS = """
    4df0b88b0e49655f 66b9c05422aa7951 67ffbb13956090b5 7a4baab33d701052 c0bed9b6c6a3c8c8
""".split()
ADDRESSES = """
    069255769751f2fa 07045f260fa497bb 5f6dd73b869fa998 880e2f32af1bde7b a6d674efbb4f3fee
    b8d745f76f73bacd
""".split()
LONGEST = 4  # words
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
WORD = re.compile(r"[^\W\d_]+")
# A run of digits that a number may be written as: 070-174 06 11, +46 (0)70 174 06 11.
DIGITS = re.compile(r"\+?\d(?:[ \t\u00a0()-]{0,3}\d){8,}")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def folded(text: str) -> str:
    """Without case and without marks on letters: Åsa, åsa and Asa are one name."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return BEYOND_ASCII.sub(lambda found: "".join(filterfalse(unicodedata.combining, found[0])), letters)


@cache
def hashed(*words: str) -> str:
    """In whatever order they stand: registers put the family name first."""
    return hashlib.sha256((SALT + " ".join(sorted(words))).encode()).hexdigest()[:16]


def names_in(text: str, known: Iterable[str] = NAMES) -> Iterator[str]:
    """What may be told of each known name in the text: its first letters, enough to find the place."""
    words, known = WORD.findall(folded(text)), frozenset(known)
    for start, first in enumerate(words):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            *others, last = words[start:end]
            if any(hashed(*others, form) in known for form in {last, last.removesuffix("s")}):
                yield f"{end - start} word(s) beginning with {first[:2]}…"


def numbers_in(text: str, known: list[str] = NUMBERS) -> Iterator[str]:
    for run in DIGITS.findall(text):
        digits = re.sub(r"\D", "", run.replace("(0)", ""))
        for national in (digits, re.sub("46", "0", digits, count=1)):
            for length in (9, 10):
                for start in range(len(national) - length + 1):
                    if national[start] == "0" and hashed(national[start : start + length]) in known:
                        yield "a telephone number"


def addresses_in(text: str, known: list[str] = ADDRESSES) -> Iterator[str]:
    for address in ADDRESS.findall(text.casefold()):
        if hashed(address) in known:
            yield "a mail address"


def found_in(text: str) -> Iterator[str]:
    """Everything real in a text, told without saying it."""
    yield from names_in(text)
    yield from numbers_in(text)
    yield from addresses_in(text)


if __name__ == "__main__":
    for line in filter(None, map(str.strip, sys.stdin)):
        words = WORD.findall(folded(line)) or [re.sub(r"\D", "", line)]
        whole = line.casefold() if "@" in line else ""
        print("known" if set(found_in(line)) else f"new: {hashed(*([whole] if whole else words))}")
