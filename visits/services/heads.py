"""Break presence and drop-in: how many came, and nobody's name."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from supporters.models import PeerSupporter
from visits.models import Contact
from visits.services.contacts import Occasion, Overtaken, check_moment
from visits.services.corrections import own_contacts


def own_supporter(*, by: User) -> PeerSupporter | None:
    """The profile of `by` in the organisation acted in; None while nobody has made one."""
    return PeerSupporter.objects.visible_to(by).filter(user=by).first()


def log_heads(*, by: User, supporter: PeerSupporter, occasion: Occasion, heads: int) -> Contact:
    """Save a contact without names; `heads` 0 to 999. Raises InTheFuture, TooLongAgo.

    The database takes no participation in one, and no other kind without names.
    """
    check_moment(occasion.occurred_at)
    contact = Contact(author=by, supporter=supporter, head_count=heads, **occasion.columns)
    contact.save(force_insert=True)
    return contact


@transaction.atomic
def edit_heads(*, contact: Contact, by: User, version: int, occasion: Occasion, heads: int) -> None:
    """Correct one of one's own, if it is still at `version`. Raises Overtaken, InTheFuture, TooLongAgo."""
    if occasion.occurred_at != contact.occurred_at:
        check_moment(occasion.occurred_at)
    own = own_contacts(by=by).filter(pk=contact.pk, version=version, is_withdrawn=False)
    if not own.update(**occasion.columns, head_count=heads, version=F("version") + 1):
        raise Overtaken
