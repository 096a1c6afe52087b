"""Break presence and drop-in: how many came, at which school, and nobody's name."""

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from peersupport.lib.dates import today
from schools.models import School
from supporters.models import PeerSupporter, Placement
from visits.models import Contact
from visits.services.contacts import OLDEST, Occasion, Overtaken, check_moment
from visits.services.corrections import own_contacts


def own_supporter(*, by: User) -> PeerSupporter | None:
    """The profile of `by` in the organisation acted in; None while nobody has made one."""
    return PeerSupporter.objects.visible_to(by).filter(user=by).first()


def schools_for_heads(*, by: User, before: Contact | None = None) -> list[School]:
    """Where `by` is placed today, or was while what is logged may lie; besides, where `before` was."""
    placed = Placement.objects.visible_to(by).filter(supporter__user=by, starts_on__lte=today())
    lately = placed.exclude(ends_on__lt=today() - OLDEST)
    here = Q(pk__in=lately.values("school"))
    if before is not None and before.school_id is not None:
        here |= Q(pk=before.school_id)
    return list(School.objects.visible_to(by).filter(here).order_by("name", "pk"))


def log_heads(
    *, by: User, supporter: PeerSupporter, occasion: Occasion, heads: int, school: School
) -> Contact:
    """Save a contact without names; `heads` 0 to 999. Raises InTheFuture, TooLongAgo.

    The database takes no participation in one, no other kind without names, and no school where the
    supporter has never been placed.
    """
    check_moment(occasion.occurred_at)
    contact = Contact(author=by, supporter=supporter, head_count=heads, school=school, **occasion.columns)
    contact.save(force_insert=True)
    return contact


@transaction.atomic
def edit_heads(
    *, contact: Contact, by: User, version: int, occasion: Occasion, heads: int, school: School
) -> None:
    """Correct one of one's own, if it is still at `version`. Raises Overtaken, InTheFuture, TooLongAgo."""
    if occasion.occurred_at != contact.occurred_at:
        check_moment(occasion.occurred_at)
    own = own_contacts(by=by).filter(pk=contact.pk, version=version, is_withdrawn=False)
    if not own.update(**occasion.columns, head_count=heads, school=school, version=F("version") + 1):
        raise Overtaken
