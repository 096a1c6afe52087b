"""Undefined template variables fail the test that renders them, wherever the variable stands in our templates.

Django shows an undefined variable as nothing. The settings of the tests put this in the place of that nothing. It
stays quiet for templates of libraries, which rely on it.
"""

import sys
from types import FrameType
from typing import Any

from django.conf import settings


class Undefined(str):
    """An empty text that objects when one of our templates asks what stands in an undefined variable's place."""

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code.co_name == "resolve" and "ignore_failures" in frame.f_locals:
            origin = _origin(frame)
            if origin.startswith(str(settings.BASE_DIR / "templates")):
                variable = frame.f_locals["self"].token
                raise AssertionError(f"{origin} uses the undefined variable {{{{ {variable} }}}}")
        return False


def _origin(frame: FrameType | None) -> str:
    """The path of the template in which the node being rendered was written."""
    while frame is not None:
        node: Any = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and getattr(node, "origin", None) is not None:
            return str(node.origin.name)
        frame = frame.f_back
    return ""
