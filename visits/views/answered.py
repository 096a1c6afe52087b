"""How a tap on a row is answered: in the row itself with htmx, else on the page one came from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from peersupport.lib.http import AuthenticatedHttpRequest


def answered(
    request: AuthenticatedHttpRequest, text: str, *, undo: str = "", back: str, status: int = 200
) -> HttpResponse:
    """`text`, with a button that undoes by POST to `undo`, if given.

    With htmx the other rows stay where they are: the row says what was done until the page is left. `status`
    is for htmx, which leaves the row as it is when that says no.
    """
    if "HX-Request" in request.headers:
        return render(request, "visits/_answered.html", {"text": text, "undo": undo}, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.INFO, text, extra_tags=undo)
    return redirect(back)
