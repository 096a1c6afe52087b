"""Who is around the pupils of the tale, and how they are reached."""

from typing import Any

from accounts.models import User
from peersupport.demo.acting import as_user
from students import services
from students.models import Student

# Amina, Yusuf and Hugo have a phone too; by position in the tale.
HOW_TO_REACH = {1: "Svarar på sms, inte på samtal", 2: "", 3: "Ring efter klockan 15"}


def tell_around(students: list[Student], petra: User) -> None:
    """Guardians, an address and phones, told by Petra."""
    oskar, amina = students[0], students[1]
    with as_user(petra):
        _guardian(petra, oskar, "Maria", "mother", phone="070-1740611", how_to_reach="Sms, efter klockan 16")
        _guardian(petra, oskar, "Daniel", "father", phone="070-1740612")
        _guardian(
            petra,
            amina,
            "Fadumo",
            "mother",
            phone="070-1740613",
            language="somaliska",
            needs_interpreter=True,
        )
        _guardian(petra, amina, "Abdi", "father", not_to_be_contacted=True)
        services.write_whereabouts(
            student=oskar, by=petra,
            fields={"street": "Provgränd 3", "postal_code": "000 00", "city": "Lindsjö", "phone": "070-1740614",
                    "how_to_reach": "Helst sms"},
        )  # fmt: skip
        for number, words in HOW_TO_REACH.items():
            fields = {"phone": f"070-17406{20 + number}", "how_to_reach": words}
            services.write_whereabouts(student=students[number], by=petra, fields=fields)


def _guardian(by: User, student: Student, given_name: str, relation: str, **fields: Any) -> None:
    fields = {"given_name": given_name, "relation": relation, "language": "svenska"} | fields
    services.add_guardian(student=student, by=by, fields=fields)
