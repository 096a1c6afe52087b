"""From which device."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from peersupport.lib.history import not_tracked


class SessionManager(BaseSessionManager["Session"]):
    def open_for(self, user: User) -> models.QuerySet["Session"]:
        """The browsers `user` is signed in from."""
        return self.filter(user=user, expire_date__gt=timezone.now())


@not_tracked("comes and goes with each visit")
class Session(AbstractBaseSession):
    """A signed-in browser. It knows its user, so that session and user are read by one query."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import (
            SessionStore,
        )  # Django's own circle: the store names this model

        return SessionStore
