"""Forms of home visits, and of what one rings or tells when worried."""

from safety.forms.numbers import NewNumberForm, NumberForm
from safety.forms.visits import RiskCheckForm, VisitNowForm

__all__ = ["NewNumberForm", "NumberForm", "RiskCheckForm", "VisitNowForm"]
