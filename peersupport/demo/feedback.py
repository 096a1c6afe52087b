"""A coordinator who reads what is written: thanks, a question that waits, and one that is answered."""

from accounts.models import User
from students.models import Student
from visits import services
from visits.models import Feedback, Participation


def thank_and_ask(petra: User, oskar: Student, amina: Student, yusuf: Student) -> Feedback:
    """Thanks for Oskar's latest contact, an open question about Amina's, and one about Yusuf's: returned."""
    services.thank(
        participation=_latest(petra, oskar),
        by=petra,
        text="Fint att ni hittade ett eget tempo. Tack för det du skrev.",
    )
    services.thank(participation=_latest(petra, amina), by=petra)
    services.ask(
        participation=_latest(petra, amina), by=petra, text="Passar det att ses på skolan nästa gång?"
    )
    services.ask(
        participation=_latest(petra, yusuf),
        by=petra,
        text="Fungerar tiden efter lunch, eller ska vi byta dag?",
    )
    asked: Feedback = Feedback.objects.visible_to(petra).open_questions().get(student=yusuf)
    return asked


def answer(karim: User, question: Feedback) -> None:
    """Karim's own words."""
    services.answer_question(feedback=question, by=karim, text="Efter lunch går bra. Vi fortsätter så.")


def _latest(by: User, student: Student) -> Participation:
    found = Participation.objects.visible_to(by).filter(student=student, outcome="met").latest_first()
    part: Participation = found[0]
    return part
