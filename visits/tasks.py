"""The worker's jobs for visits. Each may be run again after a kill in the middle."""

from django.utils import timezone
from procrastinate.contrib.django import app

from visits.services.reminders import send_reminders

REMIND = "visits.send_reminders"


@app.periodic(cron="*/5 * * * *", queueing_lock=REMIND)
@app.task(name=REMIND)
def remind(timestamp: int) -> None:
    """Who has been reminded of a time already is not again."""
    send_reminders(timezone.now())
