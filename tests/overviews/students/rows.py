"""Pupils to list, and the rows that a list or a search answers with."""

from django.urls import reverse

from peersupport.demo.factories import StudentFactory

LIST = "overviews:student_list"
SEARCH = "overviews:student_search"


def urls(context):
    return [row.url for row in context["rows"]]


def url_of(student):
    return reverse("overviews:student_detail", args=[student.public_id])


def listed(client, **filters):
    return urls(client.get(reverse(LIST), filters).context)


def found(client, words):
    return urls(client.post(reverse(SEARCH), {"words": words}).context)


def pupil(school, given, family, **fields):
    return StudentFactory(school=school, given_name=given, family_name=family, **fields)
