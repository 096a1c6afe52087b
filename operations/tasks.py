"""The worker's jobs. Each may be run again after a kill in the middle; times of day are UTC."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from operations.services import delivery, tidying
from operations.services.mail import DELIVER_MAIL

TIDY = "operations.tidy"


# One waiting at a time is enough. Only the clock's: with a lock, two pages would wait for each other.
@app.periodic(cron="* * * * *", queueing_lock=DELIVER_MAIL)
@app.task(name=DELIVER_MAIL, pass_context=True)
def deliver_mail(context: JobContext, timestamp: int | None = None) -> None:
    """Deferred by each mail, and every minute for what could not be sent then."""
    delivery.deliver_due_mail(should_stop=context.should_abort)


@app.periodic(cron="20 2 * * *", queueing_lock=TIDY)
@app.task(name=TIDY)
def tidy(timestamp: int) -> None:
    """Each night."""
    tidying.tidy()


@app.periodic(cron="*/5 * * * *", queueing_lock="operations.resume_jobs")
@app.task(name="operations.resume_jobs")
async def resume_jobs(timestamp: int) -> None:
    """Put back what a killed worker had begun: its heart has stopped, and nobody else will."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
