"""Addresses of `schools`."""

from tests.access_table.actors import ADMIN, COORDINATOR, COORDINATORS, LEAD, PEER
from tests.access_table.kinds import (
    ENDABLE,
    ENDERS,
    INVITATION,
    LIBRARY_LINK,
    MEMBERSHIP,
    SCHOOL,
    SCHOOL_BREAK,
    SCHOOL_CONTACT,
)
from tests.access_table.pages import ObjectPage, Page

PAGES = (
    Page("schools:code_lists", allowed={*COORDINATORS, LEAD, ADMIN}),
    Page("schools:library", allowed={*COORDINATORS, PEER}, post=200),
    Page("schools:library_link_create", allowed={COORDINATOR}, post=200),
    ObjectPage("schools:library_link_edit", of=LIBRARY_LINK, allowed={COORDINATOR}, post=200),
    ObjectPage("schools:library_link_withdraw", of=LIBRARY_LINK, allowed={COORDINATOR}, get=405, post=302),
    ObjectPage("schools:library_link_put_back", of=LIBRARY_LINK, allowed={COORDINATOR}, get=405, post=302),
    ObjectPage("schools:membership_confirm", of=MEMBERSHIP, allowed={COORDINATOR, LEAD}, get=405, post=302),
    ObjectPage("schools:membership_end", of=ENDABLE, allowed=ENDERS, post=200, is_sensitive=True),
    Page("schools:member_list", allowed=COORDINATORS),
    Page("schools:invitation_list", allowed={*COORDINATORS, ADMIN}),
    Page("schools:invitation_create", allowed={*COORDINATORS, ADMIN}, post=200, is_sensitive=True),
    ObjectPage(
        "schools:invitation_send_again", of=INVITATION, allowed={*COORDINATORS, ADMIN}, get=405, post=302
    ),
    ObjectPage("schools:invitation_withdraw", of=INVITATION, allowed={*COORDINATORS, ADMIN}, post=302),
    Page("schools:break_list", allowed=COORDINATORS),
    Page("schools:break_create", allowed=COORDINATORS, post=200),
    ObjectPage("schools:break_edit", of=SCHOOL_BREAK, allowed=COORDINATORS, post=200),
    ObjectPage("schools:break_remove", of=SCHOOL_BREAK, allowed=COORDINATORS, post=302),
    ObjectPage("schools:contact_create", of=SCHOOL, allowed=COORDINATORS, post=200),
    ObjectPage("schools:contact_edit", of=SCHOOL_CONTACT, allowed=COORDINATORS, post=200),
)
