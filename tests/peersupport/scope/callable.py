"""Every function of the database, and whether the web role may call it.

A new function is closed until it is written here, or open to be misused.
"""

CALLABLE_BY_WEB = {
    "accept_invitation", "alarm_card", "answer_alarm", "answer_school_move", "app_link_id",
    "app_link_kind", "app_link_object", "app_link_student", "app_membership_id", "app_role", "app_today",
    "app_user_id", "apply_school_moves", "asks_for_help", "cancel_school_move", "change_meeting_rules",
    "close_alarms", "correct_guardian", "correct_identity", "drill_is_missing", "duty_at", "duty_gaps",
    "feed_rows", "follow_part", "forget_old_merges", "group_changes", "group_size", "has_whereabouts",
    "holds_role", "invitation_traces", "invitations_to_look_at", "keep_feed", "knows_breaks",
    "last_met_my_student", "late_part_ids", "late_pupils", "latest_meeting", "merge_facts", "merge_plan",
    "merge_students", "my_alarms", "my_colleagues", "my_groups", "my_led_groups", "my_membership",
    "my_organisation", "my_organisations", "my_placements", "my_referred_students", "my_roles",
    "my_schools", "my_students", "my_supporters", "my_team", "my_time", "my_uncounted_kinds",
    "my_workplaces", "noted_by_others", "open_alarm_address", "open_identity", "open_link",
    "open_visit_address", "open_whereabouts", "opened_guardians", "opened_identity", "opened_invitation",
    "opened_people", "operations_status", "over_at", "participants_taken", "parts_of_my_contact",
    "pass_alarm", "plan_school_move", "procrastinate_defer_jobs_v1", "pupils_taken", "raise_alarm",
    "resolve_alarm", "safety_overview", "school_contact_weeks", "school_moves_are_due", "scope_begin",
    "seal_referrals", "search_students", "supporter_contact_weeks", "supporter_loads",
    "supporter_minutes", "take_alarm", "taken_times", "task_owners", "tell_coordinator", "tell_group",
    "tick_off_step", "time_since_met", "told_of_date", "told_of_opening", "tries_since",
    "unmerge_students", "untell_group", "untell_participant", "was_my_part", "was_my_student",
    "watched_at", "withdraw_referral", "withdraw_visit_keys", "works_elsewhere",
}  # fmt: skip
CLOSED_TO_WEB = {
    "_pgh_attach_context", "_pgtrigger_should_ignore", "alarm_to_answer", "alarm_told", "answer_call",
    "carry_out_move", "coordinator_to_tell", "digest_figures", "duty_rows", "group_members",
    "group_takes_time", "is_my_visit", "is_open", "kept_student", "linked_invitation", "log_opening",
    "log_visit", "may_correct", "may_open", "membership_schools", "memberships_without_digest",
    "my_ended_assignments", "needs_address", "new_visit_number", "own_times", "people_to_call",
    "pupil_is_taken", "put_alarm", "reminders_due", "take_time", "teller_of", "time_spent", "trace_align",
    "trace_cases", "trace_chosen", "trace_copies", "trace_enrolment", "trace_first_contact",
    "trace_forget", "trace_insert", "trace_key", "trace_later_parts", "trace_like", "trace_made",
    "trace_moves", "trace_parts", "trace_row", "trace_said", "trace_set", "trace_take",
    "trace_time_is_taken", "trace_undo", "trace_values", "trace_where", "trace_whereabouts",
    "trace_write", "watch_visits",
}  # fmt: skip
