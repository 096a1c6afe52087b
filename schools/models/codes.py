"""An organisation's own values in the national code lists."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.codes import LISTS, LISTS_WITH_LOCAL_VALUES
from schools.models.places import Organisation


class LocalCodeQuerySet(models.QuerySet["LocalCode"]):
    def visible_to(self, user: User) -> Self:
        """The organisation's own."""
        return self.filter(organisation=user.acting.organisation_id)


def _maps_to_national() -> Q:
    """What a row may say: a list that takes local values, and a code of that list."""
    found = Q()
    for each in LISTS:
        if each.may_add:
            codes = [known.code for known in each.codes]
            found |= Q(code_list=each.name, national_code__in=codes)
    return found


@not_tracked("edited in Django admin only, whose log, written once, says who changed which field")
class LocalCode(Record):
    """A value of an organisation's own, such as "Fika", that reports count as the national code behind it.

    List and national code never change, so that what was counted stays counted; the words may.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="local_codes",
        verbose_name=_("organisation"),
    )
    code_list = models.CharField(_("code list"), max_length=20, choices=LISTS_WITH_LOCAL_VALUES)
    national_code = models.CharField(_("counts as"), max_length=20)
    label = models.CharField(_("word in Swedish"), max_length=40)
    label_en = models.CharField(_("word in English"), max_length=40, blank=True)
    label_da = models.CharField(_("word in Danish"), max_length=40, blank=True)
    is_offered = models.BooleanField(_("offered in forms"), default=True)
    objects = LocalCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("own value")
        verbose_name_plural = _("own values")
        constraints = [
            models.CheckConstraint(
                name="local_code_maps_to_national",
                condition=_maps_to_national(),
                violation_error_message=_("Choose a national value of the same list."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "code_list", "label"],
                name="local_code_has_its_own_word",
                violation_error_message=_("There is already a value with this word."),
            ),
            # What the composite foreign keys of those who use it point at.
            models.UniqueConstraint(fields=["id", "national_code"], name="local_code_and_national"),
        ]

    def __str__(self) -> str:
        return self.label
