"""What an administrator types in Django admin."""

from peersupport.lib.dates import today
from schools import codes

REGISTERED = {
    "accounts.user", "schools.localcode", "schools.membership", "schools.organisation", "schools.school", "schools.schoolcontact",
}  # fmt: skip
EVERYTHING_OFFERED = {
    f"offered_{each.name}": [known.code for known in each.codes] for each in codes.LISTS if each.may_hide
}
LISTS = [f"admin:{label.replace('.', '_')}_changelist" for label in sorted(REGISTERED)]
NEW_USER = {
    "email": "Ny.Person@skola.example",
    "given_name": "Ny",
    "family_name": "Exempelsson",
    "phone": "",
    "role": "coordinator",
    "school": "",
}


def membership_data(user, role, **values):
    return {
        "email": user.email,
        "role": role,
        "school": "",
        "valid_from": today().isoformat(),
        "valid_to": "",
        **values,
    }


def settings_of(organisation, **changes):
    """Of an organisation that leaves no code out of its forms."""
    return {
        "name": organisation.name, "number": "", "municipality_code": "", "days_without_contact": 14,
        "days_before_first_contact": 5, "counted_kinds": ["home_visit"], "students_per_full_time": 12,
        "target_group_one": "", "target_group_many": "", **EVERYTHING_OFFERED, **changes,
    }  # fmt: skip
