"""Logs that hold ids only: no request bodies, no values of local variables, no database details."""

import json
import logging
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class JsonFormatter(logging.Formatter):
    """One JSON object a line.

    An exception is named by type and place; its text may quote a row, so it stays out.
    """

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _words(record) if record.exc_info is None else record.msg,
            "request_id": getattr(record, "request_id", None),
        }
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = record.exc_info[0].__name__
            entry["places"] = _places(record.exc_info[2])
        return json.dumps(entry, default=str, ensure_ascii=False)


def _words(record: logging.LogRecord) -> str:
    """The message, with the page's name in place of its path: a path may hold a link's token (TRUST T16)."""
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    text = record.getMessage()
    return text.replace(request.path, match.view_name) if request is not None and match else text


def _places(traceback: Any) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_name}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places[-12:]


class HideAllValues(SafeExceptionReporterFilter):
    """Error reports without a single value: neither settings, nor POST data, nor local variables."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
