"""procrastinate's tables: the worker's alone. The web role defers by a function that runs as owner."""

from peersupport.scope.policies.rules import EVERY_ROW, JOB, Rule

POLICIES: dict[str, dict[str, Rule]] = {
    "procrastinate_jobs": {JOB: Rule(read=EVERY_ROW, change=EVERY_ROW, delete=EVERY_ROW)},
    "procrastinate_events": {JOB: Rule(read=EVERY_ROW, insert=EVERY_ROW)},
    "procrastinate_workers": {
        JOB: Rule(read=EVERY_ROW, insert=EVERY_ROW, change=EVERY_ROW, delete=EVERY_ROW),
    },
    "procrastinate_periodic_defers": {
        JOB: Rule(read=EVERY_ROW, insert=EVERY_ROW, change=EVERY_ROW, delete=EVERY_ROW),
    },
}
