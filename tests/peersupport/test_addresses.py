import pytest
from django.core.exceptions import ValidationError

from peersupport.lib.addresses import host_of, public_address


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (" https://www.1177.se/Vastra-Gotaland/?x=1#y ", "https://www.1177.se/Vastra-Gotaland/?x=1#y"),
        ("HTTPS://WWW.BRIS.SE", "https://www.bris.se"),
        ("https://räddabarnen.se/a", "https://xn--rddabarnen-q5a.se/a"),
    ],
)
def test_a_public_page_is_taken(text, stored):
    assert public_address(text) == stored


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("http://www.1177.se/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("www.1177.se", "scheme"),
        ("data:text/html,x", "scheme"),
        ("https://", "host"),
        ("https://localhost/", "host"),
        ("https://127.0.0.1/", "host"),
        ("https://[::1]/", "host"),
        ("https://2130706433/", "host"),
        ("https://intranet/", "host"),
        ("https://wiki.skolan.local/", "host"),
        ("https://www.1177.se:8443/", "host"),
        ("https://karim:hemligt@www.1177.se/", "personal"),
        ("https://www.1177.se/?mail=alva@exempel.example", "personal"),
        ("https://www.1177.se/?mail=alva%40exempel.example", "personal"),
        ("https://www.1177.se/20120314-0004", "personal"),
        ("https://www.1177.se/?pnr=201203140004", "personal"),
        ("https://www.1177.se/a b", "invalid"),
        ("https://www.1177.se/\n", None),
        ('https://www.1177.se/"><script>', "invalid"),
        ("https://www.1177.se/" + "a" * 300, "invalid"),
        ("https://[/", "invalid"),
    ],
)
def test_anything_else_is_refused_with_a_reason(text, code):
    if code is None:  # an end of line around it is no harm
        assert public_address(text) == "https://www.1177.se/"
        return
    with pytest.raises(ValidationError) as refused:
        public_address(text)
    assert refused.value.code == code


def test_the_host_is_what_people_read():
    assert host_of("https://www.1177.se/a") == "1177.se"
