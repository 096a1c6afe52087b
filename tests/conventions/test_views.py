"""Views reach rows through the first lock, and say which methods they answer."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.conventions.source import FLOORS, listed, module_of, product, short, tree

# `confirmable_by` and `given_by` start with visible_to; `open_for` asks for one's own browsers, which no policy guards.
DOORS = "visible_to|confirmable_by|given_by|open_for"
FIRST_LOCK = re.compile(rf"\.(?:objects|_default_manager|_base_manager)\b(?!\s*\.\s*(?:{DOORS})\()")


def views() -> Iterator[Path]:
    return (path for path in product() if "views" in module_of(path).split("."))


def test_views_reach_rows_through_visible_to_only():
    wrong = set()
    for path in views():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if FIRST_LOCK.search(line):
                wrong.add(f"{short(path)}:{number}: {line.strip()}")
    assert not wrong, f"Start with visible_to(request.user), or ask a service.{listed(wrong)}"


def test_views_fetch_objects_among_the_visible_ones():
    wrong = set()
    for path in views():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("get_object_or_404", "get_list_or_404")
            ):
                if isinstance(node.args[0], ast.Name) and node.args[0].id[:1].isupper():
                    wrong.add(f"{short(path)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong, f"get_object_or_404(Model.objects.visible_to(request.user), …).{listed(wrong)}"


SAFE = {"require_safe", "require_POST", "require_safe_or_post", "require_http_methods"}


def test_every_view_says_which_methods_it_answers():
    wrong = set()
    for view in {inspect.unwrap(pattern.callback) for pattern in patterns(get_resolver())}:
        if view.__module__.split(".")[0] not in FLOORS:
            continue
        (function,) = ast.parse(inspect.getsource(view)).body
        decorators = {ast.unparse(decorator).split("(")[0] for decorator in function.decorator_list}
        if not decorators & SAFE:
            wrong.add(f"{view.__module__}.{view.__name__}")
    assert not wrong, f"Decorate with require_safe, require_POST or require_safe_or_post.{listed(wrong)}"


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)
