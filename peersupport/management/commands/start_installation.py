"""Makes the first organisation and the first two people of an installation; all others come through them."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from schools.models import Membership, Organisation, OrganisationKind, Role

PEOPLE = {"admin": Role.ADMIN, "coordinator": Role.COORDINATOR}
QUESTIONS = {
    "organisation": "Name of the organisation (the school owner)",
    "number": "Its organisation number, ten digits (may be left empty)",
    "municipality_code": "Its municipality code, four digits (may be left empty)",
    **{
        f"{person}_{part}": f"{part.replace('_', ' ').capitalize()} of the {person}"
        for person in PEOPLE
        for part in ("given_name", "family_name", "email")
    },
}
MAY_BE_EMPTY = {"number", "municipality_code"}


class Command(BaseCommand):
    help = (
        "Makes the first organisation, administrator and coordinator. Two people, because a role that sees "
        "pupils takes effect only when another person than the one who granted it has confirmed it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument(
            "--password-prompt",
            action="store_true",
            help="ask for their passwords here; otherwise they are reset",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_second_start()
        answers = {name: self.answer(name, options[name]) for name in QUESTIONS}
        try:
            with transaction.atomic():
                # Two operators at once: the second waits here, and is then refused.
                with connection.cursor() as cursor:
                    cursor.execute("lock table schools_membership in share row exclusive mode")
                _refuse_second_start()
                organisation = _organisation(answers)
                people = [_person(answers, person, organisation) for person in PEOPLE]
                for user in people if options["password_prompt"] else []:
                    self.ask_password(user)
        except ValidationError as error:
            raise CommandError(_in_words(error)) from error
        self.tell_what_next(organisation, people, has_passwords=options["password_prompt"])

    def answer(self, name: str, given: str | None) -> str:
        """What was given as an argument, or is typed now. Raises CommandError where nobody can type."""
        if given is None and not sys.stdin.isatty():
            given = "" if name in MAY_BE_EMPTY else None
            if given is None:
                raise CommandError(f"--{name.replace('_', '-')} is missing.")
        while given is None or not (given.strip() or name in MAY_BE_EMPTY):
            given = input(f"{QUESTIONS[name]}: ")
        return given.strip()

    def ask_password(self, user: User) -> None:
        """Ask until the rules for passwords are content. Twice, because nobody sees what is typed."""
        while True:
            password = getpass.getpass(f"Password for {user.email}: ")
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stderr.write(_in_words(error))
                continue
            if password == getpass.getpass("The same again: "):
                user.set_password(password)
                user.save(update_fields=["password"])
                return
            self.stderr.write("These were two different passwords.")

    def tell_what_next(self, organisation: Organisation, people: list[User], *, has_passwords: bool) -> None:
        say, addresses = self.stdout.write, " and ".join(user.email for user in people)
        say(f"{organisation.name} is ready, with {addresses}.")
        if not has_passwords:
            say(f"Each chooses a password, by e-mail, at {_address('account_reset_password')}")
        say(f"Then they sign in and set up a second factor at {_address(settings.LOGIN_URL)}")
        say(f'The schools: manage.py import_schools FILE --organisation "{organisation.name}"')


def _address(view: str) -> str:
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))), "")
    return f"https://{host}{reverse(view)}" if host and not settings.IS_LOCAL else reverse(view)


def _refuse_second_start() -> None:
    if Membership.objects.exists():
        raise CommandError(
            "This installation has been started: somebody has a role. Others get theirs in it."
        )


def _organisation(answers: dict[str, str]) -> Organisation:
    """The owner, or the one an import of schools has made already."""
    same = Organisation.objects.filter(number=answers["number"]).first() if answers["number"] else None
    organisation = same or Organisation(kind=OrganisationKind.OWNER, number=answers["number"])
    organisation.name = answers["organisation"]
    organisation.municipality_code = answers["municipality_code"] or organisation.municipality_code
    organisation.full_clean()
    organisation.save()
    return organisation


def _person(answers: dict[str, str], person: str, organisation: Organisation) -> User:
    """A user without a password, with a role in the whole organisation that nobody granted (TRUST T26)."""
    email = answers[f"{person}_email"].lower()
    user = User(
        email=email,
        given_name=answers[f"{person}_given_name"],
        family_name=answers[f"{person}_family_name"],
        needs_second_factor=True,
    )
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    membership = Membership(user=user, role=PEOPLE[person], organisation=organisation, granted_by=None)
    membership.touch_confirmed(by=None)
    membership.save(force_insert=True)
    return user


def _in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(f"{field}: {' '.join(words)}" for field, words in error.message_dict.items())
