"""What a peer supporter wants to talk about in supervision: their own list, and nobody else's."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models import Organisation, Role

LONGEST_TOPIC = 300


class SupervisionTopicQuerySet(models.QuerySet["SupervisionTopic"]):
    def visible_to(self, user: User) -> Self:
        """One's own, as peer supporter of the organisation acted in; no one else's, not even a supervisor."""
        if user.acting.role == Role.PEER_SUPPORTER:
            return self.filter(author=user, organisation=user.acting.organisation_id)
        return self.none()

    def open(self) -> Self:
        """Still to be talked about."""
        return self.filter(done_at__isnull=True)


@not_tracked("private to its author: what it said before is nobody's to read")
class SupervisionTopic(Record):
    """One thing to bring up in supervision. About the supporter's own work: no pupil, by name or by key."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("What do you want to bring up?"), max_length=LONGEST_TOPIC)
    done_at = models.DateTimeField(null=True)  # NULL: still to be talked about
    objects = SupervisionTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic for supervision")
        verbose_name_plural = _("topics for supervision")
        indexes = [
            models.Index(fields=["author_id", "-created_at"], name="supervisiontopic_by_author"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
