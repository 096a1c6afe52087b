"""Addresses of one's own account, allauth's among them."""

from tests.access_table.actors import SIGNED_IN
from tests.access_table.pages import Page

PAGES = (
    Page("account_reauthenticate", allowed=SIGNED_IN, post=200),
    Page("account_change_password", allowed=SIGNED_IN, post=200),
    Page("account_set_password", allowed=SIGNED_IN, get=302, post=302),  # to changing the one there is
    Page("mfa_index", allowed=SIGNED_IN),
    Page("mfa_reauthenticate", allowed=SIGNED_IN, get=302, post=302),  # without a second factor: by password
    Page("mfa_activate_totp", allowed=SIGNED_IN, get=302, post=302),  # "confirm that it is you"
    # Not there before a second factor is set up:
    Page("mfa_deactivate_totp", allowed=SIGNED_IN, get=404, post=404),
    Page("mfa_view_recovery_codes", allowed=SIGNED_IN, get=404),
    Page("mfa_generate_recovery_codes", allowed=SIGNED_IN, get=302, post=302),
    Page("mfa_download_recovery_codes", allowed=SIGNED_IN, get=404, post=404),
    Page("accounts:profile", allowed=SIGNED_IN),
    Page("accounts:choose_mail", allowed=SIGNED_IN, get=405, post=302),
    Page("accounts:switch", allowed=SIGNED_IN, get=405, post=404),  # no membership named
    Page("accounts:sign_out_everywhere", allowed=SIGNED_IN, get=405, post=302),
)
