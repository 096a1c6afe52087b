"""Tells the demo's story: the year in bulk, then the cases one would show a visitor, through the services."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from peersupport.demo import cast as casting
from peersupport.demo import (
    feedback,
    history,
    hours,
    invitations,
    library,
    openings,
    pupils,
    record,
    tasks,
    words,
    year,
)
from peersupport.demo.acting import as_user
from peersupport.demo.breaks import keep_breaks
from peersupport.demo.calendar import morning, recent_moments
from peersupport.demo.cast import Cast
from peersupport.demo.codes import own_words
from peersupport.demo.concern import tell_concern
from peersupport.demo.groups import tell_groups
from peersupport.demo.owner import owner
from peersupport.demo.plans import tell_plans
from peersupport.demo.visits import tell_visits
from peersupport.demo.year import NOTHING_TOLD, Told
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools.codes import Chosen, SchoolForm
from schools.models import School
from students import services
from students.models import Assignment, Case, Protection, Referral, ReferralStatusChange, Student
from students.services.names import Name
from students.services.school_moves import NewPlace
from supporters.models import PeerSupporter
from visits.services import Occasion, Part, add_topic, log_contact, pupils_to_log

Say = Callable[[str], None]
SEED = 2026
STUDENTS = 160
PLACES_PER_FULL_TIME = 6
# Places kept for the cases told below, and some for whoever the visitor assigns; by position in the cast.
# Tove (3) has none left, so that with Rut she has one pupil more than there is room for.
KEPT_FREE = {0: 6, 1: 3, 2: 1, 3: 0, 4: 2, 7: 1, 8: 2, 11: 1, 13: 1}
# At Norra Tegelbruket only three pupils ever: a school too small for its own statistics.
SMALL_SCHOOL = 4
# Hugo, by position in the tale: last met almost three weeks ago.
NOT_MET_FOR_LONG = 3
# Amina, Yusuf and Hugo have a phone too; by position in the tale.
HOW_TO_REACH = {1: "Svarar på sms, inte på samtal", 2: "", 3: "Ring efter klockan 15"}
# A protected pupil, by position in the tale.
PROTECTED = 4
# Samira, who waits for a supporter, by position in the tale.
WAITING = 9


class RefusedRows(Exception):
    """The bulk year holds rows that the service would refuse: the demo would show what cannot happen."""


def tell(say: Say, site: str = "http://127.0.0.1:8000") -> None:
    """Fill an empty database; as the owner, in one transaction, so that half a story is never left behind.

    `site` is where the links in its mail lead.
    """
    with transaction.atomic(), owner():
        began = history.now()
        lindsjo, almvik = casting.lindsjo(), casting.almvik()
        say("Skolor, personal och peer supportrar finns.")
        for cast in (lindsjo, almvik):
            cast.organisation.students_per_full_time = PLACES_PER_FULL_TIME
            cast.organisation.save(update_fields=["students_per_full_time"])
            keep_breaks(cast.organisation)
        others = _others(almvik, almvik.users["samordnare2"], 8, {0: 2, 1: 2})
        _tell_year(almvik, others, NOTHING_TOLD, say)
        others = _others(
            lindsjo, lindsjo.users["samordnare"], STUDENTS - len(Tale.STUDENTS) - record.COUNT, KEPT_FREE
        )
        tale = Tale(lindsjo)
        _tell_year(lindsjo, others + tale.begin(), tale.told(), say)
        tale.go_on()
        openings.open_a_name(tale.assignments[PROTECTED], site)
        openings.look_at_a_supporter(lindsjo)
        invitations.invite(lindsjo, site)
        history.settle(began)
        say("Berättelsens elever är på plats.")


def _others(cast: Cast, coordinator: User, count: int, kept_free: dict[int, int]) -> list[Assignment]:
    """The pupils nobody tells about, and their supporters."""
    chance = Random(SEED)
    places = {
        supporter.pk: max(_capacity(supporter) - kept_free.get(number, 0), 0)
        for number, supporter in enumerate(cast.supporters)
    }
    if len(cast.schools) > SMALL_SCHOOL:
        places[cast.supporters[6].pk] = 3
    planned = pupils.stints(cast, places, count, chance)
    taken = {(row[0], row[1]) for row in (*Tale.STUDENTS, *record.TWICE)}
    with scope(coordinator):  # whose name history bears
        return pupils.store(coordinator, planned, taken, chance)


def _tell_year(cast: Cast, assignments: list[Assignment], told: Told, say: Say) -> None:
    chance = Random(SEED)
    going_on = [a for a in assignments if a.ends_on is None and a.pk not in told.until]
    quiet = {a.pk: 16 + 3 * number for number, a in enumerate(chance.sample(going_on, min(4, len(going_on))))}
    refused = year.store(list(year.entries(assignments, quiet, chance, told)))
    if refused:
        raise RefusedRows(refused)
    year.store_breaks(cast.supporters, min(a.starts_on for a in assignments))
    say(f"{cast.organisation.name}: {len(assignments)} elever och ett läsår av kontakter.")


def _capacity(supporter: PeerSupporter) -> int:
    return sum(p.percent for p in supporter.placements.all()) * PLACES_PER_FULL_TIME // 100


class Tale:
    """The cases of Lindsjö that a visitor meets."""

    # (given, family, called, sex, school, grade, supporter or None, days of support)
    STUDENTS = (
        ("Oskar", "Exempelsson", "", "boy", 0, 7, 0, 82),
        ("Amina", "Exempelsson", "", "girl", 0, 8, 0, 64),
        ("Yusuf", "Fiktander-Diktsson", "", "boy", 0, 9, 0, 120),
        ("Hugo", "Exempelsson", "", "boy", 0, 8, 0, 95),
        ("", "", "", "girl", 0, 7, 0, 40),
        ("Tindra", "Påhittsson", "", "girl", 2, 6, 1, 70),
        ("Noor", "Exempelsson", "", "not_stated", 2, 5, 1, 30),
        ("Rut", "Testhage", "", "girl", 1, 7, 3, 110),
        ("Alex", "Provdal", "", "boy", 3, 3, 4, 150),
        ("Samira", "Låtsman", "", "girl", 0, 8, None, 16),
        ("", "", "", "boy", 6, 4, None, 6),
        ("Leo", "Låtsman", "Lejon", "boy", 1, 5, None, 9),
        ("Ebba", "Låtsman", "", "girl", 3, 1, None, 3),
    )

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.petra, self.rasmus = cast.users["samordnare"], cast.users["rektor"]
        self.chance = Random(SEED + 1)
        self.own_values = own_words(cast)

    def begin(self) -> list[Assignment]:
        """Refer, accept and assign; the months before the last weeks are then part of the year."""
        self.cases = [self._refer_and_accept(row) for row in self.STUDENTS]
        self.assignments = []
        for case, row in zip(self.cases, self.STUDENTS, strict=True):
            if row[6] is None:
                self._waits(case, row[7])
            else:
                self.assignments.append(self._has_support(case, row[6], row[7]))
        return self.assignments

    def told(self) -> Told:
        """Which of the last weeks' days are the story's own."""
        busy: dict[int, set[date]] = {}
        for number, assignment in enumerate(self.assignments):
            days = {timezone.localdate(at) for at in recent_moments(number, assignment.starts_on)}
            busy.setdefault(assignment.supporter_id, set()).update(days)
        return Told({a.pk: today() - timedelta(days=50) for a in self.assignments}, busy)

    def go_on(self) -> None:
        """The last weeks, and everything else that happened."""
        for number, assignment in enumerate(self.assignments):
            self._recent_weeks(number, assignment)
        self._details([case.student for case in self.cases])
        with history.at(morning(20)):
            self._moves_school(self.cases[7].student)
        tell_plans(self.assignments, self.petra)
        tell_visits(self.assignments)
        tell_groups(self.assignments, self.cases[WAITING].student, self.petra)
        history.tell(self.cast, self.assignments)
        self._new_referrals()
        self._thanks_and_tasks()
        hours.usual_weeks(self.cast.supporters)
        hours.of_karim(self.cast.supporters[0].user)
        library.fill(self.petra)
        tell_concern(self.assignments, self.petra)
        record.tell(
            self.petra, self.cast.schools, self.assignments[0].supporter.user, self.assignments[0].student
        )

    def _refer_and_accept(self, row: tuple[Any, ...]) -> Case:
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
        self._backdate_start(case, referral, days)
        return case

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

    def _backdate_start(self, case: Case, referral: Referral, days: int) -> None:
        """The story began before today. The services write "now", so the owner moves their moments back."""
        sent, accepted = morning(days + 6), morning(days)
        Referral.objects.filter(pk=referral.pk).update(created_at=sent)
        changes = ReferralStatusChange.objects.filter(referral=referral)
        changes.filter(status="requested").update(at=sent)
        changes.filter(status="accepted").update(at=accepted)
        with history.unwritten():
            case.student.enrolments.update(valid_from=today() - timedelta(days=days + 60))
            Case.objects.filter(pk=case.pk).update(
                opened_at=accepted, waiting_since=timezone.localdate(accepted)
            )

    def _waits(self, case: Case, days: int) -> None:
        Case.objects.filter(pk=case.pk).update(waiting_since=today() - timedelta(days=days))

    def _has_support(self, case: Case, number: int, days: int) -> Assignment:
        supporter = self.cast.supporters[number]
        with as_user(self.petra):
            assignment = services.assign(
                case=case, supporter=supporter, by=self.petra, starts_on=today() - timedelta(days=days), ends_on=None,
                trial_until=today() + timedelta(days=5) if days < 45 else None,
                reason=self.chance.choice(words.REASONS), over_capacity_reason="Har träffat eleven förut.",
            )  # fmt: skip
        purposes = [Chosen("wellbeing"), Chosen("empowerment")]
        if number % 3 == 0:
            own = self.own_values.leisure
            purposes = [Chosen("wellbeing"), Chosen(own.national_code, own.pk)]
        with history.at(morning(days) + timedelta(minutes=30)), as_user(self.petra):
            services.edit_case(
                case=case, by=self.petra, version=1, status="mapping" if days < 45 else "active",
                purposes=purposes, review_on=None,
            )  # fmt: skip
        return assignment

    def _recent_weeks(self, number: int, assignment: Assignment) -> None:
        """Logged one by one as on the phone, a try now and then."""
        moments = list(recent_moments(number, assignment.starts_on))
        if number == NOT_MET_FOR_LONG:  # since then sought twice in vain
            moments = [moment for moment in moments if moment < morning(19)] + moments[-2:]
        for count, moment in enumerate(moments):
            kind = "at_school" if count % 3 == 2 else "home_visit"
            is_try = count % 5 == 1 or (number == NOT_MET_FOR_LONG and moment > morning(19))
            self._log(assignment.supporter.user, assignment.student, kind, moment, is_try)

    def _log(self, supporter: User, student: Student, kind: str, moment: datetime, is_try: bool) -> None:
        outcome = ("no_show" if kind == "at_school" else "no_answer") if is_try else "met"
        note = "" if is_try else self.chance.choice(words.NOTES[kind])
        step = "" if is_try else self.chance.choice(words.NEXT_STEPS)
        with as_user(supporter):
            (pupil,) = pupils_to_log(by=supporter, among=[student.public_id])
            log_contact(
                by=supporter,
                occasion=Occasion(
                    kind,
                    moment,
                    10 if is_try else 60,
                    local_kind=self._own_kind(kind, moment),
                    topics=() if is_try else tuple(map(Chosen, words.TOPICS[kind][moment.day % 3])),
                    travel_minutes=15,
                    travel_km=Decimal("6.5"),
                ),
                parts=[
                    Part(
                        pupil,
                        outcome,
                        next_step=step,
                        note=note,
                        written_together=self.chance.random() < 0.3,
                        pupils_words=words.PUPILS_WORDS[moment.day % 3]
                        if note and moment.day % 4 == 1
                        else "",
                        purposes=pupil.case_purposes[moment.day % 2 :][:1],
                    )
                ],
            )

    def _own_kind(self, kind: str, moment: datetime) -> int | None:
        """Every other home visit is a walk."""
        walk = self.own_values.walk
        return walk.pk if kind == walk.national_code and moment.day % 2 else None

    def _details(self, students: list[Student]) -> None:
        oskar, amina = students[0], students[1]
        with as_user(self.petra):
            self._guardian(
                oskar, "Maria", "mother", phone="070-1740611", how_to_reach="Sms, efter klockan 16"
            )
            self._guardian(oskar, "Daniel", "father", phone="070-1740612")
            self._guardian(
                amina, "Fadumo", "mother", phone="070-1740613", language="somaliska", needs_interpreter=True
            )
            self._guardian(amina, "Abdi", "father", not_to_be_contacted=True)
            services.write_whereabouts(
                student=oskar, by=self.petra,
                fields={"street": "Provgränd 3", "postal_code": "000 00", "city": "Lindsjö", "phone": "070-1740614",
                        "how_to_reach": "Helst sms"},
            )  # fmt: skip
            for number, words in HOW_TO_REACH.items():
                fields = {"phone": f"070-17406{20 + number}", "how_to_reach": words}
                services.write_whereabouts(student=students[number], by=self.petra, fields=fields)

    def _guardian(self, student: Student, given_name: str, relation: str, **fields: Any) -> None:
        fields = {"given_name": given_name, "relation": relation, "language": "svenska"} | fields
        services.add_guardian(student=student, by=self.petra, fields=fields)

    def _moves_school(self, student: Student) -> None:
        """In the middle of the term, to a school in the same municipality; the peer supporter goes along."""
        with as_user(self.petra):
            before = Student.objects.visible_to(self.petra).get(pk=student.pk)
            to = NewPlace(self.cast.schools[6], "", SchoolForm.COMPULSORY, 7, today() - timedelta(days=20))
            services.change_school(
                student=before, by=self.petra, version=before.version, to=to, ends_support=False
            )

    def _thanks_and_tasks(self) -> None:
        """What Petra and Karim say to each other, and what they have to do."""
        karim = self.cast.supporters[0].user
        oskar, amina, yusuf, *_others = [assignment.student for assignment in self.assignments]
        with as_user(self.petra):
            question = feedback.thank_and_ask(self.petra, oskar, amina, yusuf)
            tasks.of_coordinator(self.petra, karim, oskar, amina)
        with as_user(karim):
            feedback.answer(karim, question)
            tasks.of_supporter(karim, self.petra, yusuf)
            for text in words.FOR_SUPERVISION:
                add_topic(by=karim, text=text)

    def _new_referrals(self) -> None:
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
