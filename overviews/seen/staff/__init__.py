"""What the service holds about those who work in it, kind by kind: every table that names one of them."""

from django.utils.translation import gettext_lazy as _

from overviews.seen.kinds import Group
from overviews.seen.staff.done import WHAT_YOU_HAVE_DONE
from overviews.seen.staff.traces import TRACES
from overviews.seen.staff.who import WHO_YOU_ARE
from overviews.seen.staff.work import YOUR_WORK

GROUPS = (
    Group("you", _("Who you are"), WHO_YOU_ARE),
    Group("work", _("Your work"), YOUR_WORK),
    Group("done", _("What you have done"), WHAT_YOU_HAVE_DONE),
    Group("traces", _("Traces of what you do"), TRACES),
)
KINDS = tuple(kind for group in GROUPS for kind in group.kinds)
