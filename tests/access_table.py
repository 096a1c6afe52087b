"""Every address of the site, and who gets what there. A new address goes in here, or the tests fail.

Read it from above: a page answers its methods (405 otherwise), finds its object among those the role sees (404
otherwise), lets in the roles allowed (403 otherwise), and then gives the status named. Nobody gets anywhere without
signing in, but for PUBLIC.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

COORDINATOR, SCHOOL_COORDINATOR, PEER = "coordinator", "school_coordinator", "peer_supporter"
SUPERVISOR, STAFF, LEAD, ADMIN, REVIEWER = "supervisor", "school_staff", "lead", "admin", "reviewer"
NO_MEMBERSHIP = "no_membership"
COORDINATORS = {COORDINATOR, SCHOOL_COORDINATOR}
MEMBERS = {*COORDINATORS, PEER, SUPERVISOR, STAFF, LEAD, ADMIN, REVIEWER}
SIGNED_IN = {*MEMBERS, NO_MEMBERSHIP}
NOT_SIGNED_IN = ("anonymous", "deactivated")
ACTORS = (*NOT_SIGNED_IN, *sorted(SIGNED_IN))


@dataclass(frozen=True, kw_only=True)
class Page:
    """`get` and `post` (with an empty body) are the statuses for whoever is allowed."""

    name: str = field(kw_only=False)
    allowed: set[str]
    get: int = 200
    post: int = 405
    query: str = ""
    unusual: dict[str, int] = field(
        default_factory=dict
    )  # actor, object, "actor object", "actor GET", "actor GET object" → status
    # Asks "is it you?" first (accounts.reauthentication); the statuses are for one who has just shown it.
    is_sensitive: bool = False
    # Where a plain request is led back, htmx gets the part that takes the row's place (visits.views.answered).
    in_place: bool = False

    objects = ("",)

    def expected(self, actor: str, method: str, which: str = "") -> int:
        """The status for `actor`, signed in."""
        for key in (f"{actor} {method} {which}", f"{actor} {which}", f"{actor} {method}", which, actor):
            if key in self.unusual:
                return self.unusual[key]
        usual = self.get if method == "GET" else self.post
        if usual == 405:
            return 405
        if not self.sees(actor, which):
            return 404
        return usual if actor in self.allowed else 403

    def expected_by(self, actor: str, method: str, which: str, *, htmx: bool) -> int:
        """`expected`, of a request as htmx sends it."""
        status = self.expected(actor, method, which)
        return 200 if htmx and self.in_place and status == 302 else status

    def sees(self, actor: str, which: str) -> bool:
        return True


@dataclass(frozen=True)
class Kind:
    """Rows of the world that stand for an object: one's own, the other municipality's, one that has ended, and one
    of the same municipality but of another school. `seen_by`: who has one's own among the visible ones."""

    table: str
    seen_by: set[str]
    own: str = "own"
    foreign: str = "away"
    ended: str = ""
    elsewhere: str = "south"


@dataclass(frozen=True, kw_only=True)
class ObjectPage(Page):
    """A page of one object; `second` is another object in the same address."""

    of: Kind
    second: Kind | None = None

    @property
    def objects(self) -> tuple[str, ...]:  # type: ignore[override]
        ended = ("ended",) if self.of.ended else ()
        second = ("foreign second", "missing second") if self.second else ()
        return ("own", "foreign", "missing", *ended, *second)

    def sees(self, actor: str, which: str) -> bool:
        if which == "ended":
            return actor in self.of.seen_by - {PEER}
        return which == "own" and actor in self.of.seen_by

    def expected(self, actor: str, method: str, which: str = "") -> int:
        if self.second and "second" in which and actor in self.of.seen_by - self.allowed:
            return 403  # the first object is seen, and that is as far as it goes
        return super().expected(actor, method, which)


@dataclass(frozen=True, kw_only=True)
class OpenPage(Page):
    """A page of signing in: `anonymous` is (get, post) for those who are not signed in."""

    anonymous: tuple[int, int]


STUDENT = Kind("students_student", {*COORDINATORS, PEER, STAFF}, ended="ended")
PROTECTED = Kind("students_student", STUDENT.seen_by, own="protected")
CASE = Kind("students_case", {*COORDINATORS, PEER}, ended="ended")
ASSIGNMENT = Kind("students_assignment", {*COORDINATORS, PEER}, ended="ended")
GUARDIAN = Kind("students_guardian", {*COORDINATORS, PEER})
PERSON_AROUND = Kind("students_personaround", {*COORDINATORS, PEER}, own="own_teacher")
BOOKING = Kind("visits_booking", {*COORDINATORS, PEER}, ended="ended")
REFERRAL = Kind("students_referral", {*COORDINATORS, STAFF}, own="new")
CONTACT = Kind("visits_contact", {*COORDINATORS, PEER}, ended="ended")
SUPPORTER = Kind("supporters_peersupporter", {*COORDINATORS, PEER, SUPERVISOR, LEAD})
FEEDBACK = Kind("visits_feedback", {*COORDINATORS, PEER}, ended="ended")
TASK = Kind("visits_task", {*COORDINATORS, PEER}, ended="ended")
OTHER_TIME = Kind("visits_othertime", {*COORDINATORS, PEER})
LIBRARY_LINK = Kind("schools_librarylink", {*COORDINATORS, PEER}, elsewhere="away")
TOPIC = Kind("visits_supervisiontopic", {PEER})
GROUP = Kind("visits_groupseries", {*COORDINATORS, PEER}, ended="ended")
GROUP_DATE = Kind("visits_groupdate", {*COORDINATORS, PEER}, ended="ended")
GROUP_MEMBER = Kind("visits_groupmember", {*COORDINATORS, PEER}, ended="ended")
PLACEMENT = Kind("supporters_placement", {*COORDINATORS, PEER, SUPERVISOR, LEAD})
SCHOOL = Kind("schools_school", MEMBERS, own="north")
SCHOOL_BREAK = Kind("schools_schoolbreak", COORDINATORS, own="north")
SCHOOL_CONTACT = Kind("schools_schoolcontact", MEMBERS, own="north")
MEMBERSHIP = Kind(
    "schools_membership",
    {*COORDINATORS, LEAD, ADMIN, REVIEWER},
    own="unconfirmed",
    elsewhere="away_coordinator",
)

# Staff at north: for its coordinators to end, and for the administrator.
ENDABLE = Kind("schools_membership", MEMBERSHIP.seen_by, own="staff", elsewhere="away_coordinator")
ENDERS = {*COORDINATORS, ADMIN}
INVITATION = Kind("schools_invitation", {*COORDINATORS, ADMIN}, own="staff")
MERGE = Kind("students_studentmerge", COORDINATORS)
MOVE = Kind("students_schoolmove", COORDINATORS, elsewhere="outside")
MOVE_TO_ANSWER = Kind("students_schoolmove", COORDINATORS, own="incoming", elsewhere="outside")
ONLY_COORDINATORS = dict.fromkeys(SIGNED_IN - COORDINATORS, 403)

# What those who are not signed in may open: exactly this, and the health checks of the middleware.
PUBLIC = (
    OpenPage("account_login", allowed=SIGNED_IN, anonymous=(200, 200), get=302, post=302),
    OpenPage("account_logout", allowed=SIGNED_IN, anonymous=(302, 302), post=302),
    OpenPage("account_inactive", allowed=SIGNED_IN, anonymous=(200, 405), post=405),
    OpenPage("account_reset_password", allowed=SIGNED_IN, anonymous=(200, 200), post=200),
    OpenPage("account_reset_password_done", allowed=SIGNED_IN, anonymous=(200, 405)),
    OpenPage("account_reset_password_from_key", allowed=SIGNED_IN, anonymous=(200, 200), post=200),
    OpenPage("account_reset_password_from_key_done", allowed=SIGNED_IN, anonymous=(200, 405)),
    OpenPage(
        "accounts:choose_language", allowed=SIGNED_IN, anonymous=(405, 404), get=405, post=404
    ),  # none named
    # Behind a link: without one, or with a wrong token, not there.
    OpenPage("schools:invitation_open", allowed=SIGNED_IN, anonymous=(404, 405), get=404),
    OpenPage("schools:invitation_accept", allowed=SIGNED_IN, anonymous=(404, 404), get=404, post=404),
    OpenPage("mfa_authenticate", allowed=SIGNED_IN, anonymous=(302, 302), get=302, post=302),
    OpenPage("visits:service_worker", allowed=SIGNED_IN, anonymous=(200, 405)),  # the same for everybody
)

OWN_ACCOUNT = (
    Page("account_reauthenticate", allowed=SIGNED_IN, post=200),
    Page("account_change_password", allowed=SIGNED_IN, post=200),
    Page("account_set_password", allowed=SIGNED_IN, get=302, post=302),  # to changing the one there is
    Page("mfa_index", allowed=SIGNED_IN),
    Page("mfa_reauthenticate", allowed=SIGNED_IN, get=302, post=302),  # without a second factor: by password
    Page("mfa_activate_totp", allowed=SIGNED_IN, get=302, post=302),  # "confirm that it is you"
    # Not there before a second factor is set up:
    Page("mfa_deactivate_totp", allowed=SIGNED_IN, get=404, post=404),
    Page("mfa_view_recovery_codes", allowed=SIGNED_IN, get=404),
    Page("mfa_generate_recovery_codes", allowed=SIGNED_IN, get=302, post=302),
    Page("mfa_download_recovery_codes", allowed=SIGNED_IN, get=404, post=404),
    Page("accounts:profile", allowed=SIGNED_IN),
    Page("accounts:switch", allowed=SIGNED_IN, get=405, post=404),  # no membership named
    Page("accounts:sign_out_everywhere", allowed=SIGNED_IN, get=405, post=302),
)

OVERVIEWS = (
    Page("start", allowed=SIGNED_IN, get=302, unusual={f"{NO_MEMBERSHIP} GET": 200}),
    Page("overviews:more", allowed=SIGNED_IN),
    Page("overviews:overview", allowed=COORDINATORS),
    Page("overviews:my_day", allowed={PEER}),
    Page("overviews:my_month", allowed={PEER}),
    Page("overviews:my_month_file", allowed={PEER}),
    Page("overviews:my_school", allowed={STAFF}),
    Page("overviews:my_supporters", allowed={SUPERVISOR}),
    Page("overviews:programme", allowed={LEAD}),
    Page("overviews:administration", allowed={ADMIN}),
    Page("overviews:access_log", allowed={REVIEWER}),
    Page("overviews:student_list", allowed={*COORDINATORS, PEER}),
    Page("overviews:student_search", allowed={*COORDINATORS, PEER}, get=405, post=200),
    Page("overviews:student_filter", allowed={*COORDINATORS, PEER}, get=405, post=302),
    Page("overviews:referral_filter", allowed={*COORDINATORS, STAFF}, get=405, post=302),
    Page("overviews:supporter_filter", allowed={*COORDINATORS, LEAD}, get=405, post=302),
    Page("overviews:school_filter", allowed={*COORDINATORS, STAFF, LEAD}, get=405, post=302),
    Page("overviews:log_filter", allowed={REVIEWER}, get=405, post=302),
    ObjectPage("overviews:student_detail", of=STUDENT, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:student_changes", of=STUDENT, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:referral_changes", of=REFERRAL, allowed={*COORDINATORS, STAFF}),
    ObjectPage("overviews:case_changes", of=CASE, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:assignment_changes", of=ASSIGNMENT, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:contact_changes", of=CONTACT, allowed={*COORDINATORS, PEER}),
    Page("overviews:supporter_list", allowed={*COORDINATORS, LEAD}),
    ObjectPage("overviews:supporter_detail", of=SUPPORTER, allowed={*COORDINATORS, PEER, SUPERVISOR, LEAD}),
    Page("overviews:school_list", allowed={*COORDINATORS, STAFF, LEAD}),
    ObjectPage("overviews:school_detail", of=SCHOOL, allowed={*COORDINATORS, STAFF, LEAD}),
    Page("overviews:task_list", allowed={*COORDINATORS, PEER}),
    Page("overviews:feedback_list", allowed={*COORDINATORS, PEER}),
    Page("overviews:seen_me", allowed=SIGNED_IN),
    Page("overviews:seen_openings", allowed=SIGNED_IN),
    Page("overviews:seen_pupil", allowed=SIGNED_IN),
)

STUDENTS = (
    Page("students:referral_list", allowed={*COORDINATORS, STAFF}),
    Page("students:referral_create", allowed={*COORDINATORS, STAFF}, post=200),
    ObjectPage("students:referral_detail", of=REFERRAL, allowed={*COORDINATORS, STAFF}),
    ObjectPage("students:referral_accept", of=REFERRAL, allowed=COORDINATORS, post=200),
    ObjectPage("students:referral_await_consent", of=REFERRAL, allowed=COORDINATORS, post=200),
    ObjectPage("students:referral_decline", of=REFERRAL, allowed=COORDINATORS, post=200),
    ObjectPage("students:referral_withdraw", of=REFERRAL, allowed={STAFF}, post=200),
    Page("students:waiting_list", allowed=COORDINATORS),
    Page("students:opening_list", allowed=COORDINATORS),
    ObjectPage("students:match", of=CASE, allowed=COORDINATORS),
    ObjectPage("students:assignment_create", of=CASE, second=SUPPORTER, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_edit", of=CASE, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_pause", of=CASE, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_resume", of=CASE, allowed=COORDINATORS, get=405, post=302),
    ObjectPage("students:case_close", of=CASE, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_reopen", of=CASE, allowed=COORDINATORS, get=302, post=302),  # it is open
    ObjectPage("students:person_create", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    # A teacher: the supporter changes the pupil's own people only.
    ObjectPage("students:person_edit", of=PERSON_AROUND, allowed=COORDINATORS, post=200),
    ObjectPage("students:person_end", of=PERSON_AROUND, allowed=COORDINATORS, post=200),
    ObjectPage("students:person_first_contact", of=PERSON_AROUND, allowed=COORDINATORS, get=405, post=302),
    ObjectPage(
        "students:assignment_end", of=ASSIGNMENT, allowed=COORDINATORS, post=200, unusual={"ended": 404}
    ),
    ObjectPage("students:student_edit", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:whereabouts", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("students:reach", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("students:whereabouts_edit", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:identity_open", of=PROTECTED, allowed={*COORDINATORS, PEER}, post=200),
    # Not open: first to the page that opens it.
    ObjectPage("students:identity_edit", of=PROTECTED, allowed=COORDINATORS, get=302, post=302),
    ObjectPage("students:sealed_guardian_edit", of=PROTECTED, allowed=COORDINATORS, get=302, post=302),
    ObjectPage("students:protection_edit", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:guardian_create", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:guardian_edit", of=GUARDIAN, allowed=COORDINATORS, post=200),
    ObjectPage("students:named_person_create", of=PROTECTED, allowed=COORDINATORS, post=200),
    ObjectPage("students:named_person_remove", of=PROTECTED, allowed=COORDINATORS, post=302),
    ObjectPage("students:school_change", of=STUDENT, allowed=COORDINATORS, post=200),
    Page("students:school_move_list", allowed=COORDINATORS),
    ObjectPage("students:school_move_answer", of=MOVE_TO_ANSWER, allowed=COORDINATORS, post=200),
    ObjectPage("students:school_move_cancel", of=MOVE, allowed=COORDINATORS, post=302),
    ObjectPage("students:merge_find", of=STUDENT, allowed=COORDINATORS, post=200),
    # Role first: it has two pupils in its address, and neither of them alone decides.
    ObjectPage("students:merge", of=STUDENT, allowed=COORDINATORS, post=200, unusual=ONLY_COORDINATORS),
    ObjectPage("students:merge_detail", of=MERGE, allowed=COORDINATORS),
    ObjectPage("students:merge_undo", of=MERGE, allowed=COORDINATORS, post=302),
)

# One pupil's part in a contact: where that pupil has none, there is no such page.
NO_SUCH_PART = {f"{COORDINATOR} ended": 404, f"{SCHOOL_COORDINATOR} ended": 404, f"{PEER} ended": 403}
# The question was asked by the coordinator of the whole organisation.
ANOTHERS = {f"{SCHOOL_COORDINATOR} POST own": 403, f"{SCHOOL_COORDINATOR} POST ended": 403}

VISITS = (
    Page("visits:contact_create", allowed={*COORDINATORS, PEER}, post=200),
    Page("visits:heads_create", allowed={PEER}, post=200),
    Page("visits:contact_offline", allowed={*COORDINATORS, PEER}),
    Page("visits:contact_token", allowed={*COORDINATORS, PEER}),
    Page("visits:contact_received", allowed={*COORDINATORS, PEER}),
    ObjectPage("visits:contact_edit", of=CONTACT, allowed={PEER}, post=200),
    ObjectPage(
        "visits:thanks_create",
        of=CONTACT,
        second=STUDENT,
        allowed=COORDINATORS,
        post=200,
        unusual=NO_SUCH_PART,
    ),
    ObjectPage(
        "visits:question_create",
        of=CONTACT,
        second=STUDENT,
        allowed=COORDINATORS,
        post=200,
        unusual=NO_SUCH_PART,
    ),
    ObjectPage(
        "visits:feedback_withdraw", of=FEEDBACK, allowed=COORDINATORS, get=405, post=302, unusual=ANOTHERS
    ),
    ObjectPage("visits:question_answer", of=FEEDBACK, allowed={PEER}, post=200),
    ObjectPage("visits:thanks_answer", of=FEEDBACK, allowed={PEER}, get=405, post=302, in_place=True),
    ObjectPage("visits:answer_take_back", of=FEEDBACK, allowed={PEER}, get=405, post=302, in_place=True),
    ObjectPage("visits:supporter_ask", of=CASE, allowed=COORDINATORS, get=405, post=302, in_place=True),
    ObjectPage("visits:question_close", of=FEEDBACK, allowed=COORDINATORS, get=405, post=302),
    Page("visits:supervision_topic_list", allowed={PEER}, post=200),
    ObjectPage("visits:supervision_topic_edit", of=TOPIC, allowed={PEER}, post=200),
    ObjectPage("visits:supervision_topic_done", of=TOPIC, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:supervision_topic_reopen", of=TOPIC, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:supervision_topic_delete", of=TOPIC, allowed={PEER}, post=302),
    Page("visits:task_create", allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:task_edit", of=TASK, allowed=COORDINATORS, post=200),
    ObjectPage("visits:task_done", of=TASK, allowed={*COORDINATORS, PEER}, get=405, post=302, in_place=True),
    ObjectPage(
        "visits:booking_create",
        of=STUDENT,
        allowed={*COORDINATORS, PEER},
        post=200,
        unusual={"coordinator ended": 302, "school_coordinator ended": 302},
    ),
    ObjectPage("visits:booking_move", of=BOOKING, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:booking_cancel", of=BOOKING, allowed={*COORDINATORS, PEER}, post=200),
    Page("visits:group_list", allowed={*COORDINATORS, PEER}),
    Page("visits:group_create", allowed=COORDINATORS, post=200),
    ObjectPage("visits:group_detail", of=GROUP, allowed={*COORDINATORS, PEER}),
    ObjectPage("visits:group_edit", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_end", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_reopen", of=GROUP, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:group_dates_create", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_members_add", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_date_move", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_date_cancel", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_date_restore", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:group_dates_undo", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:group_attendance", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_attendance_print", of=GROUP_DATE, allowed={*COORDINATORS, PEER}),
    ObjectPage("visits:group_leave", of=GROUP_MEMBER, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_return", of=GROUP_MEMBER, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:next_step_create", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:next_step_done", of=STUDENT, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:contact_move", of=CONTACT, allowed={PEER}, post=200),
    ObjectPage("visits:contact_withdraw", of=CONTACT, allowed={PEER}, post=200),
    ObjectPage("visits:contact_put_back", of=CONTACT, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:withdrawn_contacts", of=STUDENT, allowed={*COORDINATORS, PEER}),
    Page("visits:other_time_create", allowed={PEER}, post=200),
    ObjectPage("visits:other_time_edit", of=OTHER_TIME, allowed={PEER}, post=200),
    ObjectPage("visits:other_time_withdraw", of=OTHER_TIME, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:other_time_put_back", of=OTHER_TIME, allowed={PEER}, get=405, post=302),
    ObjectPage(
        "visits:task_reopen", of=TASK, allowed={*COORDINATORS, PEER}, get=405, post=302, in_place=True
    ),
    # Whoever gave it: the coordinator of the whole organisation.
    ObjectPage(
        "visits:task_take_back",
        of=TASK,
        allowed=COORDINATORS,
        get=405,
        post=302,
        in_place=True,
        unusual=ANOTHERS,
    ),
)

OTHERS = (
    Page("operations:status", allowed={ADMIN}),
    Page("schools:code_lists", allowed={*COORDINATORS, LEAD, ADMIN}),
    Page("schools:library", allowed={*COORDINATORS, PEER}, post=200),
    Page("schools:library_link_create", allowed={COORDINATOR}, post=200),
    ObjectPage("schools:library_link_edit", of=LIBRARY_LINK, allowed={COORDINATOR}, post=200),
    ObjectPage("schools:library_link_withdraw", of=LIBRARY_LINK, allowed={COORDINATOR}, get=405, post=302),
    ObjectPage("schools:library_link_put_back", of=LIBRARY_LINK, allowed={COORDINATOR}, get=405, post=302),
    Page("supporters:supporter_create", allowed={COORDINATOR}, post=200),
    ObjectPage("supporters:supporter_edit", of=SUPPORTER, allowed=COORDINATORS, post=200),
    ObjectPage("supporters:placement_create", of=SUPPORTER, allowed=COORDINATORS, post=200),
    ObjectPage("supporters:placement_end", of=PLACEMENT, allowed=COORDINATORS, post=200),
    Page("supporters:own_profile", allowed={PEER}, post=200),
    Page("supporters:lived_experience", allowed={PEER}, post=200),
    Page("supporters:lived_experience_delete", allowed={PEER}, post=302),
    ObjectPage("schools:membership_confirm", of=MEMBERSHIP, allowed={COORDINATOR, LEAD}, get=405, post=302),
    ObjectPage("schools:membership_end", of=ENDABLE, allowed=ENDERS, post=200, is_sensitive=True),
    Page("schools:member_list", allowed=COORDINATORS),
    Page("schools:invitation_list", allowed={*COORDINATORS, ADMIN}),
    Page("schools:invitation_create", allowed={*COORDINATORS, ADMIN}, post=200, is_sensitive=True),
    ObjectPage(
        "schools:invitation_send_again", of=INVITATION, allowed={*COORDINATORS, ADMIN}, get=405, post=302
    ),
    ObjectPage("schools:invitation_withdraw", of=INVITATION, allowed={*COORDINATORS, ADMIN}, post=302),
    Page("schools:break_list", allowed=COORDINATORS),
    Page("schools:break_create", allowed=COORDINATORS, post=200),
    ObjectPage("schools:break_edit", of=SCHOOL_BREAK, allowed=COORDINATORS, post=200),
    ObjectPage("schools:break_remove", of=SCHOOL_BREAK, allowed=COORDINATORS, post=302),
    ObjectPage("schools:contact_create", of=SCHOOL, allowed=COORDINATORS, post=200),
    ObjectPage("schools:contact_edit", of=SCHOOL_CONTACT, allowed=COORDINATORS, post=200),
)


def administered(
    model: str, kind: Kind, *, adds: bool = True, saves: int = 200, asks: tuple[str, ...] = ()
) -> Iterator[Page]:
    """Django admin's pages of one model: for the administrator, who deletes nothing.

    `saves` is the answer to an empty form: 302 where all its fields may be empty. `asks`: which forms write roles.
    """
    allowed = {ADMIN}
    others = dict.fromkeys(SIGNED_IN - {ADMIN}, 403)
    gone = others | {f"{ADMIN} foreign": 302, f"{ADMIN} missing": 302}  # with a message, to the index
    yield Page(f"admin:{model}_changelist", allowed=allowed, post=200)
    yield Page(f"admin:{model}_add", allowed=allowed if adds else set(), post=200, is_sensitive="add" in asks)
    change = {"of": kind, "allowed": allowed, "post": saves, "unusual": gone}
    yield ObjectPage(f"admin:{model}_change", is_sensitive="change" in asks, **change)
    yield ObjectPage(f"admin:{model}_history", of=kind, allowed=allowed, post=200, unusual=gone)
    yield ObjectPage(
        f"admin:{model}_delete", of=kind, allowed=set(), post=200, unusual=dict.fromkeys(SIGNED_IN, 403)
    )


DJANGO_ADMIN = (
    Page("admin:index", allowed={ADMIN}, get=302, post=302),  # to the page of administration
    Page("admin:jsi18n", allowed={ADMIN}, unusual=dict.fromkeys(SIGNED_IN - {ADMIN}, 403)),
    Page("admin:autocomplete", allowed=set(), unusual=dict.fromkeys(SIGNED_IN - {ADMIN}, 403)),
    Page("admin:app_list", allowed={ADMIN}, get=302, post=302),
    *administered("accounts_user", Kind("accounts_user", {ADMIN}, own="colleague"), asks=("add",)),
    *administered(
        "schools_membership",
        Kind("schools_membership", {ADMIN}, own="colleague"),
        saves=302,
        asks=("add", "change"),
    ),
    *administered("schools_school", Kind("schools_school", {ADMIN}, own="north")),
    *administered("schools_schoolcontact", Kind("schools_schoolcontact", {ADMIN}, own="north")),
    *administered("schools_localcode", Kind("schools_localcode", {ADMIN}, own="home", elsewhere="away")),
    *administered(
        "schools_organisation",
        Kind("schools_organisation", {ADMIN}, own="home", elsewhere="away"),
        adds=False,
    ),
)

PAGES: tuple[Page, ...] = (*PUBLIC, *OWN_ACCOUNT, *OVERVIEWS, *STUDENTS, *VISITS, *OTHERS, *DJANGO_ADMIN)
