"""How one looked at a list the last time."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from peersupport.lib.history import not_tracked


class ListFilterQuerySet(models.QuerySet["ListFilter"]):
    def visible_to(self, user: User) -> Self:
        """One's own, in the role acted in."""
        return self.filter(user=user, membership_id=user.acting.membership_id)


@not_tracked("how one looks at one's own lists")
class ListFilter(models.Model):
    """The filters a person used last on one list, in one role. Chosen values only: never a word typed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    membership_id = models.BigIntegerField()  # roles live a floor above
    list_name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)  # as it stands in the address
    used_at = models.DateTimeField(default=timezone.now)
    objects = ListFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered filter")
        verbose_name_plural = _("remembered filters")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "membership_id", "list_name"], name="listfilter_one_a_list_and_role"
            )
        ]

    def __str__(self) -> str:
        return self.list_name
