"""Acts on supporters; the pages that show them to others are composed in overviews."""

from supporters.views.own import lived_experience, lived_experience_delete, own_profile
from supporters.views.placements import placement_create, placement_end
from supporters.views.profiles import supporter_create, supporter_edit

__all__ = [
    "lived_experience",
    "lived_experience_delete",
    "own_profile",
    "placement_create",
    "placement_end",
    "supporter_create",
    "supporter_edit",
]
