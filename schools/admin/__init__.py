"""What the system administrator keeps, one module for each part; Django finds them by this import."""

from schools.admin import codes, people, places

__all__ = ["codes", "people", "places"]
