"""Tasks: owner and maker, and those who see the pupil; given, done, undone."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    MembershipFactory,
    PeerSupporterFactory,
    SchoolFactory,
    StudentFactory,
    SupervisorFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from visits import services
from visits.models import Task

pytestmark = pytest.mark.django_db
LIST, NEW = "overviews:task_list", "visits:task_create"


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alva", case__student__family_name="Exempelsson")


@pytest.fixture
def petra(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


@pytest.fixture
def karim(mine):
    return mine.supporter.user


def act(name, task):
    return reverse(f"visits:{name}", args=[task.public_id])


def data(owner_, **more):
    values = {"title": "Boka ett möte", "due_on": (today() + timedelta(days=3)).isoformat()}
    return values | {"owner": str(owner_.public_id), "form_key": str(uuid.uuid4())} | more


def titles(client, user, **query):
    client.force_login(user)
    return [row.title for row in client.get(reverse(LIST), query).context["rows"]]


def test_a_coordinator_gives_a_supporter_a_task_about_a_pupil(client, mine, petra, karim):
    client.force_login(petra)
    sent = data(karim, student=str(mine.student.public_id))
    for _ in range(2):
        response = client.post(reverse(NEW), sent)
        assert response.url == reverse("overviews:student_detail", args=[mine.student.public_id])
    with owner():
        task = Task.objects.get()
    assert (task.student_id, task.school_id, task.owner_id) == (mine.student_id, mine.school_id, karim.pk)

    client.force_login(karim)
    (row,) = client.get(reverse("overviews:my_day")).context["mine"].tasks
    assert row.title == "Boka ett möte" and row.about == "Alva" and petra.name in row.text
    page = client.get(reverse("overviews:student_detail", args=[mine.student.public_id])).content.decode()
    assert "Boka ett möte" in page


def test_whom_one_may_give_a_task_to(mine, petra, karim):
    school = mine.school
    colleague = PeerSupporterFactory(school=school)
    elsewhere = SchoolFactory(organisation=school.organisation)
    far = PeerSupporterFactory(school=elsewhere)
    of_school, of_other = CoordinatorFactory(school=school), CoordinatorFactory(school=elsewhere)
    AssignmentFactory(case=mine.case, supporter=colleague, kind="stand_in", ended=True)
    SupervisorFactory(organisation=school.organisation)
    foreign = CoordinatorFactory()

    def owners(user, student):
        with scope(user):
            return {one.pk for one in services.task_owners(student=student)}

    everyone = {petra.pk, of_school.pk, of_other.pk}
    with owner():
        opened_by = mine.case.opened_by_id  # coordinates the organisation too
    everyone.add(opened_by)
    assert owners(petra, None) == everyone | {karim.pk, colleague.user_id, far.user_id}
    assert owners(petra, mine.student) == {petra.pk, opened_by, of_school.pk, karim.pk}
    assert owners(of_school, None) == everyone | {karim.pk, colleague.user_id}
    assert owners(karim, None) == {karim.pk, petra.pk, opened_by, of_school.pk}
    assert owners(karim, mine.student) == {karim.pk, petra.pk, opened_by, of_school.pk}
    assert owners(colleague.user, mine.student) == set()  # not their pupil today
    assert owners(foreign, mine.student) == set()
    assert owners(SupervisorFactory(organisation=school.organisation), None) == set()


def test_the_form_refuses_whom_one_may_not_give_to_and_days_that_passed(client, mine, petra, karim):
    colleague = PeerSupporterFactory(school=mine.school)
    client.force_login(karim)
    assert client.post(reverse(NEW), data(colleague.user)).context["form"].errors["owner"]
    gone = data(karim, due_on=(today() - timedelta(days=1)).isoformat())
    assert client.post(reverse(NEW), gone).context["form"].errors["due_on"]
    assert client.post(reverse(NEW), data(karim, title="")).context["form"].errors["title"]
    with owner():
        assert not Task.objects.exists()


def test_row_security_refuses_it_too(mine, petra, karim):
    colleague = PeerSupporterFactory(school=mine.school)
    one = services.TaskOwner(colleague.user_id, uuid.uuid4(), "x", is_coordinator=False)
    with pytest.raises(Exception, match="row-level security"), scope(karim):
        services.create_task(by=karim, title="x", due_on=today(), owner=one, student=None)


def test_a_task_form_about_a_foreign_pupil_is_not_found(client, petra):
    foreign = StudentFactory()
    client.force_login(petra)
    for value in (foreign.public_id, "nonsense"):
        assert client.get(reverse(NEW), {"student": value}).status_code == 404
        assert client.post(reverse(NEW), data(petra, student=str(value))).status_code == 404


def test_the_list_in_its_parts(client, petra, karim, mine):
    organisation = mine.school.organisation
    late = today() - timedelta(days=2)
    TaskFactory(organisation=organisation, owner=petra, title="Sen", due_on=late)
    TaskFactory(organisation=organisation, owner=petra, title="I tid")
    TaskFactory(organisation=organisation, owner=karim, made_by=petra, title="Given", due_on=late)
    TaskFactory(organisation=organisation, owner=petra, title="Klar", done_by=petra)
    TaskFactory(organisation=organisation, owner=karim, title="Karims")

    assert titles(client, petra) == titles(client, petra, show="nonsense") == ["Sen", "I tid"]
    assert titles(client, petra, show="late") == ["Sen"]
    assert titles(client, petra, show="given") == ["Given"]
    assert titles(client, petra, show="done") == ["Klar"]
    assert titles(client, karim) == ["Given", "Karims"]


@pytest.mark.parametrize("url", ["overviews:overview", "overviews:my_day"])
def test_each_figure_of_tasks_opens_exactly_its_rows(client, petra, karim, mine, url):
    user = petra if url == "overviews:overview" else karim
    for days in (-3, -1, 2, 5, 6, 7, 8, 9):
        TaskFactory(organisation=mine.school.organisation, owner=user, due_on=today() + timedelta(days=days))
    TaskFactory(organisation=mine.school.organisation, owner=user, done_by=user)
    client.force_login(user)

    response = client.get(reverse(url))
    waiting, page = response.context["mine"], response.content.decode()

    assert (waiting.task_count, waiting.late_count, len(waiting.tasks)) == (8, 2, 6)
    assert [row.is_late for row in waiting.tasks] == [True, True, *[False] * 4]
    assert f"{reverse(LIST)}?show=late" in page
    assert len(titles(client, user)) == 8 and len(titles(client, user, show="late")) == 2


def test_done_with_one_tap_and_undone(client, petra, mine):
    task = TaskFactory(organisation=mine.school.organisation, owner=petra)
    client.force_login(petra)
    home = reverse("overviews:overview")

    for _ in range(2):
        response = client.post(act("task_done", task), {"back": home}, follow=True)
        assert response.redirect_chain[-1][0] == home
    assert act("task_reopen", task) in response.content.decode()
    with owner():
        task.refresh_from_db()
    assert task.done_by_id == petra.pk and titles(client, petra) == []

    client.post(act("task_reopen", task), {"back": home})
    assert titles(client, petra) == [task.title]


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
def test_done_leads_nowhere_else(client, petra, mine, back):
    task = TaskFactory(organisation=mine.school.organisation, owner=petra)
    client.force_login(petra)
    assert client.post(act("task_done", task), {"back": back}).url == reverse(LIST)


def test_a_task_about_a_pupil_ends_for_the_supporter_and_is_told_to_its_maker(client, mine, petra, karim):
    task = TaskFactory(student=mine.student, owner=karim, made_by=petra)
    assert titles(client, karim) == [task.title]
    client.force_login(petra)
    assert not client.get(reverse(LIST), {"show": "given"}).context["rows"][0].is_lost
    with owner():
        mine.ended_at, mine.ended_by = timezone.now(), mine.made_by
        mine.save(update_fields=["ended_at", "ended_by"])

    assert titles(client, karim) == []
    assert client.post(act("task_done", task)).status_code == 404
    client.force_login(petra)
    assert client.get(reverse(LIST), {"show": "given"}).context["rows"][0].is_lost
    page = client.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    assert page.context["tasks"][0].is_lost

    values = data(petra, version=task.version)
    assert client.post(act("task_edit", task), values).status_code == 302
    assert titles(client, petra) == ["Boka ett möte"]


def test_a_task_whose_owner_has_left_is_told_too(client, mine, petra):
    gone = CoordinatorFactory(organisation=mine.school.organisation)
    TaskFactory(organisation=mine.school.organisation, owner=gone, made_by=petra)
    client.force_login(petra)
    assert not client.get(reverse(LIST), {"show": "given"}).context["rows"][0].is_lost
    with owner():
        gone.memberships.update(valid_to=today() - timedelta(days=1), valid_from=today() - timedelta(days=9))
    assert client.get(reverse(LIST), {"show": "given"}).context["rows"][0].is_lost


def test_who_sees_a_task(client, mine, petra, karim):
    about_alva = TaskFactory(student=mine.student, owner=karim, made_by=petra, title="Om Alva")
    about_nobody = TaskFactory(
        organisation=mine.school.organisation, owner=karim, made_by=petra, title="Allmänt"
    )
    second = PeerSupporterFactory(school=mine.school)
    AssignmentFactory(case=mine.case, supporter=second, kind="stand_in")
    colleague = CoordinatorFactory(organisation=mine.school.organisation)
    elsewhere = CoordinatorFactory(school=SchoolFactory(organisation=mine.school.organisation))
    for user, alva, nobody in [
        (petra, 302, 302),
        (karim, 302, 302),
        (colleague, 302, 404),  # coordinates the pupil's school
        (second.user, 404, 404),  # sees the pupil, but neither owns nor gave it
        (elsewhere, 404, 404),
        (CoordinatorFactory(), 404, 404),
    ]:
        client.force_login(user)
        assert client.post(act("task_done", about_alva)).status_code == alva, user.acting
        assert client.post(act("task_done", about_nobody)).status_code == nobody, user.acting


def test_in_another_organisation_the_same_person_sees_other_tasks(client, mine, petra):
    TaskFactory(organisation=mine.school.organisation, owner=petra)
    other = CoordinatorFactory().memberships
    with owner():
        elsewhere = other.get().organisation
    TaskFactory(organisation=elsewhere, owner=petra, title="Annan kommun")
    MembershipFactory(user=petra, organisation=elsewhere, role="coordinator")
    assert titles(client, petra) == ["Boka ett möte"]


def test_edit_is_for_whoever_gave_it_and_shows_both_texts(client, mine, petra, karim):
    task = TaskFactory(organisation=mine.school.organisation, owner=karim, made_by=petra)
    client.force_login(karim)
    assert client.get(act("task_edit", task)).status_code == 403

    client.force_login(petra)
    first = data(karim, title="Den första", version=1)
    assert client.post(act("task_edit", task), first).status_code == 302
    second = client.post(act("task_edit", task), data(karim, title="Den andra", version=1))
    assert second.status_code == 409
    assert "Den första" in second.content.decode() and "Den andra" in second.content.decode()
    with owner():
        task.refresh_from_db()
    assert task.title == "Den första"


def test_a_protected_pupil_goes_by_the_alias(client, petra, mine):
    hidden = StudentFactory(
        school=mine.school, protection="marked", given_name="Hemlig", family_name="Namnsson"
    )
    task = TaskFactory(student=hidden, owner=petra)
    client.force_login(petra)
    for url in (reverse(LIST), reverse("overviews:overview"), act("task_edit", task)):
        page = client.get(url).content.decode()
        assert hidden.alias in page and "Hemlig" not in page, url


def test_task_list_logs_the_pupils_it_shows(client, petra, mine):
    for _ in range(2):
        TaskFactory(student=mine.student, owner=petra)
    client.force_login(petra)
    client.get(reverse(LIST))
    with owner():
        row = AccessLog.objects.get()
    assert (row.page, row.student_ids) == (LIST, [mine.student_id])


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize("show", ["mine", "given", "done"])
def test_task_list_takes_four_queries_however_many(client, mine, petra, karim, assert_queries, count, show):
    for number in range(count):
        student = StudentFactory(school=mine.school) if number % 2 else None
        TaskFactory(
            organisation=mine.school.organisation,
            student=student,
            owner=karim if show == "given" else petra,
            made_by=petra,
            done_by=petra if show == "done" else None,
        )
    client.force_login(petra)
    with assert_queries(4):  # session with user, scope, tasks, log
        response = client.get(reverse(LIST), {"show": show})
    rows = list(response.context["rows"])
    if response.context["older_url"]:
        rows += client.get(response.context["older_url"]).context["rows"]
    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 12])
def test_start_pages_take_the_same_queries_however_many_tasks(
    client, mine, petra, karim, assert_queries, count
):
    for user, url, queries in ((petra, "overviews:overview", 8), (karim, "overviews:my_day", 8)):
        for _ in range(count):
            TaskFactory(student=mine.student, owner=user, made_by=petra)
        client.force_login(user)
        with assert_queries(queries):
            client.get(reverse(url))
