"""What everybody can read, by raw SQL and on all their pages."""

from functools import cache

import pytest
from django.conf import settings
from django.test import Client

from peersupport.demo.owner import owner
from tests.access.asking import address
from tests.access.conftest import cookies  # noqa: F401  the fixture
from tests.access_table import PAGES, PUBLIC
from tests.overviews.who_sees_what.kinds import PEOPLE, ROLE_OF, about, impossible, keys_of
from tests.peersupport.conftest import world  # noqa: F401  the fixture
from tests.peersupport.rights import acting, raw, undone
from tests.peersupport.world import LINK
from tests.peersupport.world.links import TOKEN
from tests.peersupport.world.safety import KEY_TOKEN


@pytest.fixture(scope="module")
def readable(world):  # noqa: F811
    """`readable(table, actor)`: the keys of the rows that the actor can read, by raw SQL."""

    @cache
    def keys(table: str, actor: str) -> frozenset[str]:
        if actor == LINK:
            invited = (opened_by("operations_link", token, "invitation") for token in (TOKEN, "student"))
            return opened_by(table, KEY_TOKEN, "visit_key").union(*invited)
        with acting(world, actor):
            return keys_of(table)

    def opened_by(table: str, token: str, kind: str) -> frozenset[str]:
        with undone():
            raw("select open_link(%s, %s)", token, kind)
            return keys_of(table)

    return keys


@pytest.fixture(scope="module")
def about_staff(world):  # noqa: F811
    """`about_staff(source)`: of each person the keys of the rows that name them."""

    @cache
    def found(source):
        with owner():
            people = {name: world.users[name] for name in ROLE_OF if name != LINK}
            not_real = impossible(world, source.table)
            return {name: about(source, user) - not_real for name, user in people.items()}

    return found


@pytest.fixture(scope="module")
def shown(world, cookies):  # noqa: F811
    """role → everything that stands on all pages of that role."""

    with owner():
        for name, user in world.users.items():  # each with a name of its own, to look for
            user.family_name = f"{name.title().replace('_', '')}kollega"
            user.save(update_fields=["family_name"])

    def asked(role: str) -> str:
        (actor, *_others), text = PEOPLE[role], ""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = cookies[f"{actor} shown"]
        for page in PAGES:
            which = "own" if "own" in page.objects else ""
            is_ours = page not in PUBLIC and not page.name.startswith(("account_", "mfa_"))
            if is_ours and page.expected(actor, "GET", which) == 200:
                with undone():
                    answer = client.get(address(world, page, which, actor))
                text += answer.content.decode() if "html" in answer.headers["Content-Type"] else ""
        return text

    return {role: asked(role) for role in PEOPLE}
