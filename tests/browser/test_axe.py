"""That axe finds what is wrong, in either scheme; and that the schemes differ in colours alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.axe import violations_in_both_schemes

STYLES = Path(settings.BASE_DIR) / "static/css"
COLOUR = re.compile(r"^(#[0-9a-f]{3,8}|\d+, \d+, \d+|none|.* rgb\(.*)$")  # or a shadow
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", re.S)
PAGE = """<!doctype html><html lang="sv"><head><title>Prov</title><style>
  p {{ color: #111; background: {light}; }}
  @media (prefers-color-scheme: dark) {{ p {{ color: #eee; background: {dark}; }} }}
</style></head><body><main><h1>Prov</h1><p>Läs mig</p>{more}</main></body></html>"""


@pytest.mark.parametrize(
    ("light", "dark", "more", "found"),
    [
        ("#fff", "#000", "", []),
        ("#222", "#000", "", ["light: color-contrast"]),
        ("#fff", "#ddd", "", ["dark: color-contrast"]),
        ("#fff", "#000", '<img src="data:,">', ["light: image-alt"]),
    ],
)
def test_what_is_wrong_is_found_in_either_scheme(browser, light, dark, more, found):
    page = browser.new_page()
    page.set_content(PAGE.format(light=light, dark=dark, more=more))

    assert [
        re.sub(r": \S+ ([\w-]+):.*", r": \1", line, flags=re.S) for line in violations_in_both_schemes(page)
    ] == found
    page.close()


def test_schemes_differ_in_colours_alone():
    """So axe asks of the second only what colours can change."""
    with_schemes = [path for path in STYLES.rglob("*.css") if "prefers-color-scheme" in path.read_text()]
    (dark,) = DARK.findall((STYLES / "tokens.css").read_text())
    declared = re.findall(r"^\s+([\w-]+): (.+);", dark, re.M)

    assert with_schemes == [STYLES / "tokens.css"]
    assert len(declared) > 10
    assert not [
        line for line in declared if not re.fullmatch(r"--[\w-]+", line[0]) or not COLOUR.search(line[1])
    ]
