"""The worker's jobs for visits. Each may be run again after a kill in the middle."""

from procrastinate.contrib.django import app

from safety.services import WATCH
from safety.services import watch as watch_now


# Every fifteen seconds: the last of the six fields are seconds. One waiting at a time is enough.
@app.periodic(cron="* * * * * */15", queueing_lock=WATCH)
@app.task(name=WATCH, priority=10)
def watch(timestamp: int | None = None) -> None:
    """By the clock, and at once when somebody asks for help."""
    watch_now()
