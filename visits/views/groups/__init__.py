"""Pages of groups: themselves, their dates, who is in them, and who came."""

from visits.views.groups.series import find_group, group_page

__all__ = ["find_group", "group_page"]
