"""The file of Min månad: figures and kinds, and no word that anyone has written."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.my_month import HELD, OTHER, TRIED, Month, Sums
from peersupport.lib.dates import clock
from peersupport.lib.spreadsheets import Cell, Sheet


def month_sheets(month: Month, user: User) -> list[Sheet]:
    """The rows, and the weeks; the sums are those of the page. Notes stay out: they are for the team."""
    return [_rows(month, user), _weeks(month, user)]


def _rows(month: Month, user: User) -> Sheet:
    parts = {HELD: _("Contact"), TRIED: _("Tried or cancelled"), OTHER: _("Other time")}
    sums = month.sums
    return Sheet(
        name=_("Rows"),
        heading=_heading(month, user),
        columns=[
            *(_("Day"), _("Time"), _("What"), _("Kind"), _("Minutes"), _("Travel, minutes"), _("Travel, km")),
        ],
        rows=[
            (
                row.day,
                clock(row.at),
                parts[row.part],
                row.kind,
                row.minutes,
                row.travel_minutes,
                row.km,
            )
            for row in month.rows
        ],
        sums=(_("Sum"), "", "", "", sums.minutes - sums.travel, sums.travel, sums.km),
    )


def _weeks(month: Month, user: User) -> Sheet:
    return Sheet(
        name=_("Weeks"),
        heading=_heading(month, user),
        columns=[
            capfirst(_("week")),
            *(_("Contacts, minutes"), _("Tries and cancelled, minutes"), _("Other time, minutes")),
            *(_("Travel, minutes"), _("All, minutes"), _("Travel, km")),
        ],
        rows=[(capfirst(week.label), *_cells(week.sums)) for week in month.weeks],
        sums=(_("Sum"), *_cells(month.sums)),
    )


def _cells(sums: Sums) -> tuple[Cell, ...]:
    return (sums.held, sums.tried, sums.other, sums.travel, sums.minutes, sums.km)


def _heading(month: Month, user: User) -> list[str]:
    """Whose hours, where, and which month: a file that is handed in says so itself."""
    return [f"{user.name} · {user.acting.organisation_name} · {month.name}"]
