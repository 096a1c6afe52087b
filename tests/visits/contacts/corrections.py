"""Addresses and forms by which a contact is moved, withdrawn and put back."""

from django.urls import reverse

from peersupport.demo.owner import owner


def part_of(contact):
    with owner():
        return contact.participations.select_related("student__school__organisation", "case").get()


def move_url(contact, student):
    return reverse("visits:contact_move", args=[contact.public_id, student.public_id])


def withdraw_url(contact):
    return reverse("visits:contact_withdraw", args=[contact.public_id])


def put_back_url(contact):
    return reverse("visits:contact_put_back", args=[contact.public_id])


def page(student):
    return reverse("overviews:student_detail", args=[student.public_id])


def moving(to, version=1):
    return {"to": to.public_id, "version": version, "confirmed": "1"}


def withdrawing(version=1, **fields):
    return {"version": version, "reason": "mistake", "words": ""} | fields
