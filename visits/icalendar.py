"""A feed as text for calendar programs (RFC 5545): neutral words and times, and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event, Timezone

from visits.services import AHEAD, BACK, Feed, FeedTime

FETCH_EVERY = "PT1H"


def feed_text(feed: Feed) -> bytes:
    """The whole calendar in the language of the moment. No place, no text, nobody invited."""
    zone = timezone.get_default_timezone()
    calendar = Calendar()
    calendar.add("prodid", "-//Peer Support//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar["X-WR-CALNAME"] = _("Meetings")
    calendar["REFRESH-INTERVAL;VALUE=DURATION"] = calendar["X-PUBLISHED-TTL"] = FETCH_EVERY
    first, last = (timezone.localtime(feed.fetched_at + away).year for away in (-BACK, AHEAD))
    # From New Year's Day, so that it begins in winter.
    years = datetime(first, 1, 1).date(), datetime(last + 1, 1, 1).date()
    calendar.add_component(Timezone.from_tzinfo(ZoneInfo(str(zone)), first_date=years[0], last_date=years[1]))
    for time in feed.times:
        calendar.add_component(_event(time, feed.fetched_at))
    text: bytes = calendar.to_ical()
    return text


def _event(time: FeedTime, fetched_at: datetime) -> Event:
    word = pgettext("calendar", "Meeting")
    event = Event()
    event.add("uid", str(time.uid))
    event.add("dtstamp", fetched_at)
    event.add("dtstart", timezone.localtime(time.starts_at))
    event.add("dtend", timezone.localtime(time.ends_at))
    event.add("summary", f"{word} {time.initials}".strip())
    event.add("sequence", time.version)
    event.add("status", "CANCELLED" if time.is_cancelled else "CONFIRMED")
    return event
