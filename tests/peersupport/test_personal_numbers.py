import pytest

from peersupport.lib.personal_numbers import holds_personal_number


@pytest.mark.parametrize(
    "text",
    [
        "20120314-0004",
        "120314-0004",
        "120314 0004",
        "201203140004",
        "om 120374-0004.",
        "20120314-T004",
        "1203140007",
    ],
)
def test_what_could_be_one_is_found(text):
    assert holds_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kl 14:30",
        "2026-11-24",
        "0701740605",
        "070-174 06 05",
        "rum 1203",
        "120314",
        "99991399-1234",
        "1203140005",
    ],
)
def test_what_is_none_is_left_in_peace(text):
    assert not holds_personal_number(text)
