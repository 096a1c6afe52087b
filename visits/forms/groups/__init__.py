"""The forms of groups: the group itself, its dates, who joins, leaves, and came."""
