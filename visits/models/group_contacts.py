"""What ties a group's dates to contacts and tasks, which know no group themselves."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from schools.models import Role
from visits.models.contacts import Contact
from visits.models.group_dates import GroupDate


class GroupContactQuerySet(models.QuerySet["GroupContact"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of groups at their schools. Supporters: of what they have written themselves."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(author=user, date__in=GroupDate.objects.visible_to(user))
        return self.none()


@not_tracked("written once; the contact has a history of its own")
class GroupContact(models.Model):
    """That a contact tells of a date of a group: one for each who has written who came."""

    contact = models.OneToOneField(
        Contact, on_delete=models.PROTECT, primary_key=True, related_name="group_contact"
    )
    date = models.ForeignKey(GroupDate, on_delete=models.PROTECT, related_name="contacts")
    # Copies, for the policies: the date's school, tied by a composite foreign key, and the contact's author.
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    objects = GroupContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a group")
        verbose_name_plural = _("contacts of groups")

    def __str__(self) -> str:
        return str(self.pk)


@not_tracked("a tie between a task, which has its own history, and a date")
class GroupNotice(models.Model):
    """That a task is to tell one participant about one date. Only the functions that write it read it."""

    task = models.OneToOneField(
        "visits.Task", on_delete=models.CASCADE, primary_key=True, related_name="group_notice"
    )
    # The database refuses; Django could not even look.
    date = models.ForeignKey(GroupDate, on_delete=models.DO_NOTHING, related_name="notices")

    class Meta:
        verbose_name = _("notice of a group")
        verbose_name_plural = _("notices of groups")

    def __str__(self) -> str:
        return str(self.pk)
