"""Reads an iCalendar text by the words of RFC 5545 alone, to compare with what we meant to write.

Moments come from the text's own VTIMEZONE, as in a program that knows no zone by name.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

PROPERTY = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)',
    re.DOTALL,
)
TEXT_ESCAPES = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}


@dataclass
class Component:
    kind: str
    values: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def of(self, kind: str) -> list["Component"]:
        return [one for one in self.inside if one.kind == kind]

    def text(self, name: str) -> str:
        ((_parameters, value),) = self.values[name]
        return re.sub(r"\\[\\;,nN]", lambda found: TEXT_ESCAPES[found[0]], value)


def parse(raw: bytes) -> Component:
    """The one calendar in `raw`; refuses what the RFC does not allow."""
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")  # 3.1
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    root = Component("root")
    stack = [root]
    for line in raw.decode().replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]:
        found = PROPERTY.fullmatch(line)
        assert found, line
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            stack[-1].inside.append(Component(value))
            stack.append(stack[-1].inside[-1])
        elif name == "END":
            assert stack.pop().kind == value
        else:
            parameters = dict(one.split("=", 1) for one in found["parameters"].split(";")[1:])
            stack[-1].values.setdefault(name, []).append((parameters, value))
    (calendar,) = root.inside
    assert calendar.kind == "VCALENDAR" and calendar.text("VERSION") == "2.0" and calendar.text("PRODID")
    assert stack == [root]
    return calendar


def moment(calendar: Component, event: Component, name: str) -> datetime:
    """A property of an event in UTC."""
    ((parameters, value),) = event.values[name]
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    (zone,) = [one for one in calendar.of("VTIMEZONE") if one.text("TZID") == parameters["TZID"]]
    local = datetime.strptime(value, "%Y%m%dT%H%M%S")
    return (local - _offset(zone, local)).replace(tzinfo=UTC)


def _offset(zone: Component, local: datetime) -> timedelta:
    """What the clock is ahead of UTC: by the latest onset before `local`, told in the time before it (3.6.5)."""
    onsets = []
    for part in zone.inside:
        starts = [value for _parameters, value in part.values["DTSTART"]]
        starts += [one for _parameters, value in part.values.get("RDATE", []) for one in value.split(",")]
        assert "RRULE" not in part.values
        onsets += [(datetime.strptime(one, "%Y%m%dT%H%M%S"), part.text("TZOFFSETTO")) for one in starts]
    _onset, ahead = max(one for one in onsets if one[0] <= local)
    return timedelta(hours=int(ahead[:3]), minutes=int(ahead[0] + ahead[3:5]))
