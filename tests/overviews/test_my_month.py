"""Min månad: the supporter's own hours; sums that agree with the rows, and no pupil anywhere."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AccessLog
from overviews.rows.load import minutes_by_kind
from overviews.rows.my_day import own_load
from overviews.rows.my_month import month_of, my_month
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    OtherTimeFactory,
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.codes import words_of
from visits.models import Contact

pytestmark = pytest.mark.django_db
PAGE, FILE = "overviews:my_month", "overviews:my_month_file"
NOW = datetime(2026, 11, 18, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def mine():
    return AssignmentFactory(
        case__student__given_name="Kanariefågel",
        starts_on=date(2026, 9, 1),
        case__student__family_name="Kanariesson",
    )


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour))


@pytest.fixture
def november(mine):
    """Three contacts and two of other time in November, and one of each that is not in it."""
    ContactFactory(assignment=mine, occurred_at=at(1, 0), minutes=45, kind="home_visit")  # its first moment
    ContactFactory(assignment=mine, occurred_at=at(9), minutes=10, kind="home_visit", outcome="no_answer")
    ContactFactory(assignment=mine, occurred_at=at(10), minutes=5, kind="phone", outcome="we_cancelled")
    OtherTimeFactory(supporter=mine.supporter, starts_at=at(10, 13), minutes=60, travel_km=Decimal("12.5"))
    OtherTimeFactory(
        supporter=mine.supporter, starts_at=at(12), minutes=30, kind="training", note="Hemliga ord"
    )
    ContactFactory(assignment=mine, occurred_at=at(31, 23, 10), minutes=500)
    OtherTimeFactory(supporter=mine.supporter, starts_at=at(31, 23, 10), minutes=500)
    return mine


def test_travel_to_a_contact_counts_and_a_head_count_is_a_contact(mine):
    """Travel is besides the minutes; on a break nobody is named, and somebody was there."""
    user = mine.supporter.user
    ContactFactory(
        assignment=mine, occurred_at=at(4), minutes=60, travel_minutes=25, travel_km=Decimal("8.5")
    )
    with owner():
        Contact.objects.create(
            author=user,
            supporter=mine.supporter,
            kind="break_presence",
            head_count=7,
            occurred_at=at(5),
            minutes=20,
        )
    sums = month_for(user).sums
    assert (sums.held, sums.travel, sums.minutes, sums.km) == (80, 25, 105, Decimal("8.5"))
    with scope(user):
        assert minutes_by_kind([mine.supporter])[mine.supporter_id] == {
            "home_visit": 60,
            "travel": 25,
            "break_presence": 20,
        }


def test_heads_are_corrected_from_the_month_however_old(client, mine):
    with owner():
        school = mine.supporter.placements.get().school
        row = {"author": mine.supporter.user, "supporter": mine.supporter, "kind": "drop_in", "minutes": 20}
        old = timezone.now() - timedelta(days=100)
        heads = Contact.objects.create(head_count=7, occurred_at=old, school=school, **row)
    ContactFactory(assignment=mine, occurred_at=old)
    client.force_login(mine.supporter.user)
    month = f"{reverse('overviews:my_month')}?month={timezone.localtime(old):%Y-%m}"
    edit = reverse("visits:contact_edit", args=[heads.public_id])
    links = [row.edit_url for row in client.get(month).context["month"].rows]
    assert sorted(links) == ["", edit]  # a contact with a pupil is corrected on the pupil's page

    local = timezone.localtime(old)
    form = {"version": "1", "kind": "drop_in", "heads": "9", "length": "other", "minutes": "20"}
    sent = form | {"on": local.date().isoformat(), "at": f"{local:%H:%M}"}
    assert client.post(edit, sent).url == month
    with owner():
        assert Contact.objects.get(pk=heads.pk).head_count == 9


def month_for(user, text="2026-11"):
    with scope(user):
        return my_month(month_of(text), words_of(user.acting))


def test_the_sums_agree_with_the_rows_by_week_day_and_month(november):
    month = month_for(november.supporter.user)
    sums = month.sums
    assert (sums.held, sums.tried, sums.other, sums.travel) == (45, 15, 90, 0)
    assert sums.minutes == sum(row.minutes + row.travel_minutes for row in month.rows) == 150
    assert sums.km == Decimal("12.5")
    for parts in (month.weeks, month.days):
        assert sum(part.sums.minutes for part in parts) == 150
        assert sum(part.sums.km for part in parts) == Decimal("12.5")
    assert sum(line.count for line in month.kinds) == len(month.rows) == 5
    assert [week.sums.minutes for week in month.weeks] == [45, 105]  # weeks 44 and 46


def test_a_month_ends_where_the_next_begins(november):
    october = month_for(november.supporter.user, "2026-10")
    assert october.sums.minutes == 1000
    assert {row.day for row in october.rows} == {date(2026, 10, 31)}


def test_contacts_of_a_pupil_who_is_no_longer_mine_count_as_they_went(november):
    with owner():
        november.ended_at, november.ended_by = timezone.now(), november.made_by
        november.end_reason = "other"
        november.save(update_fields=["ended_at", "ended_by", "end_reason"])
    sums = month_for(november.supporter.user).sums
    assert (sums.held, sums.tried) == (45, 15)


def test_withdrawn_contacts_and_those_of_others_are_not_in_it(november):
    stranger = PeerSupporterFactory()
    OtherTimeFactory(supporter=stranger, starts_at=at(3))
    contact = ContactFactory(assignment=november, occurred_at=at(4))
    with owner():
        contact.withdrawn_at, contact.withdrawn_reason = timezone.now(), "mistake"
        contact.withdrawn_by = november.supporter.user
        contact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    assert month_for(november.supporter.user).sums.minutes == 150
    assert month_for(stranger.user).sums.minutes == 60


def test_nobody_but_a_supporter_has_a_month(november):
    with owner():
        organisation = november.school.organisation
    assert month_for(CoordinatorFactory(organisation=organisation)).rows == []


def test_min_dag_the_load_and_min_manad_count_the_same_time(client, november):
    """One definition (7_hours.sql): the last week on Min dag is the sum of these days in the month."""
    user = november.supporter.user
    with scope(user):
        week = own_load(user, []).week
    since = timezone.now() - timedelta(days=7)
    rows = [row for row in month_for(user).rows if row.at >= since]
    assert week == f"{sum(row.minutes for row in rows)} min" == "30 min"
    client.force_login(user)
    load = client.get(reverse("overviews:supporter_detail", args=[november.supporter.public_id])).context[
        "load"
    ]
    assert sum(month_for(user, text).sums.minutes for text in ("2026-10", "2026-11")) == 1150
    assert load.hours.split()[0] == "19"  # 19 h 10 min


def test_the_page_names_no_pupil_and_logs_nothing(client, november):
    client.force_login(november.supporter.user)
    page = client.get(reverse(PAGE)).content.decode()
    assert "Kanarie" not in page and november.student.alias not in page
    with owner():
        assert not AccessLog.objects.filter(page=PAGE).exists()


@pytest.mark.parametrize("asked", ["2026-13", "hej", "1999-01", "2026-12", "9999-12", "", "２０２６-11"])
def test_a_month_there_is_not_is_this_month(client, november, asked):
    client.force_login(november.supporter.user)
    response = client.get(reverse(PAGE), {"month": asked})
    assert response.context["month"].first == date(2026, 11, 1)


def test_one_can_go_back_and_forth_but_not_ahead(client, november):
    client.force_login(november.supporter.user)
    page = client.get(reverse(PAGE)).content.decode()
    assert "?month=2026-10" in page and "?month=2026-12" not in page
    assert "?month=2026-11" in client.get(reverse(PAGE), {"month": "2026-10"}).content.decode()
    assert 'rel="prev"' not in client.get(reverse(PAGE), {"month": "2020-01"}).content.decode()


def test_an_empty_month_says_what_will_stand_here(client):
    client.force_login(PeerSupporterFactory().user)
    response = client.get(reverse(PAGE))
    assert response.status_code == 200 and "<table" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_my_month_takes_three_queries_however_much_there_is(client, mine, assert_queries, count):
    for number in range(count):
        ContactFactory(assignment=mine, occurred_at=at(2 + number))
        OtherTimeFactory(supporter=mine.supporter, starts_at=at(2 + number, 12))
    client.force_login(mine.supporter.user)
    with assert_queries(3):  # session with user, scope, my time
        client.get(reverse(PAGE))
    with assert_queries(4):  # and the log
        client.get(reverse(FILE))


def read_back(response):
    return load_workbook(BytesIO(response.content))


def test_the_file_has_the_rows_and_sums_of_the_page(client, november):
    client.force_login(november.supporter.user)
    response = client.get(reverse(FILE), {"month": "2026-11"})
    rows, weeks = read_back(response).worksheets
    lines = list(rows.values)[2:]
    body, total = lines[:-1], lines[-1]
    assert [line[4] for line in body] == [45, 10, 5, 60, 30]
    assert total[4:] == (150, 0, 12.5)
    assert [line[5] for line in list(weeks.values)[2:]] == [45, 105, 150]
    assert body[0][0].date() == date(2026, 11, 1)


def test_the_file_has_a_neutral_name_and_no_pupil_note_or_author(client, november):
    client.force_login(november.supporter.user)
    response = client.get(reverse(FILE))
    assert response["Content-Disposition"].split("=")[1].strip('"') in {
        "timmar-2026-11.xlsx",
        "hours-2026-11.xlsx",
    }
    book = read_back(response)
    text = " ".join(str(cell) for sheet in book for line in sheet.values for cell in line)
    for secret in ("Kanarie", november.student.alias, "Hemliga"):
        assert secret not in text
    assert not book.properties.creator and not book.properties.lastModifiedBy


def test_the_download_is_logged_without_a_pupil(client, november):
    client.force_login(november.supporter.user)
    client.get(reverse(FILE))
    with owner():
        row = AccessLog.objects.get(page=FILE)
    assert (row.action, row.student_ids, row.count, row.filter_name) == ("export", [], 0, "2026-11")
