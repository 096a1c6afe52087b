"""Who has been referred in the tale, and what was answered."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from peersupport.demo import history, words
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import morning
from peersupport.demo.cast import Cast
from peersupport.lib.dates import day_of, today
from schools.codes import SchoolForm
from schools.models import School
from students import services
from students.models import Case, Protection, Referral, ReferralStatusChange
from students.services.names import Name


class Referrals:
    """What the schools of Lindsjö have asked for."""

    def __init__(self, cast: Cast, chance: Random) -> None:
        self.cast, self.chance = cast, chance
        self.petra, self.rasmus = cast.users["samordnare"], cast.users["rektor"]

    def accepted(self, row: tuple[Any, ...]) -> Case:
        """Sent and answered yes to so many days ago, as a row of the tale says."""
        given, family, called, sex, school, grade, _supporter, days = row
        is_sealed = not given
        referral = self._referral(
            self.cast.schools[school], grade, given_name=given, family_name=family, called=called, sex=sex,
            protection=Protection.MARKED if is_sealed else Protection.NONE, consent="obtained",
            consent_note="Vårdnadshavare, skriftligt",
            wanted_language="somaliska" if given == "Samira" else "",
        )  # fmt: skip
        by = self.rasmus if school == 0 else self.petra
        with as_user(by):
            services.send_referral(referral=referral, by=by)
        name = Name("Hemlig", "Provperson", "") if is_sealed else None
        with as_user(self.petra):
            case = services.accept_referral(
                referral=referral,
                by=self.petra,
                name=name,
                answer="Tack. Vi letar efter en peer supporter som passar.",
            )
        backdate(referral, case, sent=morning(days + 6), accepted=morning(days))
        return case

    def new(self) -> None:
        """Three that wait for an answer, one of them about a protected pupil, and one that got a no."""
        rows = (("Malte", "Provdal", 0, 3, Protection.NONE), ("Ines", "Påhittsson", 2, 1, Protection.NONE),
                ("", "", 0, 2, Protection.REGISTRATION), ("Otto", "Fiktander", 0, 12, Protection.NONE))  # fmt: skip
        for given, family, school, days, protection in rows:
            by = self.rasmus if school == 0 else self.petra
            referral = self._referral(
                self.cast.schools[school], 7, given_name=given, family_name=family, protection=protection,
                reason="at_risk" if days == 1 else "absence",
            )  # fmt: skip
            with as_user(by):
                services.send_referral(referral=referral, by=by)
            Referral.objects.filter(pk=referral.pk).update(created_at=morning(days))
            ReferralStatusChange.objects.filter(referral=referral).update(at=morning(days))
            if given == "Otto":
                with as_user(self.petra):
                    services.decline_referral(
                        referral=referral,
                        by=self.petra,
                        reason="Familjen vill vänta. Hör gärna av er igen till våren.",
                    )
                declined = ReferralStatusChange.objects.filter(referral=referral, status="declined")
                declined.update(at=morning(days - 1))

    def _referral(self, school: School, grade: int, **fields: Any) -> Referral:
        is_upper = SchoolForm.UPPER_SECONDARY in school.forms
        return Referral(
            school=school,
            grade=grade,
            school_form=SchoolForm.UPPER_SECONDARY if is_upper else SchoolForm.COMPULSORY,
            birth_year=today().year - grade - (15 if is_upper else 6),
            works_well=self.chance.choice(words.WORKS_WELL),
            has_been_tried=self.chance.choice(words.TRIED),
            student_wants=self.chance.choice(words.WANTS),
            guardians_say=self.chance.choice(words.GUARDIANS_SAY),
            **fields,
        )


def backdate(referral: Referral, case: Case, *, sent: datetime, accepted: datetime) -> None:
    """The story began before today. The services write "now", so the owner moves their moments back."""
    Referral.objects.filter(pk=referral.pk).update(created_at=sent)
    changes = ReferralStatusChange.objects.filter(referral=referral)
    changes.filter(status="requested").update(at=sent)
    changes.filter(status="accepted").update(at=accepted)
    with history.unwritten():
        case.student.enrolments.update(valid_from=day_of(accepted) - timedelta(days=60))
        Case.objects.filter(pk=case.pk).update(opened_at=accepted, waiting_since=day_of(accepted))
