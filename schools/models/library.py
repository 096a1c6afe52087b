"""The link library: pages on the web that an organisation's supporters may show a pupil."""

from collections.abc import Collection
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.addresses import DATABASE_PATTERN, LONGEST
from peersupport.lib.history import track
from peersupport.lib.ordering import swedish_order
from peersupport.lib.records import Record
from schools.codes import SupportPurpose
from schools.models.places import Organisation
from schools.models.roles import Role


class LibraryLinkKind(models.TextChoices):
    """What one finds behind it."""

    RIGHTS = "rights", pgettext_lazy("kind of link", "Rights")
    APP = "app", pgettext_lazy("kind of link", "Apps and tools")
    HELP = "help", pgettext_lazy("kind of link", "Someone to talk to")


class LibraryLinkQuerySet(models.QuerySet["LibraryLink"]):
    def visible_to(self, user: User) -> Self:
        """The organisation's, for its supporters and coordinators."""
        return self.with_withdrawn(user).filter(withdrawn_at__isnull=True)

    def with_withdrawn(self, user: User) -> Self:
        """Also those taken out of the library; only coordinators have these."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(organisation=user.acting.organisation_id)
            case Role.PEER_SUPPORTER:
                return self.filter(organisation=user.acting.organisation_id, withdrawn_at__isnull=True)
        return self.none()

    def fitting(self, purposes: Collection[str]) -> Self:
        """Those that fit one of `purposes`, and those that fit any."""
        return self.filter(Q(purposes__overlap=list(purposes)) | Q(purposes=[]))

    def by_title(self) -> Self:
        """In Swedish order, with `list_key` for keyset pages."""
        return self.annotate(list_key=swedish_order("title")).order_by("list_key", "pk")


@track(
    kept=("organisation", "kind", "purposes", "changed_at", "changed_by", "withdrawn_at", "withdrawn_by"),
    noticed=("title", "url", "text"),
)
class LibraryLink(Record):
    """A page on the web, what it is good for, and whom it may help. Our pages fetch nothing from it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="library_links")
    kind = models.CharField(_("What is it?"), max_length=8, choices=LibraryLinkKind)
    title = models.CharField(_("What is it called?"), max_length=80)
    url = models.CharField(_("Address"), max_length=LONGEST)
    text = models.CharField(_("What is it good for?"), max_length=200, blank=True)
    # Empty: it fits any.
    purposes = ArrayField(
        models.CharField(max_length=16, choices=SupportPurpose),
        default=list,
        blank=True,
        verbose_name=_("Which purposes does it fit?"),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # NULL: it is in the library
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    objects = LibraryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                name="librarylink_leads_to_a_public_page", condition=Q(url__regex=DATABASE_PATTERN)
            ),
            models.CheckConstraint(
                name="librarylink_withdrawn_has_who_and_when",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["organisation", "url"],
                name="librarylink_stands_once",
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title
