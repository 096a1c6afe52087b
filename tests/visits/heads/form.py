"""What a form of heads sends, and what has been stored."""

import uuid

from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    MembershipFactory,
)
from peersupport.demo.owner import owner
from schools.models import Organisation, Role
from visits.models import Contact

CREATE, MY_DAY = reverse("visits:heads_create"), reverse("overviews:my_day")


def heads_form(**changes):
    """What a browser sends for half an hour on the school yard."""
    local = timezone.localtime()
    return {
        "form_key": str(uuid.uuid4()),
        "kind": "break_presence",
        "heads": "12",
        "length": "30",
        "minutes": "",
        "on": f"{local:%Y-%m-%d}",
        "at": f"{local:%H:%M}",
        "place": "",
    } | changes


def school_of(supporter):
    with owner():
        return supporter.placements.select_related("school__organisation").earliest("pk").school


def only():
    with owner():
        return Contact.objects.get()


def stored():
    with owner():
        return list(Contact.objects.order_by("pk"))


def saved_count():
    with owner():
        return Contact.objects.count()


def hide(organisation, *hidden):
    with owner():
        Organisation.objects.filter(pk=organisation.pk).update(
            hidden_codes=[f"contact_kind:{code}" for code in hidden]
        )


def school_page(school):
    return reverse("overviews:school_detail", args=[school.public_id])


def coordinator_of(school):
    with owner():
        return MembershipFactory(school=school, role=Role.COORDINATOR).user
