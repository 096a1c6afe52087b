"""Server-side sessions that bring their user along."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.models import Session, User


class SessionStore(DatabaseStore):
    """Django's database store; a load joins the user, so a signed-in request starts with one query instead of
    two.
    """

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        try:
            self.row = Session.objects.select_related("user").get(
                session_key=self.session_key, expire_date__gt=timezone.now()
            )
        except Session.DoesNotExist:
            self._session_key = None
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY)
        if self.row is not None and self.row.session_key == row.session_key:
            row.created_at, row.last_seen_at = (
                self.row.created_at,
                self.row.last_seen_at,
            )
            row.expire_date = self.row.expire_date  # absolute: use never prolongs it
        return row

    @property
    def signed_in_user(self) -> User | None:
        """The user joined to the session, or None before the session is loaded or signed in."""
        return self.row.user if self.row is not None and self.row.user_id else None
