"""What looks like a personal number in free text, and what only looks like digits."""

import pytest

from peersupport.lib.personal_numbers import has_personal_number

# Test numbers of Skatteverket's open list, and one for each shape.
LIKE_ONE = [
    "Han är född 20080924-2380 och bor hemma",
    "080924-2380",
    "080924+2380",
    "080924 2380",
    "200809242380",
    "0809242381, skrivet utan streck: sista siffran stämmer",
    "samordningsnummer 080984-2381",
    "tillfälligt 20080924TF01",
    "(080924-2380)",
]
NOT_ONE = [
    "",
    "Vi ses 24 nov kl 14:30",
    "070-1740605",
    "0701740605",
    "031-390 06 00",
    "2026-11-24",
    "081324-2380",
    "080932-2380",
    "0809242382",
    "Rum 1234567890123",
]


@pytest.mark.parametrize("text", LIKE_ONE)
def test_has_personal_number_asks_about_every_way_to_write_one(text):
    assert has_personal_number(text)


@pytest.mark.parametrize("text", NOT_ONE)
def test_has_personal_number_leaves_phones_days_and_other_digits_alone(text):
    assert not has_personal_number(text)
