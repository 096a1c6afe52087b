"""What stays out of our files: other hosts, and everybody's real name, number or address."""

import gettext
import re
from io import BytesIO

import polib
import pytest

from tests.conventions.source import listed, ours, product, short
from tests.real_names import (
    ADDRESSES,
    GIVEN_NAMES,
    NAMES,
    NUMBERS,
    addresses_in,
    found_in,
    hashed,
    names_in,
    numbers_in,
)

TEXTS = (
    ".py",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".sql",
    ".po",
    ".json",
    ".yml",
    ".yaml",
    ".svg",
    ".sh",
    "",
)
ADDRESS = re.compile(r"""(?:https?:)?//([\w-]+(?:\.[\w-]+)+)""")
HOSTS_ALLOWED = re.compile(
    r"(^|\.)(example|test|localhost|invalid)$|^127\.0\.0\.1$|^www\.w3\.org$|^0\.0\.0\.0$|^example\."
)


def test_pages_name_no_other_host():
    wrong = set()
    for path in (*ours(".html", ".css", ".js", ".svg"), *product()):
        if path.name == "uv.lock" or "requirements" in path.parts:
            continue
        for host in ADDRESS.findall(path.read_text()):
            if not HOSTS_ALLOWED.search(host):
                wrong.add(f"{short(path)}: {host}")
    assert not wrong, f"Nothing is loaded from, or sent to, another host.{listed(wrong)}"


def test_no_real_person_of_the_seeds_is_named_anywhere():
    wrong = set()
    for path in ours(*TEXTS):
        if path.suffix == "" and path.stat().st_size > 200_000:
            continue
        wrong |= {f"{short(path)}: {found}" for found in found_in(path.read_text(errors="ignore"))}
    assert not wrong, (
        f"Somebody's or some school's own name, number or address: invent another.{listed(wrong)}"
    )


def test_no_real_person_of_the_seeds_is_named_in_a_compiled_catalogue():
    wrong = set()
    for path in ours(".po"):
        compiled = gettext.GNUTranslations(BytesIO(polib.pofile(path).to_binary()))
        texts = "\n".join(compiled._catalog.values())
        assert len(texts) > 1000
        wrong |= {f"{short(path)}: {found}" for found in found_in(texts)}
    assert not wrong, (
        f"Somebody's or some school's own name, number or address: invent another.{listed(wrong)}"
    )


def test_the_demo_uses_no_given_name_of_a_pupil_in_the_seeds():
    wrong = set()
    for path in ours(".py"):
        if short(path).startswith("peersupport/demo/"):
            wrong |= {f"{short(path)}: {found}" for found in names_in(path.read_text(), GIVEN_NAMES)}
    assert not wrong, f"Invent another name.{listed(wrong)}"


@pytest.mark.parametrize(
    "text",
    [
        "Planterad Påhittsdotter Ålund kom.",
        "PÅHITTSDOTTER-ÅLUND, planterad",
        "planterad påhittsdotter ålunds ord",
        "Planterad Pa\u030ahittsdotter\nAlund",
    ],
)
def test_the_search_for_real_names_finds_a_planted_one(text):
    planted = [hashed("planterad", "pahittsdotter", "alund")]

    assert list(names_in(text, planted))
    assert not list(names_in("Planterad Påhittsdotter", planted))


@pytest.mark.parametrize("number", ["070-174 06 99", "0701740699", "+46 70 174 06 99", "+46 (0)701-74 06 99"])
def test_the_search_for_real_numbers_finds_a_planted_one(number):
    assert list(numbers_in(f"12 Ring {number}, 34.", [hashed("0701740699")]))
    assert not list(numbers_in(number, [hashed("0701740698")]))


def test_the_search_for_real_addresses_finds_a_planted_one():
    assert list(addresses_in("Skriv till Planterad@Demo.example.", [hashed("planterad@demo.example")]))


def test_no_known_hash_is_misspelt():
    known = (*NAMES, *GIVEN_NAMES, *NUMBERS, *ADDRESSES)

    assert all(re.fullmatch(r"[0-9a-f]{16}", each) for each in known)
    assert len(set(known)) == len(known)
    assert hashed("nobody") not in known
