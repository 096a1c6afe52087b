"""Thanks and questions as a coordinator sends them, and the page on which they stand."""

import uuid

from django.urls import reverse


def url_of(name, part):
    return reverse(f"visits:{name}", args=[part.contact.public_id, part.student.public_id])


def student_page(part):
    return reverse("overviews:student_detail", args=[part.student.public_id])


def sent(client, user, url, **data):
    client.force_login(user)
    return client.post(url, {"form_key": str(uuid.uuid4()), **data})
