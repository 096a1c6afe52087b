"""What those see and press whom an alarm calls."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from peersupport.demo.owner import owner, worker
from peersupport.scope import scope
from safety.models import AlarmKind, AlarmOutcome
from safety.services import plan_drill, raise_alarm, watch
from tests.safety.house import ADDRESS, NAME, SCHOOL, House, calls, mails, the_alarm

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = House()
    house.everybody_on_duty()
    return house


@pytest.fixture
def helped(house):
    """Help has been asked for, and everybody called."""
    visit = house.visit(end=timezone.now() + timedelta(hours=1))
    with scope(house.user):
        raise_alarm(visit=visit, kind=AlarmKind.HELP)
    with worker():
        watch()
    house.alarm = the_alarm()
    return house


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, house) -> str:
    return reverse(f"safety:{name}", args=[house.alarm.public_id])


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


PAGES = {"colleague": "overviews:my_day", "coordinator": "schools:break_list", "duty": "overviews:programme"}


@pytest.mark.parametrize("who", PAGES)
def test_whoever_is_called_sees_it_on_any_page_in_any_role(helped, who):
    text = text_of(signed_in(getattr(helped, who)), reverse(PAGES[who]))
    assert helped.alarm.number in text
    assert url("alarm_take", helped) in text
    assert 'class="alarm"' in text


def test_the_banner_costs_no_query_and_is_asked_for_without_any(helped, assert_queries):
    for user in (helped.colleague, helped.coordinator):
        client = signed_in(user)
        with assert_queries(2):  # session, scope
            text = client.get(reverse("safety:calls"), headers={"HX-Request": "true"}).content.decode()
        assert helped.alarm.number in text
        assert 'hx-trigger="every 20s"' in text


@pytest.mark.parametrize("kept", ["visits:contact_offline", "safety:concern_offline"])
def test_no_page_that_a_phone_keeps_holds_it_nor_asks_for_it(helped, kept):
    for user in (helped.user, helped.colleague, helped.coordinator):
        text = text_of(signed_in(user), reverse(kept))
        assert helped.alarm.number not in text
        assert reverse("safety:calls") not in text


def test_nobody_else_sees_it(helped):
    for user in (helped.colleague_elsewhere(), helped.stand_in()):
        client = signed_in(user)
        assert helped.alarm.number not in text_of(client, reverse("safety:calls"))
        assert client.get(url("alarm_detail", helped)).status_code == 404


def test_exactly_one_takes_it_and_the_others_are_told_who_did(helped):
    first, second = signed_in(helped.colleague), signed_in(helped.duty)
    assert first.post(url("alarm_take", helped)).status_code == 302
    response = second.post(url("alarm_take", helped), follow=True)
    assert helped.colleague.name in response.content.decode()
    assert the_alarm().taken_by_id == helped.colleague.pk
    banner = text_of(second, reverse("safety:calls"))
    assert helped.colleague.name in banner
    assert url("alarm_take", helped) not in banner


def test_a_supporter_does_not_take_their_own(helped):
    assert signed_in(helped.user).post(url("alarm_take", helped)).status_code == 403


def test_the_page_says_whose_whom_to_ring_and_nothing_of_the_pupil(helped):
    for user in (helped.colleague, helped.coordinator, helped.duty, helped.user):
        text = text_of(signed_in(user), url("alarm_detail", helped))
        for canary in (NAME, ADDRESS, SCHOOL, helped.student.alias):
            assert canary not in text
    text = text_of(signed_in(helped.duty), url("alarm_detail", helped))
    assert helped.user.name in text
    assert 'href="tel:0701740699"' in text
    assert 'href="tel:112"' in text


def test_only_whoever_took_it_opens_the_address(helped):
    client = signed_in(helped.duty)
    assert client.post(url("alarm_address", helped)).status_code == 403
    client.post(url("alarm_take", helped))
    assert client.post(url("alarm_address", helped)).status_code == 200
    assert signed_in(helped.colleague).post(url("alarm_address", helped)).status_code == 403


def test_it_is_over_when_whoever_took_it_says_how(helped):
    client = signed_in(helped.duty)
    assert client.post(url("alarm_resolve", helped), {"outcome": "helped"}).status_code == 302
    assert the_alarm().resolved_at is None  # not taken yet
    client.post(url("alarm_take", helped))
    assert client.post(url("alarm_resolve", helped)).status_code == 200  # how is missing
    client.post(url("alarm_resolve", helped), {"outcome": "helped"})
    assert the_alarm().outcome == AlarmOutcome.HELPED
    assert helped.alarm.number not in text_of(client, reverse("safety:calls"))
    assert client.post(url("alarm_take", helped), follow=True).status_code == 200  # told that it is over


def test_who_cannot_says_so(helped):
    assert signed_in(helped.duty).post(url("alarm_pass", helped)).status_code == 302
    with worker():
        assert watch() == 1  # the next round at once


@pytest.mark.parametrize(("answer", "how"), [("done", "done"), ("more", "")])
def test_the_supporter_answers_on_the_page(house, answer, how):
    house.visit(end=timezone.now() - timedelta(minutes=6))
    with worker():
        watch()
    house.alarm = the_alarm()
    client = signed_in(house.user)
    assert 'value="more"' in text_of(client, url("alarm_detail", house))
    assert client.post(url("alarm_answer", house), {"answer": answer}).status_code == 302
    alarm = the_alarm()
    assert (alarm.outcome, alarm.visit.ended_how) == (AlarmOutcome.ALL_WELL, how)
    assert signed_in(house.colleague).post(url("alarm_answer", house), {"answer": answer}).status_code == 404


def test_one_alarms_page_takes_four_queries_however_many_are_called(helped, assert_queries):
    client = signed_in(helped.coordinator)
    for _ in range(2):
        with assert_queries(4):  # session, scope, the alarm, the watch
            client.get(url("alarm_detail", helped))
        for _ in range(3):
            house_turn(helped)


def house_turn(house) -> None:
    from safety.models import DutyStep

    house.turn(house.stand_in(), DutyStep.DUTY)


# --- Asking by itself


def test_asking_by_itself_does_not_keep_a_session_alive(helped):
    client = signed_in(helped.colleague)
    old = timezone.now() - timedelta(minutes=30)
    Session.objects.filter(user=helped.colleague).update(last_seen_at=old)
    client.get(reverse("safety:calls"), headers={"HX-Request": "true", "HX-Trigger": "calls"})
    assert Session.objects.get(user=helped.colleague).last_seen_at == old
    client.get(reverse("safety:calls"))
    assert Session.objects.get(user=helped.colleague).last_seen_at > old


def test_asking_by_itself_leads_nobody_away_from_what_they_write(helped):
    client = signed_in(helped.colleague)
    Session.objects.filter(user=helped.colleague).update(last_seen_at=timezone.now() - timedelta(hours=2))
    for _ in range(2):  # ended now, and ended before
        response = client.get(reverse("safety:calls"), headers={"HX-Request": "true", "HX-Trigger": "calls"})
        assert response.status_code == 204
        assert "HX-Redirect" not in response.headers


# --- Översikt


def test_overview_begins_with_it_and_says_when_the_alarm_does_not_run(helped):
    client = signed_in(helped.coordinator)
    text = text_of(client, reverse("overviews:overview"))
    assert text.index('id="alarms-now"') < text.index('class="tiles"')
    assert helped.user.name in text
    with owner():
        from safety.models import WatchBeat

        assert WatchBeat.objects.update(at=timezone.now() - timedelta(minutes=3)) == 1
    for page in ("overviews:overview", "safety:duty_list"):
        assert "notice-attention" in text_of(client, reverse(page))
    part = client.get(reverse("safety:alarms_now"), headers={"HX-Request": "true"})
    assert helped.user.name in part.content.decode()


def test_overview_shows_gaps_and_a_missing_drill_only_where_visits_are_made():
    house = House()
    client = signed_in(house.coordinator)
    assert reverse("safety:drill_create") not in text_of(client, reverse("overviews:overview"))
    house.booking(timezone.now() + timedelta(hours=3))
    text = text_of(client, reverse("overviews:overview"))
    assert reverse("safety:drill_create") in text
    assert f'href="{reverse("safety:duty_list")}">' in text


# --- Drills


def test_a_drill_runs_the_real_chain_and_says_everywhere_that_it_is_one(house):
    client = signed_in(house.coordinator)
    now = timezone.localtime()
    fields = {"supporter": house.supporter.public_id, "day": now.date().isoformat(), "starts": f"{now:%H:%M}",
              "form_key": "1b671a64-40d5-491e-99b0-da01ff1f3343"}  # fmt: skip
    for _ in range(2):
        assert client.post(reverse("safety:drill_create"), fields).status_code == 302
    for _ in range(4):
        _make_due()
        with worker():
            watch()
    house.alarm = the_alarm()
    assert [step for _round, step, _user in calls()] == [1, 2, 3, 4]
    for mail in mails():
        assert "vning" in mail.subject or "Drill" in mail.subject
        assert "112" not in mail.text
    for who in ("colleague", "duty"):
        banner = text_of(signed_in(getattr(house, who)), reverse("safety:calls"))
        assert 'class="alarm"' not in banner  # alarm red is for real ones
        assert house.alarm.number in banner


def _make_due() -> None:
    from safety.models import Alarm

    with owner():
        Alarm.objects.filter(next_at__isnull=False).update(next_at=timezone.now())


def test_the_record_of_a_drill_is_kept_with_what_was_learned(house):
    with scope(house.coordinator):
        plan_drill(supporter=house.supporter, at=timezone.now(), by=house.coordinator)
    for _ in range(2):
        _make_due()
        with worker():
            watch()
    house.alarm = the_alarm()
    colleague = signed_in(house.colleague)
    colleague.post(url("alarm_take", house))
    colleague.post(url("alarm_resolve", house), {"outcome": "all_well"})
    assert the_alarm().outcome == AlarmOutcome.DRILL
    client = signed_in(house.coordinator)
    record = url("drill_detail", house)
    assert client.post(record, {"remarks": "Numret var fel."}).status_code == 302
    text = text_of(client, record)
    assert "Numret var fel." in text
    assert house.colleague.name in text
    assert signed_in(house.colleague_elsewhere()).get(record).status_code == 404
    house.booking(timezone.now() + timedelta(hours=3))
    assert reverse("safety:drill_create") not in text_of(client, reverse("overviews:overview"))


def test_whoever_the_drill_is_about_cannot_end_it(house):
    with scope(house.coordinator):
        plan_drill(supporter=house.supporter, at=timezone.now(), by=house.coordinator)
    house.alarm = the_alarm()
    assert signed_in(house.user).post(url("alarm_answer", house), {"answer": "done"}).status_code == 403
    assert the_alarm().resolved_at is None


def test_a_drill_for_later_calls_nobody_before(house):
    with scope(house.coordinator):
        plan_drill(supporter=house.supporter, at=timezone.now() + timedelta(days=1), by=house.coordinator)
    with worker():
        assert watch() == 0
    assert calls() == []
