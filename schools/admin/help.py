"""What each field in Django admin is for, in words for whoever fills it in."""

from django.utils.translation import gettext_lazy as _

ANOTHER_CONFIRMS = _(
    "A role that sees pupils takes effect when a coordinator or the programme lead confirms it."
)

USER = {
    "email": _("The person signs in with it and gets mail there. It cannot be changed afterwards."),
    "given_name": _("As colleagues know the person."),
    "family_name": _("Lists are in the order of family names."),
    "phone": _("For colleagues only. Leave empty what is private."),
    "role": ANOTHER_CONFIRMS,
    "school": _("Empty means the whole organisation."),
    "is_active": _("Untick to stop the person: signed out everywhere at once. What they wrote stays."),
    "needs_second_factor": _("Follows from the person's roles: all but peer supporter need one."),
}
MEMBERSHIP = {
    "email": _("Somebody new is added under Users."),
    "person": _("Who has the role."),
    "role": ANOTHER_CONFIRMS,
    "school": _("Empty means the whole organisation."),
    "place": _("Where the role holds: the whole organisation or one school."),
    "granted_by": _("Nobody gives a role to themselves."),
    "is_confirmed": _("Until then the role opens nothing."),
    "valid_from": _("The first day. The role opens nothing before it."),
    "valid_to": _("The last day. Empty means until further notice."),
    "ends_now": _("Access ends at once, whatever the last day says."),
}
SCHOOL = {
    "name": _("As it stands in the school unit register."),
    "unit_code": _("Eight digits, from the school unit register. Zeros at the start count."),
    "municipality_code": _("Four digits: where the school lies."),
    "forms": _("National codes; tick those the school has."),
    "grades": _("For example F–9 or gy 1–3."),
    "status": _("A closed school keeps its history and is offered nowhere."),
    "phone": _("The school's switchboard or office."),
}
SCHOOL_CONTACT = {
    "school": _("At which school."),
    "function": _("For example principal or counsellor."),
    "name": _("May be left empty: the function is enough."),
    "email": _("Preferably one that more than one person reads."),
    "phone": _("Fill in a phone number or an e-mail address."),
}
ORGANISATION = {
    "name": _("Stands on every page for those who work here."),
    "kind": _("Set by the operator."),
    "number": _("Ten digits, without a hyphen."),
    "municipality_code": _("Four digits. Empty for an association or a region."),
    "days_without_contact": _(
        "After more days than this without a meeting a pupil is listed, for coordinator and supporter alike."
    ),
    "days_before_first_contact": _("The same for a pupil who has not been met yet, from the first day."),
    "counts_school_days": _(
        "Weekends, public holidays and the breaks that coordinators keep are left out; else all days count."
    ),
    "counted_kinds": _("The days begin again after a contact of these kinds, whoever held it."),
    "students_per_full_time": _("A supporter's places follow from it and from how much they work."),
    "target_group_one": _(
        "What staff call the pupils, for example “elev med problematisk skolfrånvaro”. Families never see it."
    ),
    "target_group_many": _("The same for several: “elever med problematisk skolfrånvaro”."),
    "offered_contact_kind": _("When a contact is written down."),
    "offered_contact_mode": _("When a contact was held in another way than usual."),
    "offered_other_time_kind": _("When a supporter writes down time without a pupil."),
    "offered_contact_topic": _("When someone writes down what was done."),
    "offered_support_purpose": _("When a coordinator says what a pupil's support is for."),
    "offered_peer_model": _("When a supporter is placed at a school."),
    "offered_school_form": _("When a pupil is referred or a record is changed."),
    "offered_absence_kind": _("When absence is written down."),
}
LOCAL_CODE = {
    "code_list": _("Which list the value belongs to. It cannot be changed afterwards."),
    "stands_for": _("The national value it counts as in reports. It cannot be changed afterwards."),
    "national_word": _("The national value it counts as in reports. It cannot be changed afterwards."),
    "label": _("What people read and choose."),
    "label_en": _("Empty means the Swedish word."),
    "label_da": _("Empty means the Swedish word."),
    "is_offered": _("Untick and it is offered no more; what has been written keeps its word."),
}
