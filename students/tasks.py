"""The worker's jobs for pupils. Each may be run again after a kill in the middle."""

from procrastinate.contrib.django import app

from students.services import begin_day

BEGIN_DAY = "students.begin_day"


# Each hour, and not at one hour: the day begins at midnight in Stockholm, summer and winter.
@app.periodic(cron="1 * * * *", queueing_lock=BEGIN_DAY)
@app.task(name=BEGIN_DAY)
def start_the_day(timestamp: int) -> None:
    """Changes of school whose day has come, and merges that can no longer be undone."""
    begin_day()
