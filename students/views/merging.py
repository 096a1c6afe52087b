"""Slå ihop: finding the other record, choosing whose words stand, and taking it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from operations.services import SameKeyOtherForm, answer_given
from peersupport.lib.dates import short_date, short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from peersupport.lib.names import search_words
from schools.models import Role
from students import services
from students.forms import MergeForm, NameSearchForm
from students.models import Student, StudentMerge
from students.services import Comparison, Pair
from students.views.answers import save_once, sent_already, student_page
from students.views.rows import place_label
from students.views.students import find_student

MOST = 20


@require_safe_or_post
def merge_find(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Which other record is the same pupil? Those with a name alike, or whom one looks for."""
    student = find_student(request, public_id)
    form = NameSearchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        searches = [search_words(form.cleaned_data["words"])] if form.is_valid() else []
    else:
        searches = services.searches_of(student)
    found = Student.objects.visible_to(request.user).found(*searches).exclude(pk=student.pk)
    students = list(found.with_names().by_name()[:MOST])
    record_reads(
        by=request.user,
        page="students:merge_find",
        students=[student, *students],
        action=AccessLogAction.SEARCH,
        request_id=request.request_id,
    )
    context = {
        "student": student,
        "form": form,
        "is_searched": request.method == "POST" and form.is_valid(),
        "students": [_found(student, one, request) for one in students],
        "merges": [_merge_row(one) for one in services.merges_of(student=student, by=request.user)],
        "back_url": student_page(student),
    }
    return render(request, "students/merge_find.html", context)


def _found(student: Student, other: Student, request: AuthenticatedHttpRequest) -> dict[str, Any]:
    return {
        "name": other.name,
        "place": place_label(other, request.user),
        "birth_year": str(other.birth_year or ""),
        "is_protected": other.is_protected,
        "url": reverse("students:merge", args=[student.public_id, other.public_id]),
    }


def _merge_row(merge: StudentMerge) -> dict[str, Any]:
    return {
        "url": reverse("students:merge_detail", args=[merge.public_id]),
        "what": _("Pupil %(alias)s went into this record") % {"alias": merge.absorbed_alias},
        "when": short_moment(merge.merged_at),
        "who": merge.merged_by.name,
        "is_undone": merge.undone_at is not None,
    }


@require_safe_or_post
@requires(Role.COORDINATOR)
def merge(request: AuthenticatedHttpRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """Side by side, a choice for each field; then what will happen; then it is done."""
    key = uuid_or_none(request.POST.get("form_key"))
    if key and (done := answer_given(key=key, by=request.user, body=request.POST)):
        return redirect(done)  # the record that went in is not to be found again
    found = services.find_pair(ids=[public_id, other_id], by=request.user)
    if len(found) < 2 or public_id == other_id:
        return _too_late(request, [public_id, other_id])
    pair = Pair.of(*found)
    comparison = services.compare(pair=pair, by=request.user)
    shows_school = _shows_school(pair)
    form = MergeForm(request.POST or None, pair=pair, comparison=comparison, shows_school=shows_school)
    record_reads(by=request.user, page="students:merge", students=found, request_id=request.request_id)
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        if "confirmed" in request.POST:
            return _merge(request, pair, form)
        return _page(request, "students/merge_confirm.html", pair, comparison, form)
    return _page(request, "students/merge.html", pair, comparison, form)


def _shows_school(pair: Pair) -> bool:
    """Which school a protected pupil goes to is shown only while the name is open (DOMAIN §4)."""
    return all(
        not one.is_protected or services.opened_identity(student=one) is not None
        for one in (pair.kept, pair.absorbed)
    )


def _too_late(request: AuthenticatedHttpRequest, ids: list[UUID]) -> HttpResponse:
    """Another coordinator was first: to what was made of the two. Else there is nothing here to see."""
    done = services.merge_of(ids=ids, by=request.user) if request.method == "POST" else None
    if done is None:
        raise Http404
    messages.warning(request, _("These two have just been merged by a colleague. Here you see how."))
    return redirect("students:merge_detail", done.public_id)


def _merge(request: AuthenticatedHttpRequest, pair: Pair, form: MergeForm) -> HttpResponse:
    data = form.cleaned_data
    here = reverse("students:merge", args=[pair.kept.public_id, pair.absorbed.public_id])

    def save() -> str:
        made = services.merge_students(
            pair=pair,
            by=request.user,
            versions=(data["kept_version"], data["absorbed_version"]),
            choices=form.choices,
        )
        return reverse("students:merge_detail", args=[made.public_id])

    try:
        path = save_once(request, data["form_key"], save)
    except SameKeyOtherForm:
        return sent_already(request, student_page(pair.kept))
    except services.MergedAlready:
        return _too_late(request, [pair.kept.public_id, pair.absorbed.public_id])
    except services.EditConflict:
        text = _("One of the two has been changed meanwhile. Nothing is merged. Look through them again.")
        messages.warning(request, text)
        return redirect(here)
    except services.NotToBeMerged:
        messages.warning(request, _("These two cannot be merged. Nothing is changed."))
        return redirect(here)
    messages.success(request, _("The two are one now. You can undo it for 30 days."))
    return redirect(path)


def _page(
    request: AuthenticatedHttpRequest, template: str, pair: Pair, comparison: Comparison, form: MergeForm
) -> HttpResponse:
    typed = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    context = {
        "form": form,
        "kept": pair.kept,
        "absorbed": pair.absorbed,
        "places": [place_label(one, request.user) for one in (pair.kept, pair.absorbed)],
        "what_follows": _what_follows(pair, comparison),
        "typed": typed,
        "back_url": student_page(pair.kept),
        "swap_url": reverse("students:merge", args=[pair.absorbed.public_id, pair.kept.public_id])
        if pair.kept.is_protected == pair.absorbed.is_protected
        else "",
    }
    return render(request, template, context)


def _what_follows(pair: Pair, comparison: Comparison) -> list[str]:
    """What happens besides the choices, and how it is solved where both have the like."""
    lines = [
        _("Everything moves along: contacts with their notes, guardians, referrals, support periods."),
        _("The alias %(kept)s stays for life. Whoever searches for %(absorbed)s finds the pupil too.")
        % {"kept": pair.kept.alias, "absorbed": pair.absorbed.alias},
    ]
    if pair.kept.is_protected:
        lines.append(_("The details are protected from now on. Names leave the referrals of both."))
    if pair.kept.is_protected and not pair.absorbed.is_protected and comparison.has_whereabouts[1]:
        lines.append(_("The other record's address and phone are taken away: they were not protected."))
    if comparison.both_supported:
        lines.append(_("The support period that does not go on is closed today."))
    kept_by, absorbed_by = comparison.mains
    if kept_by and absorbed_by and kept_by != absorbed_by:
        lines.append(
            _(
                "The peer supporter of the period that is closed no longer sees the pupil. "
                "What they have booked is cancelled."
            )
        )
    if pair.kept.school_id != pair.absorbed.school_id:
        lines.append(_("Only coordinators of the school that stands see the pupil afterwards."))
    if comparison.same_days:
        lines.append(
            ngettext(
                "Both have an enrolment of the same day. The first one's stands.",
                "Both have %(count)s enrolments of the same days. The first one's stand.",
                comparison.same_days,
            )
            % {"count": comparison.same_days}
        )
    if comparison.same_named:
        lines.append(_("Those who may open the name of both still may."))
    return lines


@require_safe
def merge_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One merge: who, when, what moved, and the way back."""
    made = _find(request, public_id)
    record_reads(
        by=request.user, page="students:merge_detail", students=[made.kept], request_id=request.request_id
    )
    return render(request, "students/merge_detail.html", _of_merge(made, request))


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> StudentMerge:
    merges = StudentMerge.objects.visible_to(request.user)
    loaded = merges.select_related("kept__school", "kept__identity", "merged_by", "undone_by")
    return get_object_or_404(loaded, public_id=public_id)


def _of_merge(made: StudentMerge, request: AuthenticatedHttpRequest) -> dict[str, Any]:
    # Who went into another record since is not to be seen, and so is the way to their page.
    is_seen = made.kept.merged_into_id is None
    return {
        "merge": made,
        "name": made.kept.name,
        "place": place_label(made.kept, request.user),
        "student_url": student_page(made.kept) if is_seen else "",
        "when": short_moment(made.merged_at),
        "undone": short_moment(made.undone_at) if made.undone_at else "",
        "until": short_date(made.can_be_undone_until.date()) if made.can_be_undone and is_seen else "",
        "moved": _moved(services.moved_rows(merge=made)),
    }


def _moved(counts: dict[str, int]) -> list[str]:
    """ "12 kontakter", "2 vårdnadshavare": the tables that readers have a word for."""
    number = {table: {"count": count} for table, count in counts.items()}
    words: dict[str, Callable[[int], str]] = {
        "visits_participation": lambda n: ngettext("%(count)s contact", "%(count)s contacts", n),
        "visits_contactnote": lambda n: ngettext("%(count)s note", "%(count)s notes", n),
        "students_case": lambda n: ngettext("%(count)s support period", "%(count)s support periods", n),
        "students_assignment": lambda n: ngettext("%(count)s assignment", "%(count)s assignments", n),
        "students_referral": lambda n: ngettext("%(count)s referral", "%(count)s referrals", n),
        "students_guardian": lambda n: ngettext("%(count)s guardian", "%(count)s guardians", n),
        "students_personaround": lambda n: ngettext(
            "%(count)s person around the pupil", "%(count)s people around the pupil", n
        ),
        "visits_booking": lambda n: ngettext("%(count)s booking", "%(count)s bookings", n),
        "visits_task": lambda n: ngettext("%(count)s task", "%(count)s tasks", n),
    }
    return [word(counts[table]) % number[table] for table, word in words.items() if counts.get(table)]


@require_safe_or_post
def merge_undo(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Ångra sammanslagningen: two records again."""
    made = _find(request, public_id)
    page = reverse("students:merge_detail", args=[made.public_id])
    if request.method == "POST":
        try:
            services.unmerge_students(merge=made)
        except services.CannotUndo as why:
            messages.warning(request, _why_not(why.reason))
        else:
            messages.success(request, _("They are two again, each as it was."))
        return redirect(page)
    record_reads(
        by=request.user, page="students:merge_undo", students=[made.kept], request_id=request.request_id
    )
    return render(request, "students/merge_undo.html", _of_merge(made, request) | {"back_url": page})


def _why_not(reason: str) -> str:
    return {
        "undone": _("The merge is undone already."),
        "too_late": _("More than 30 days have passed. The merge can no longer be undone."),
        "merged_on": _("The pupil has gone into another record since. Undo that merge first."),
        "conflict": _(
            "Something that came afterwards stands in the way, for example a new support period. "
            "Nothing is changed. Close that one first."
        ),
    }.get(reason, _("The merge cannot be undone from here."))
