"""Addresses of Django admin: its own, and five of each model."""

from collections.abc import Iterator

from tests.access_table.actors import ADMIN, SIGNED_IN
from tests.access_table.pages import Kind, ObjectPage, Page


def administered(
    model: str, kind: Kind, *, adds: bool = True, saves: int = 200, asks: tuple[str, ...] = ()
) -> Iterator[Page]:
    """Django admin's pages of one model: for the administrator, who deletes nothing.

    `saves` is the answer to an empty form: 302 where all its fields may be empty. `asks`: which forms write roles.
    """
    allowed = {ADMIN}
    others = dict.fromkeys(SIGNED_IN - {ADMIN}, 403)
    gone = others | {f"{ADMIN} foreign": 302, f"{ADMIN} missing": 302}  # with a message, to the index
    yield Page(f"admin:{model}_changelist", allowed=allowed, post=200)
    yield Page(f"admin:{model}_add", allowed=allowed if adds else set(), post=200, is_sensitive="add" in asks)
    change = {"of": kind, "allowed": allowed, "post": saves, "unusual": gone}
    yield ObjectPage(f"admin:{model}_change", is_sensitive="change" in asks, **change)
    yield ObjectPage(f"admin:{model}_history", of=kind, allowed=allowed, post=200, unusual=gone)
    yield ObjectPage(
        f"admin:{model}_delete", of=kind, allowed=set(), post=200, unusual=dict.fromkeys(SIGNED_IN, 403)
    )


PAGES = (
    Page("admin:index", allowed={ADMIN}, get=302, post=302),  # to the page of administration
    Page("admin:jsi18n", allowed={ADMIN}, unusual=dict.fromkeys(SIGNED_IN - {ADMIN}, 403)),
    Page("admin:autocomplete", allowed=set(), unusual=dict.fromkeys(SIGNED_IN - {ADMIN}, 403)),
    Page("admin:app_list", arguments=("schools",), allowed={ADMIN}, get=302, post=302),
    *administered("accounts_user", Kind("accounts_user", {ADMIN}, own="colleague"), asks=("add",)),
    *administered(
        "schools_membership",
        Kind("schools_membership", {ADMIN}, own="colleague"),
        saves=302,
        asks=("add", "change"),
    ),
    *administered("schools_school", Kind("schools_school", {ADMIN}, own="north")),
    *administered("schools_schoolcontact", Kind("schools_schoolcontact", {ADMIN}, own="north")),
    *administered("schools_localcode", Kind("schools_localcode", {ADMIN}, own="home", elsewhere="away")),
    *administered(
        "schools_organisation",
        Kind("schools_organisation", {ADMIN}, own="home", elsewhere="away"),
        adds=False,
    ),
)
