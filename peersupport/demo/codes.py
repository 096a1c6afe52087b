"""What Lindsjö calls things: a kind of contact and a purpose of its own, a value left out, words for the pupils."""

from typing import NamedTuple

from peersupport.demo.acting import as_user
from peersupport.demo.cast import Cast
from schools.models import LocalCode, Organisation


class OwnValues(NamedTuple):
    """The values that the story uses."""

    walk: LocalCode
    leisure: LocalCode


def own_words(cast: Cast) -> OwnValues:
    """As the municipality's administrator has it, as the web role and within their scope."""
    admin, here = cast.users["admin"], {"organisation": cast.organisation}
    with as_user(admin):
        Organisation.objects.visible_to(admin).update(
            hidden_codes=["school_form:SAM", "contact_mode:group"],
            target_group_one="elev på väg tillbaka",
            target_group_many="elever på väg tillbaka till skolan",
        )
        walk = LocalCode.objects.create(
            code_list="contact_kind", national_code="home_visit", label="Promenad hemifrån",
            label_en="Walk from home", label_da="Gåtur hjemmefra", **here,
        )  # fmt: skip
        leisure = LocalCode.objects.create(
            code_list="support_purpose", national_code="community", label="Hitta något att göra på fritiden",
            label_en="Find something to do in one’s spare time", label_da="Finde noget at lave i fritiden", **here,
        )  # fmt: skip
        LocalCode.objects.create(
            code_list="contact_kind",
            national_code="message",
            label="Brev i brevlådan",
            is_offered=False,
            **here,
        )
    return OwnValues(walk, leisure)
