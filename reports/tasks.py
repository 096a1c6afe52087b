"""The worker's jobs for reports. Each may be run again after a kill in the middle."""

from django.utils import timezone
from procrastinate.contrib.django import app

from reports.digest import send_digests

DIGEST = "reports.send_digests"


# Often, and not at one hour: Monday at seven is another hour of UTC in summer.
@app.periodic(cron="*/10 * * * *", queueing_lock=DIGEST)
@app.task(name=DIGEST)
def weekly_digests(timestamp: int) -> None:
    """Who has this week's digest already gets no other."""
    send_digests(timezone.now())
