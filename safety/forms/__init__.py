"""Forms of home visits, of concern and incidents, and of numbers to ring."""

from safety.forms.concern import MarkerForm, NewMarkerForm, WithdrawMarkerForm
from safety.forms.incidents import AnswerIncidentForm, IncidentForm
from safety.forms.numbers import NewNumberForm, NumberForm
from safety.forms.visits import RiskCheckForm, VisitNowForm

__all__ = [
    "AnswerIncidentForm",
    "IncidentForm",
    "MarkerForm",
    "NewMarkerForm",
    "NewNumberForm",
    "NumberForm",
    "RiskCheckForm",
    "VisitNowForm",
    "WithdrawMarkerForm",
]
