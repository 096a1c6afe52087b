"""Docstrings, sizes and names: what a newcomer reads first."""

import ast
import re

from django.apps import apps

from tests.conventions.source import FLOORS, listed, module_of, ours, product, short, tree


def test_no_text_to_translate_stands_inside_another_string():
    """The search for texts does not look into f-strings, so it would stay English."""
    wrong = [
        f"{short(path)}:{call.lineno}"
        for path in product()
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"_", "gettext", "pgettext", "ngettext"}
        and isinstance(call.args[0], ast.Constant)
    ]
    assert not wrong, f"Put it in a variable first.{listed(wrong)}"


def test_public_functions_of_services_lib_and_scope_have_a_docstring():
    wrong = set()
    for path in product():
        parts = module_of(path).split(".")
        if parts[-1] == "__main__":
            continue
        if parts[:2] not in (["peersupport", "lib"], ["peersupport", "scope"]) and parts[1:2] != ["services"]:
            continue
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                wrong.add(f"{short(path)}:{node.lineno}: {node.name}")
    assert not wrong, f"Say shapes, units, errors, where a rule comes from.{listed(wrong)}"


def test_every_model_says_what_a_row_is():
    wrong = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in FLOORS and not _has_own_docstring(model)
    ]
    assert not wrong, f"One sentence: what is one row?{listed(wrong)}"


def _has_own_docstring(model: type) -> bool:
    # Django writes "Model(field, …)" where there is none.
    return bool(model.__doc__) and not model.__doc__.startswith(f"{model.__name__}(")


def test_every_module_says_what_it_is_for():
    wrong = [
        short(path)
        for path in product()
        if tree(path).body
        and path.name not in {"__init__.py", "urls.py", "apps.py"}
        and not ast.get_docstring(tree(path))
    ]
    assert not wrong, f"One sentence at the top.{listed(wrong)}"


def test_no_python_file_is_twice_as_long_as_it_should_be():
    long = [f"{short(path)}: {n}" for path in product() if (n := len(path.read_text().splitlines())) > 600]
    assert not long, f"300 lines is the aim; split by noun.{listed(long)}"


BY_MACHINE = re.compile(r"^\d+_(auto_|alter_|remove_|rename_|delete_|\w+_and_more$|\w+_and_\d+_more$)")


def test_migrations_are_named_by_hand():
    files = (path for path in ours(".py") if path.parent.name == "migrations" and path.name != "__init__.py")
    wrong = [short(path) for path in files if BY_MACHINE.match(path.stem)]
    assert not wrong, f"Say what it does, as in 0004_visit_cancelled_by.{listed(wrong)}"
