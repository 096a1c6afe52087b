"""Keyset pages: the cost of a page does not grow with the table, and no total is ever counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from peersupport.lib.http import uuid_or_none

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a longer list; `next_token` is empty on the last page."""

    rows: list[Row]
    next_token: str
    is_first: bool


def keyset_page(
    queryset: "models.QuerySet[Row]",
    token: str | None,
    *,
    size: int,
    key: tuple[str, ...],
    token_field: str = "public_id",  # noqa: S107  a row's id for paths, no secret
) -> Page[Row]:
    """The `size` rows after the row that `token` names, in the order of `key` ("-" before a name for
    descending). `key` must be unique together and its columns not NULL. The token is the last row's UUID,
    looked up among the same rows, so that no sort key (a pupil's name, say) stands in an address. An
    unknown token gives the first page.
    """
    after = _key_of(queryset, uuid_or_none(token), key, token_field)
    later = queryset.filter(_beyond(key, after)) if after else queryset
    found = list(later.order_by(*key)[: size + 1])
    rows = found[:size]
    last = str(_value(rows[-1], token_field)) if len(found) > size else ""
    return Page(rows, last, is_first=after is None)


def paging(request: HttpRequest, page: "Page[Any] | MixedPage") -> dict[str, str]:
    """Addresses of the next page and of the beginning, with the filters kept; empty when there is none."""
    older = request.GET.copy()
    older["after"] = page.next_token
    first = request.GET.copy()
    first.pop("after", None)
    return {
        "older_url": f"{request.path}?{older.urlencode()}" if page.next_token else "",
        "newer_url": "" if page.is_first else f"{request.path}?{first.urlencode()}",
    }


def _key_of(queryset: Any, token: Any, key: tuple[str, ...], token_field: str) -> tuple[Any, ...] | None:
    if token is None:
        return None
    columns = [name.lstrip("-") for name in key]
    found: tuple[Any, ...] | None = queryset.filter(**{token_field: token}).values_list(*columns).first()
    return found


def _beyond(key: tuple[str, ...], after: tuple[Any, ...]) -> Q:
    """(a, b) > (x, y), spelled out so that a descending column can stand among ascending ones.

    That a is not before x follows from it, but only said does it let an index begin there: without it the
    database would read and throw away all the pages before.
    """
    condition, equal = Q(), Q()
    for name, value in zip(key, after, strict=True):
        column, lookup = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{lookup}": value})
        equal &= Q(**{column: value})
    first = "lte" if key[0].startswith("-") else "gte"
    return Q(**{f"{key[0].lstrip('-')}__{first}": after[0]}) & condition


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


@dataclass(frozen=True, slots=True)
class MixedPage:
    """Some rows of a longer list out of several tables, as dicts; `next_token` is empty on the last page."""

    rows: list[dict[str, Any]]
    next_token: str
    is_first: bool


def keyset_page_of_all(
    querysets: Sequence[Any], token: str | None, *, size: int, key: tuple[str, str]
) -> MixedPage:
    """As `keyset_page`, out of several tables at once: querysets of `values()` with the same columns.

    `key` names a moment and a UUID among the columns; newest first. One query, and one more for a page that
    is not the first.
    """
    newest_first = tuple(f"-{column}" for column in key)
    after = _one_of_all(querysets, uuid_or_none(token), key)
    if after:
        querysets = [rows.filter(_beyond(newest_first, after)) for rows in querysets]
    found = list(_union(querysets).order_by(*newest_first)[: size + 1])
    rows = found[:size]
    last = str(rows[-1][key[1]]) if len(found) > size else ""
    return MixedPage(rows, last, is_first=after is None)


def _one_of_all(querysets: Sequence[Any], token: Any, key: tuple[str, str]) -> tuple[Any, ...] | None:
    if token is None:
        return None
    found = _union([rows.filter(**{key[1]: token}) for rows in querysets])[:1]
    return next((tuple(row[column] for column in key) for row in found), None)


def _union(querysets: Sequence[Any]) -> Any:
    return querysets[0].union(*querysets[1:], all=True)
