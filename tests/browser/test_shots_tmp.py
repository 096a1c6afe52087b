"""Temporary."""
import pytest
from django.urls import reverse
from peersupport.demo.factories import *  # noqa
from peersupport.demo.owner import owner
from tests.browser.phones import assigned

def test_shots(transactional_db, visitor):
    with owner():
        a = assigned()
        here = {"organisation": a.school.organisation}
        OrganisationNumberFactory(step="urgent", name="Socialjouren", phone="031-390 06 12", hours="Kvällar, nätter och helger", **here)
        OrganisationNumberFactory(step="intake", name="Mottagningen barn och unga", phone="031-390 06 25", url="https://www.exempel.example/orosanmalan", **here)
        OrganisationNumberFactory(step="internal", name="Samordningens telefon", phone="031-390 06 40", **here)
        c = CoordinatorFactory(school=a.school)
        ConcernReportFactory(student=a.student, author=a.supporter.user)
        inc = IncidentReportFactory(supporter=a.supporter, is_serious=True)
    v = visitor().sign_in(a.supporter.user)
    s = a.student.public_id
    shots = {"concern": reverse("safety:concern_of_student", args=[s]), "offline": reverse("safety:concern_offline"), "form": reverse("safety:concern_form"), "report": reverse("safety:concern_report_create", args=[s]), "student": reverse("overviews:student_detail", args=[s]), "incident_new": reverse("safety:incident_create"), "day": reverse("overviews:my_day")}
    def take(v, shots, w):
        for name, url in shots.items():
            v.page.set_viewport_size({"width": w, "height": 900})
            r = v.page.goto(url); print(name, r.status)
            v.page.screenshot(path=f"/tmp/c/dc/{name}-{w}.png", full_page=True)
    take(v, shots, 390); take(v, {"concern": shots["concern"], "student": shots["student"], "form": shots["form"]}, 1280)
    v2 = visitor().sign_in(c)
    take(v2, {"incident": reverse("safety:incident_detail", args=[inc.public_id]), "numbers": reverse("safety:number_list"), "overview": reverse("overviews:overview"), "incidents": reverse("safety:incident_list")}, 1280)
