"""Every address that is open to whoever is not signed in, whichever its app: exactly these, and the health checks."""

from tests.access_table.actors import SIGNED_IN
from tests.access_table.pages import OpenPage

PUBLIC = (
    OpenPage("account_login", allowed=SIGNED_IN, anonymous=(200, 200), get=302, post=302),
    OpenPage("account_logout", allowed=SIGNED_IN, anonymous=(302, 302), post=302),
    OpenPage("account_inactive", allowed=SIGNED_IN, anonymous=(200, 405), post=405),
    OpenPage("account_reset_password", allowed=SIGNED_IN, anonymous=(200, 200), post=200),
    OpenPage("account_reset_password_done", allowed=SIGNED_IN, anonymous=(200, 405)),
    OpenPage(
        "account_reset_password_from_key",
        arguments=("1", "wrong-key"),
        allowed=SIGNED_IN,
        anonymous=(200, 200),
        post=200,
    ),
    OpenPage("account_reset_password_from_key_done", allowed=SIGNED_IN, anonymous=(200, 405)),
    # Without a language named:
    OpenPage("accounts:choose_language", allowed=SIGNED_IN, anonymous=(405, 404), get=405, post=404),
    # Behind a link: without one, or with a wrong token, not there.
    OpenPage(
        "schools:invitation_open",
        arguments=("wrong-token",),
        allowed=SIGNED_IN,
        anonymous=(404, 405),
        get=404,
    ),
    OpenPage("schools:invitation_accept", allowed=SIGNED_IN, anonymous=(404, 404), get=404, post=404),
    OpenPage(
        "visits:calendar_feed",
        arguments=("wrong-token",),
        allowed=SIGNED_IN,
        anonymous=(404, 405),
        get=404,
    ),
    # Behind the key of a home visit.
    OpenPage("safety:visit_key", allowed=SIGNED_IN, anonymous=(404, 405), get=404),
    OpenPage("safety:visit_over", allowed=SIGNED_IN, anonymous=(200, 405)),
    OpenPage("mfa_authenticate", allowed=SIGNED_IN, anonymous=(302, 302), get=302, post=302),
    OpenPage("visits:service_worker", allowed=SIGNED_IN, anonymous=(200, 405)),  # the same for everybody
)
