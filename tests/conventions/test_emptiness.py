"""No test proves emptiness from behind the second lock, where everything is empty."""

import ast
import re

import pytest

from tests.conventions.source import listed, ours, short, tree


def under_the_owner(module: ast.Module) -> set[int]:
    """The ids of all nodes inside `with owner():`."""
    return {
        id(node)
        for block in ast.walk(module)
        if isinstance(block, ast.With)
        and any("owner()" in ast.unparse(item.context_expr) for item in block.items)
        for node in ast.walk(block)
    }


def proves_nothing(node: ast.expr) -> bool:
    """`x.count() == 0`, `not x.exists()` and their like, of rows that a policy guards."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.Is):
        sides = [node.left, *node.comparators]
        return any(_is_zero(side) for side in sides) and any(_asks(side, "count") for side in sides)
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and _asks(node.operand, "exists")


def _is_open_to_all(node: ast.expr) -> bool:
    """Sign-in tables have no policy, so that there nothing means nothing."""
    return ast.unparse(node).split(".")[0] in {"Session", "User", "Authenticator"}


def _is_path(node: ast.expr) -> bool:
    """Files exist too: `(folder / name).exists()`, `path.exists()`."""
    joined = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    return joined or bool(re.search(r"(?i)(path|file|folder|socket)", ast.unparse(node)))


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _asks(node: ast.expr, method: str) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    asks = node.func.attr == method and not node.args and not node.keywords
    return asks and not _is_path(node.func.value) and not _is_open_to_all(node.func.value)


@pytest.mark.parametrize(
    ("text", "proves"),
    [
        ("Student.objects.count() == 0", False),
        ("0 == case.assignments.count()", False),
        ("not Student.objects.filter(pk=1).exists()", False),
        ("Student.objects.count() == 1", True),
        ("Student.objects.exists()", True),
        ("words.count('x') == 0", True),
        ("not (folder / 'x').exists()", True),
        ("not Session.objects.exists()", True),
    ],
)
def test_the_search_for_what_proves_nothing_finds_it(text, proves):
    assert proves_nothing(ast.parse(text, mode="eval").body) is not proves


def test_no_test_proves_emptiness_from_behind_the_lock():
    wrong = set()
    for path in (path for path in ours(".py") if short(path).startswith("tests/")):
        allowed = under_the_owner(tree(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Assert) and id(node) not in allowed:
                if any(isinstance(part, ast.expr) and proves_nothing(part) for part in ast.walk(node.test)):
                    wrong.add(f"{short(path)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong, f"Without a scope everything is empty. Count inside `with owner():`.{listed(wrong)}"
