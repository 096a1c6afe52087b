"""The markers of a pupil's reports of concern, for those few who may read them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.dates import day_of, short_date, short_moment
from safety.models import ConcernReport
from students.models import Student


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One report: that it was sent, and until when one hears."""

    title: str
    text: str
    due: str  # "": no board decides, or it is withdrawn
    changed: str  # that it was corrected or withdrawn, and why; "": neither
    edit_url: str  # "": another's, or withdrawn
    withdraw_url: str  # "": withdrawn


def concern_rows(student: Student, user: User) -> list[ConcernRow]:
    """The latest first. One query."""
    reports = ConcernReport.objects.visible_to(user).filter(student=student)
    reports = reports.select_related("author", "withdrawn_by").order_by("-sent_at", "-pk")
    return [_row(report, user) for report in reports]


def _row(report: ConcernReport, user: User) -> ConcernRow:
    stands = report.withdrawn_at is None
    words = {"receiver": report.get_receiver_display(), "when": short_moment(report.sent_at)}
    text = {
        "name": report.author.name,
        "day": short_date(report.learned_on),
        "way": str(report.get_way_display()).lower(),
    }
    mine = stands and report.author_id == user.pk
    return ConcernRow(
        _("%(receiver)s, %(when)s") % words,
        _("By %(name)s, %(way)s. Learned of on %(day)s.") % text,
        _due(report) if stands else "",
        _changed(report),
        reverse("safety:concern_report_edit", args=[report.public_id]) if mine else "",
        reverse("safety:concern_report_withdraw", args=[report.public_id]) if stands else "",
    )


def _due(report: ConcernReport) -> str:
    if report.decided_by is None:
        return ""
    decided = {"day": short_date(report.decided_by)}
    text = _("Decision on an investigation by %(day)s at the latest.") % decided
    if report.told_by is None:
        return text
    return f"{text} " + _("Feedback by %(day)s.") % {"day": short_date(report.told_by)}


def _changed(report: ConcernReport) -> str:
    if report.withdrawn_at is not None and report.withdrawn_by is not None:
        how = {
            "day": short_date(day_of(report.withdrawn_at)),
            "name": report.withdrawn_by.name,
            "why": str(report.get_withdrawn_because_display()).lower(),
        }
        return _("Withdrawn %(day)s by %(name)s: %(why)s.") % how
    if report.changed_because:
        return _("Corrected: %(why)s.") % {"why": str(report.get_changed_because_display()).lower()}
    return ""
