"""Fills the database, starts our server and the limit's, and prints how they compare."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from benchmarks.data import fill
from benchmarks.measuring import heading, line, measure
from benchmarks.servers import NotTheAnswer, bare_limit, our_server
from peersupport.lib.translations.catalogues import compile_all

LEGEND = """
p50 and p95 are ours divided by the bare limit's p50 in this run; goals are those of p50.
A spread above 1.5 between parts of the run means that the machine was too busy to tell."""


def run(*, rounds: int, students: int, contacts: int) -> bool:
    """One whole run; False when some page did not work."""
    _say("Tables, texts, static files ...")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    compile_all(Path(settings.LOCALE_PATHS[0]))
    _say(f"{students} pupils, {contacts} contacts ...")
    cast = fill(students=students, contacts=contacts)
    with our_server() as ours, bare_limit() as limit:
        _say(f"Asking {rounds} times for each page, ours and the limit's in turn ...\n\n{heading()}")
        broken = False
        for result in measure(cast, ours, limit, rounds=rounds):
            broken |= isinstance(result, NotTheAnswer)
            _say(str(result) if isinstance(result, NotTheAnswer) else line(result))
    _say(LEGEND)
    return not broken


def _say(words: str) -> None:
    print(words, flush=True)
