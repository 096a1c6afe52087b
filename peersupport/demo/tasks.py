"""What is to be done: mine, overdue, given, about a pupil, and done."""

from datetime import timedelta

from accounts.models import User
from peersupport.lib.dates import today
from students.models import Student
from visits import services
from visits.models import Task


def of_coordinator(petra: User, karim: User, oskar: Student, amina: Student) -> None:
    """Petra's own, one of them late, and what she asks of Karim."""
    _give(petra, petra, "Boka lokal för träffen med peer supportrarna", -2)
    _give(petra, petra, "Stäm av uppföljningen med skolan", 3, oskar)
    _give(petra, karim, "Fråga vilken dag som passar bäst", 2, amina)
    _give(petra, karim, "Läs igenom introduktionsplanen", 9)
    done = _give(petra, petra, "Skicka schemat för handledningen", -1)
    services.finish_task(task=done, by=petra)


def of_supporter(karim: User, petra: User, yusuf: Student) -> None:
    """Karim's own, late, and what he asks of Petra."""
    _give(karim, karim, "Lämna tillbaka nyckeln till lilla rummet", -1)
    _give(karim, petra, "Fråga skolan om vi får låna biblioteket", 5, yusuf)


def _give(by: User, to: User, title: str, days: int, student: Student | None = None) -> Task:
    (owner,) = [one for one in services.task_owners(student=student) if one.pk == to.pk]
    due_on = today() + timedelta(days=days)
    due_on -= timedelta(days=max(due_on.weekday() - 4, 0))  # the Friday before a weekend
    return services.create_task(by=by, title=title, due_on=due_on, owner=owner, student=student)
