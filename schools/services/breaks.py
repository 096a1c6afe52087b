"""The breaks of the school year: added, changed, removed, and proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from accounts.models import User
from peersupport.lib.dates import school_year_of, today
from peersupport.lib.school_days import usual_breaks
from schools.models import SchoolBreak, SchoolBreakKind
from schools.services.errors import ChangedMeanwhile

COLUMNS = ("school", "kind", "first_on", "last_on")


def save_school_break(*, school_break: SchoolBreak, by: User) -> SchoolBreak:
    """Save a new or changed break. Raises ChangedMeanwhile when it is not the version read."""
    if school_break.pk is None:
        school_break.organisation_id = by.acting.organisation_id
        school_break.save(force_insert=True)
        return school_break
    columns = {name: getattr(school_break, name) for name in COLUMNS}
    same = (
        SchoolBreak.objects.visible_to(by)
        .kept_by(by)
        .filter(pk=school_break.pk, version=school_break.version)
    )
    if not same.update(**columns, version=F("version") + 1):
        raise ChangedMeanwhile
    school_break.version += 1
    return school_break


def remove_school_break(*, school_break: SchoolBreak, by: User) -> None:
    """Take it out of the calendar; twice is the same as once."""
    SchoolBreak.objects.visible_to(by).kept_by(by).filter(pk=school_break.pk).delete()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A break that is not in the calendar yet, as it often is."""

    kind: str
    first_on: date
    last_on: date

    @property
    def label(self) -> str:
        return str(SchoolBreakKind(self.kind).label)


def proposed_breaks(known: Sequence[SchoolBreak]) -> list[Proposal]:
    """What is missing this school year and the next among `known`, breaks of all schools; those to come."""
    first, last = school_year_of(today())
    there = {(one.kind, _year(one.first_on)) for one in known if one.school_id is None}
    return [
        Proposal(kind, starts, ends)
        for year in (first.year, last.year)
        for kind, starts, ends in usual_breaks(year)
        if ends >= today() and (kind, _year(starts)) not in there
    ]


def _year(day: date) -> date:
    """The first day of the school year; a summer break belongs to the year it ends."""
    return school_year_of(day)[0]
