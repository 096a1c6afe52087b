"""How long an organisation waits, and by which number people are reached at work."""

from django.db.models import F

from accounts.models import User
from safety.models import SafetyRules, WorkPhone
from safety.services.duty import ChangedMeanwhile, here

MINUTES = ("grace_minutes", "step_minutes", "start_minutes")


def rules_of(by: User) -> SafetyRules:
    """The organisation's own, or the usual ones, not saved."""
    own = SafetyRules.objects.visible_to(by).first()
    return own or SafetyRules(organisation_id=here(by))


def save_rules(*, rules: SafetyRules, by: User) -> None:
    """Raises ChangedMeanwhile when they are not the version read, or somebody else has made them first."""
    minutes = {name: getattr(rules, name) for name in MINUTES}
    if rules.pk is None:
        if not SafetyRules.objects.bulk_create([rules], ignore_conflicts=True):
            raise ChangedMeanwhile
        return
    same = SafetyRules.objects.visible_to(by).filter(pk=rules.pk, version=rules.version)
    if not same.update(**minutes, version=F("version") + 1):
        raise ChangedMeanwhile


def work_phone(by: User) -> str:
    """My number at work here; "": none."""
    own = WorkPhone.objects.visible_to(by).filter(user=by)
    return own.values_list("phone", flat=True).first() or ""


def save_work_phone(*, phone: str, by: User) -> None:
    """Empty takes it away."""
    own = WorkPhone.objects.visible_to(by).filter(user=by)
    if not phone:
        own.delete()
    elif not own.update(phone=phone, version=F("version") + 1):
        row = WorkPhone(organisation_id=here(by), user=by, phone=phone)
        WorkPhone.objects.bulk_create([row], ignore_conflicts=True)
