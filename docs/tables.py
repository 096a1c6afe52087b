"""Writes docs/tables.md from the models and the declared policies: `make tables`. A test compares the two."""

import inspect
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/tables.md"
HEAD = """\
# The tables

Written by `make tables` from the models and from
[`peersupport/scope/policies/`](../peersupport/scope/policies/); do not write here. For each table: what
one row is, and who may read, add, change and delete rows. *Which* rows is said by the policy itself: a
coordinator's are those of their own schools, a peer supporter's those of pupils with an assignment that
holds today. "Anyone" is whoever is signed in, and still only the rows that the policy names.
"""
FOOT = """
## Without a policy

Read before anyone is known, at sign-in, and nothing in them is about pupils. What the web server may do:

| table | one row | privileges |
|---|---|---|
{sign_in}

## Closed

The web server has no right to them. Some are written and read by the owner's functions and triggers alone.

| table | one row |
|---|---|
{closed}
"""
ACTS = {"read": "reads", "insert": "adds", "change": "changes", "delete": "deletes"}


def page() -> str:
    """The whole page. Django must be set up."""
    from peersupport.scope.policies import CLOSED_TABLES, POLICIES, SIGN_IN_TABLES

    rows = {model._meta.db_table: one_row(model) for model in models()}
    floors = {app: sorted(set(POLICIES) & tables_of(app)) for app in our_apps()}
    floors["libraries"] = sorted(set(POLICIES) - {table for tables in floors.values() for table in tables})
    lines = [HEAD]
    for app, tables in floors.items():
        if tables:
            lines += [f"## {app}", "", "| table | one row | who |", "|---|---|---|"]
            lines += [f"| `{table}` | {rows.get(table, '')} | {who(table)} |" for table in tables]
            lines += [""]
    sign_in = [
        f"| `{table}` | {rows.get(table, '')} | {may} |" for table, may in sorted(SIGN_IN_TABLES.items())
    ]
    closed = [f"| `{table}` | {rows.get(table, '')} |" for table in sorted(CLOSED_TABLES)]
    return "\n".join(lines) + FOOT.format(sign_in="\n".join(sign_in), closed="\n".join(closed))


def our_apps() -> list[str]:
    """In the order of the floors."""
    from django.conf import settings

    return [app for app in reversed(settings.INSTALLED_APPS) if (ROOT / app / "__init__.py").exists()]


def models(app: str | None = None) -> list[Any]:
    """All of them, or those of one app, with the tables that join two of them."""
    from django.apps import apps

    if app:
        return list(apps.get_app_config(app).get_models(include_auto_created=True))
    return list(apps.get_models(include_auto_created=True))


def tables_of(app: str) -> set[str]:
    return {model._meta.db_table for model in models(app)}


def one_row(model: type) -> str:
    """The first paragraph of the model's docstring; empty where Django wrote it."""
    text = inspect.cleandoc(model.__doc__ or "").split("\n\n")[0]
    return "" if text.startswith(f"{model.__name__}(") else " ".join(text.split()).replace("|", "\\|")


def who(table: str) -> str:
    """As in "coordinator reads, adds; peer supporter reads"; with the columns where not all may be."""
    from peersupport.scope.policies import COLUMN_GRANTS, POLICIES

    told = []
    for name, rule in POLICIES[table].items():
        acts = [word for act, word in ACTS.items() if getattr(rule, act)]
        told.append(f"{name.replace('_', ' ')} {', '.join(acts)}")
    for privilege, columns in COLUMN_GRANTS.get(table, {}).items():
        told.append(f"{privilege} of {columns} only")
    return "; ".join(told)


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "peersupport.settings", "PEERSUPPORT_LOCAL": "1"}
    os.environ["DATABASE_URL"] = "postgres://nobody@localhost/not-asked"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    PAGE.write_text(page())
