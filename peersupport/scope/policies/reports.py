"""What reports keep of themselves."""

from peersupport.scope.policies.rules import EVERY_ROW, JOB, Rule

POLICIES: dict[str, dict[str, Rule]] = {
    "reports_digest": {JOB: Rule(insert=EVERY_ROW)},
}
