"""Addresses of `supporters`."""

from tests.access_table.actors import COORDINATOR, COORDINATORS, PEER
from tests.access_table.kinds import PLACEMENT, SUPPORTER
from tests.access_table.pages import ObjectPage, Page

PAGES = (
    Page("supporters:supporter_create", allowed={COORDINATOR}, post=200),
    ObjectPage("supporters:supporter_edit", of=SUPPORTER, allowed=COORDINATORS, post=200),
    ObjectPage("supporters:placement_create", of=SUPPORTER, allowed=COORDINATORS, post=200),
    ObjectPage("supporters:placement_end", of=PLACEMENT, allowed=COORDINATORS, post=200),
    Page("supporters:own_profile", allowed={PEER}, post=200),
    Page("supporters:lived_experience", allowed={PEER}, post=200),
    Page("supporters:lived_experience_delete", allowed={PEER}, post=302),
)
