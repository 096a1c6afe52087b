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
    "overviews:school_detail": _("A school's page"),
    "overviews:task_list": _("Tasks"),
    "overviews:feedback_list": _("Thanks and questions"),
    "students:referral_list": _("List of referrals"),
    "students:referral_create": _("New referral"),
    "students:referral_detail": _("A referral"),
    "students:referral_accept": _("Accept a referral"),
    "students:referral_decline": _("Decline a referral"),
    "students:referral_await_consent": _("Wait for consent"),
    "students:referral_withdraw": _("Withdraw a referral"),
    "students:waiting_list": _("Waiting list"),
    "students:match": _("Matching"),
    "students:assignment_create": _("Choose a supporter"),
    "students:assignment_end": _("End of a supporter's assignment"),
    "students:case_edit": _("Change a support period"),
    "students:case_pause": _("Pause the support"),
    "students:case_close": _("End the support"),
    "students:case_reopen": _("Open the support again"),
    "students:person_create": _("Someone around the pupil"),
    "students:person_edit": _("Change someone around the pupil"),
    "students:person_end": _("No longer around the pupil"),
    "students:student_edit": _("Change a pupil"),
    "students:whereabouts": _("Address"),
    "students:whereabouts_edit": _("Change an address"),
    "students:open_address": _("Address"),
    "students:identity_open": _("Protected name"),
    "students:identity_edit": _("Correct a protected name"),
    "students:sealed_guardian_edit": _("Change a guardian"),
    "students:open_identity": _("Protected name"),
    "students:opening_list": _("Opened names"),
    "students:protection_edit": _("Protection"),
    "students:guardian_create": _("New guardian"),
    "students:guardian_edit": _("Change a guardian"),
    "students:named_person_create": _("Who may open the name"),
    "students:named_person_remove": _("Who may open the name"),
    "students:school_change": _("Change school"),
    "students:school_move_list": _("Changes of school"),
    "students:school_move_answer": _("Receive a pupil"),
    "students:school_move_cancel": _("Call off the change of school"),
    "students:merge_find": _("Find the same pupil"),
    "students:merge": _("Merge two pupils"),
    "students:merge_detail": _("A merge"),
    "students:merge_undo": _("Undo a merge"),
    "visits:contact_create": _("New contact"),
    "visits:contact_edit": _("Change a contact"),
    "visits:contact_move": _("Move a contact"),
    "visits:contact_withdraw": _("Withdraw a contact"),
    "visits:withdrawn_contacts": _("Withdrawn contacts"),
    "visits:booking_create": _("Book a time"),
    "visits:booking_move": _("Move the booking"),
    "visits:booking_cancel": _("Cancel the booking"),
    "visits:next_step_create": _("Next step"),
    "visits:thanks_create": _("Thanks for a contact"),
    "visits:question_create": _("A question about a contact"),
    "visits:question_answer": _("Answer a question"),
    "visits:task_create": _("New task"),
    "visits:task_edit": _("Change a task"),
    "accounts:profile": _("My account"),
}


def page_word(page: str) -> str:
    """The name of the page in words; of a page not named here, what the log says."""
    return str(WORDS.get(page, page))
