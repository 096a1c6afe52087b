"""The national code lists: which codes there are, where they come from, and from when to when they hold.

They stand in code and not in a table, so no administrator can change one (SEED_FACTS 61). A change here gets
a new version; a code that no longer holds gets a last day and stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schools.codes.values import (
    AbsenceKind,
    ContactKind,
    ContactMode,
    ContactTopic,
    OtherTimeKind,
    PeerModel,
    Protection,
    SchoolForm,
    Sex,
    SupportPurpose,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Compulsory school has ten grades from the school year 2028/29, and no preschool class before it.
LAST_DAY_OF_NINE_GRADES, FIRST_DAY_OF_TEN_GRADES = date(2028, 6, 30), date(2028, 7, 1)


@dataclass(frozen=True, slots=True)
class Code:
    """One national code; `valid_from` and `valid_to` (the last day) are None where the law sets no day."""

    code: str
    label: "StrOrPromise"
    valid_from: date | None = None
    valid_to: date | None = None
    source: "StrOrPromise" = ""  # where it differs from the list's

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class CodeList:
    """A national list. `may_hide`: an organisation may leave values out of its forms; `may_add`: it may have
    values of its own, each mapped to a national code.
    """

    name: str
    title: "StrOrPromise"
    version: date
    source: "StrOrPromise"
    codes: tuple[Code, ...]
    may_hide: bool = False
    may_add: bool = False

    def label(self, code: str) -> str:
        """The national word for a code; the code itself when no version of the list has had it."""
        return str(next((known.label for known in self.codes if known.code == code), code))

    def knows(self, code: str) -> bool:
        return any(known.code == code for known in self.codes)


FIRST_VERSION = date(2026, 11, 25)
# With activity, going along, video, group, break presence and drop-in; and with what was done.
ALL_KINDS = date(2026, 11, 26)
SS12000 = _("SS 12000:2020, edition 2")
REFORM = _("Education Act (2010:800) as amended by 2025:729")
PEER_SUPPORT = _("Types of peer support (Socialstyrelsen in Denmark)")


def _codes(choices: type[models.TextChoices]) -> tuple[Code, ...]:
    return tuple(Code(str(code), label) for code, label in choices.choices)


def _school_forms() -> Iterable[Code]:
    for code in _codes(SchoolForm):
        if code.code == SchoolForm.PRESCHOOL_CLASS:
            code = Code(code.code, code.label, valid_to=LAST_DAY_OF_NINE_GRADES, source=REFORM)
        yield code


def _grades() -> Iterable[Code]:
    yield Code("0", _("preschool class"), valid_to=LAST_DAY_OF_NINE_GRADES, source=REFORM)
    for grade in range(1, 10):
        yield Code(str(grade), str(grade))
    yield Code("10", "10", valid_from=FIRST_DAY_OF_TEN_GRADES, source=REFORM)


SCHOOL_FORM = CodeList(
    "school_form", _("School form"), FIRST_VERSION, SS12000, tuple(_school_forms()), may_hide=True
)
GRADE = CodeList("grade", _("Grade"), FIRST_VERSION, SS12000, tuple(_grades()))
SEX = CodeList("sex", _("Legal sex"), FIRST_VERSION, SS12000, _codes(Sex))
PROTECTION = CodeList(
    "protection",
    _("Protection"),
    FIRST_VERSION,
    _("SS 12000:2020 (securityMarking), and local protection"),
    _codes(Protection),
)
ABSENCE_KIND = CodeList(
    "absence_kind",
    _("Kind of absence"),
    FIRST_VERSION,
    _("Education Act (2010:800), SS 12000:2020"),
    _codes(AbsenceKind),
    may_hide=True,
)
CONTACT_KIND = CodeList(
    "contact_kind",
    _("Kind of contact"),
    ALL_KINDS,
    _("The programme's national vocabulary"),
    _codes(ContactKind),
    may_hide=True,
    may_add=True,
)
# With soft hyphens where they are long: a tile is narrow on a phone.
CONTACT_KIND_TILES = {
    ContactKind.VIDEO.value: pgettext_lazy("tile", "Video call"),
    ContactKind.GUARDIAN_CONTACT.value: pgettext_lazy("tile", "Guardian"),
    ContactKind.STAFF_CONTACT.value: pgettext_lazy("tile", "School staff"),
}
CONTACT_MODE = CodeList(
    "contact_mode",
    _("Way to meet"),
    FIRST_VERSION,
    PEER_SUPPORT,
    _codes(ContactMode),
    may_hide=True,
    may_add=True,
)
CONTACT_TOPIC = CodeList(
    "contact_topic",
    _("What we did"),
    ALL_KINDS,
    _("The programme's national vocabulary; no words about health"),
    _codes(ContactTopic),
    may_hide=True,
    may_add=True,
)
OTHER_TIME_KIND = CodeList(
    "other_time_kind",
    _("Other time"),
    FIRST_VERSION,
    _("The programme's national vocabulary"),
    _codes(OtherTimeKind),
    may_hide=True,
)
SUPPORT_PURPOSE = CodeList(
    "support_purpose",
    _("Purpose of the support"),
    FIRST_VERSION,
    PEER_SUPPORT,
    _codes(SupportPurpose),
    may_hide=True,
    may_add=True,
)
PEER_MODEL = CodeList(
    "peer_model", _("Model of peer support"), FIRST_VERSION, PEER_SUPPORT, _codes(PeerModel), may_hide=True
)

LISTS = (
    CONTACT_KIND,
    CONTACT_MODE,
    CONTACT_TOPIC,
    OTHER_TIME_KIND,
    SUPPORT_PURPOSE,
    PEER_MODEL,
    SCHOOL_FORM,
    GRADE,
    SEX,
    ABSENCE_KIND,
    PROTECTION,
)
BY_NAME = {each.name: each for each in LISTS}
# For the columns of local values: (name, title) of the lists that may have some.
LISTS_WITH_LOCAL_VALUES = [(each.name, each.title) for each in LISTS if each.may_add]
