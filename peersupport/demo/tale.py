"""The cases of Lindsjö that a visitor meets."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from peersupport.demo import feedback, history, hours, library, record, tasks, words
from peersupport.demo.acting import as_user
from peersupport.demo.again import tell_what_comes_again
from peersupport.demo.around import tell_around
from peersupport.demo.calendar import morning, recent_moments
from peersupport.demo.cast import Cast
from peersupport.demo.codes import own_words
from peersupport.demo.concern import tell_concern
from peersupport.demo.groups import tell_groups
from peersupport.demo.plans import tell_plans
from peersupport.demo.referrals import Referrals
from peersupport.demo.visits import tell_visits
from peersupport.demo.weeks import tell_recent_weeks
from peersupport.demo.year import Told
from peersupport.lib.dates import today
from schools.codes import Chosen, SchoolForm
from students import services
from students.models import Assignment, Case, Student
from students.services.school_moves import NewPlace
from visits.services import add_topic

# Samira, who waits for a supporter, by position in the tale.
WAITING = 9


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

    def __init__(self, cast: Cast, chance: Random) -> None:
        self.cast, self.chance = cast, chance
        self.petra = cast.users["samordnare"]
        self.own_values = own_words(cast)
        self.referrals = Referrals(cast, chance)

    def begin(self) -> list[Assignment]:
        """Refer, accept and assign; the months before the last weeks are then part of the year."""
        self.cases = [self.referrals.accepted(row) for row in self.STUDENTS]
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
            tell_recent_weeks(number, assignment, self.own_values, self.chance)
        tell_around([case.student for case in self.cases], self.petra)
        with history.at(morning(20)):
            self._moves_school(self.cases[7].student)
        tell_plans(self.assignments, self.petra)
        tell_visits(self.assignments)
        tell_groups(self.assignments, self.cases[WAITING].student, self.petra)
        tell_what_comes_again(self.assignments)
        history.tell(self.cast, self.assignments)
        self.referrals.new()
        self._thanks_and_tasks()
        hours.usual_weeks(self.cast.supporters)
        hours.of_karim(self.cast.supporters[0].user)
        hours.ahead(self.petra, self.cast.supporters)
        library.fill(self.petra)
        tell_concern(self.assignments, self.petra)
        record.tell(
            self.petra, self.cast.schools, self.assignments[0].supporter.user, self.assignments[0].student
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
