"""The bare limit: what our pages are divided by. Never served to anybody.

Django without middleware, session, scope, policies, forms or log; one raw statement and one bare template.
No page that does its work can cost less on this stack.
"""

import os

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path

settings.configure(
    SECRET_KEY="signs-nothing",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    USE_TZ=True,
    DATABASES={
        "default": environ.Env.db_url_config(os.environ["DATABASE_OWNER_URL"])  # behind the second lock
        | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 4}}}
    },
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)

# Texts, not dates: the date filter alone costs more than the query.
STUDENTS = """
select s.public_id::text as id, i.given_name || ' ' || i.family_name as name, o.name as school,
       s.grade::text as grade, u.given_name || ' ' || u.family_name as supporter,
       to_char(l.occurred_at, 'YYYY-MM-DD') as last
  from students_identity i
  join students_student s on s.id = i.student_id
  join schools_school o on o.id = s.school_id
  join students_assignment a on a.student_id = s.id and a.ended_at is null
  join supporters_peersupporter p on p.id = a.supporter_id
  join accounts_user u on u.id = p.user_id
  left join lateral (
    select occurred_at from visits_participation v
     where v.student_id = s.id and v.outcome = 'met'
       and v.kind in ('home_visit', 'at_school', 'phone', 'message')
     order by occurred_at desc limit 1) l on true
 where a.supporter_id = %s
 order by i.sort_key limit 30
"""
STUDENT = """
select i.given_name || ' ' || i.family_name as name, v.kind, v.outcome, c.minutes::text as minutes,
       to_char(v.occurred_at, 'YYYY-MM-DD HH24:MI') as at, coalesce(n.text, '') as note, v.next_step
  from visits_participation v
  join visits_contact c on c.id = v.contact_id
  join students_identity i on i.student_id = v.student_id
  left join visits_contactnote n on n.participation_id = v.id
 where v.student_id = %s
 order by v.occurred_at desc limit 30
"""
DASHBOARD = """
select o.name as school, count(*)::text as pupils,
       count(*) filter (where coalesce(l.occurred_at, '-infinity') < now() - interval '14 days')::text
         as quiet,
       (select count(*) from visits_participation v
         where v.school_id = o.id and v.occurred_at > now() - interval '7 days')::text as week
  from schools_school o
  join students_case k on k.school_id = o.id and k.status <> 'closed'
  left join lateral (
    select occurred_at from visits_participation v
     where v.student_id = k.student_id and v.outcome = 'met'
       and v.kind in ('home_visit', 'at_school', 'phone', 'message')
     order by occurred_at desc limit 1) l on true
 where o.organisation_id = %s
 group by o.id order by o.name limit 3
"""
CONTACT = """
insert into visits_contact
  (public_id, created_at, version, author_id, supporter_id, kind, occurred_at, minutes, place)
select gen_random_uuid(), now(), 1, p.user_id, p.id, 'home_visit', clock_timestamp(), 60, ''
  from supporters_peersupporter p where p.id = %s
"""
PAGE = """<!doctype html><html lang="sv"><title>{0}</title><h1>{0}</h1><table>
{{% for row in rows %}}<tr>{1}</tr>
{{% endfor %}}</table></html>"""


def _page(title: str, *columns: str) -> str:
    return PAGE.format(title, "".join(f"<td>{{{{ row.{column} }}}}</td>" for column in columns))


PAGES = {
    "students": (STUDENTS, _page("Elever", "id", "name", "school", "grade", "supporter", "last")),
    "student": (STUDENT, _page("Elev", "name", "kind", "outcome", "minutes", "at", "note", "next_step")),
    "dashboard": (DASHBOARD, _page("Översikt", "school", "pupils", "quiet", "week")),
}


def page(request: HttpRequest, name: str, key: int) -> HttpResponse:
    statement, _template = PAGES[name]
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(TEMPLATES[name].render({"rows": rows}))


def contact(request: HttpRequest, key: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(CONTACT, [key])
    return HttpResponseRedirect("/dashboard/1/")


urlpatterns = [path("contact/<int:key>/", contact), path("<str:name>/<int:key>/", page)]
application = get_wsgi_application()
TEMPLATES = {name: engines["django"].from_string(template) for name, (_statement, template) in PAGES.items()}
