"""What the pages are called that show pupils, for those who read the access log."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, "StrOrPromise"] = {
    "overviews:my_day": _("My day"),
    "overviews:overview": _("Overview"),
    "overviews:my_school": _("My school"),
    "overviews:student_list": _("List of pupils"),
    "overviews:student_search": _("Search for pupils"),
    "overviews:student_detail": _("A pupil's page"),
    "overviews:supporter_detail": _("A peer supporter's page"),
    "overviews:student_changes": _("Changes of a pupil's details"),
    "overviews:referral_changes": _("Changes of a referral"),
    "overviews:case_changes": _("Changes of a support period"),
    "overviews:assignment_changes": _("Changes of an assignment"),
    "overviews:contact_changes": _("Changes of a contact"),
    "students:referral_list": _("List of referrals"),
    "students:referral_create": _("New referral"),
    "students:referral_detail": _("A referral"),
    "students:referral_accept": _("Accept a referral"),
    "students:referral_decline": _("Decline a referral"),
    "students:referral_await_consent": _("Wait for consent"),
    "students:waiting_list": _("Waiting list"),
    "students:match": _("Matching"),
    "students:assignment_create": _("Choose a supporter"),
    "students:assignment_end": _("End of a supporter's assignment"),
    "students:case_edit": _("Change a support period"),
    "students:student_edit": _("Change a pupil"),
    "students:whereabouts": _("Address"),
    "students:whereabouts_edit": _("Change an address"),
    "students:open_address": _("Address"),
    "students:identity_open": _("Protected name"),
    "students:open_identity": _("Protected name"),
    "students:protection_edit": _("Protection"),
    "students:guardian_create": _("New guardian"),
    "students:guardian_edit": _("Change a guardian"),
    "students:named_person_create": _("Who may open the name"),
    "students:named_person_remove": _("Who may open the name"),
    "visits:contact_create": _("New contact"),
    "visits:contact_edit": _("Change a contact"),
    "accounts:profile": _("My account"),
}


def page_word(page: str) -> str:
    """The name of the page in words; of a page not named here, what the log says."""
    return str(WORDS.get(page, page))
