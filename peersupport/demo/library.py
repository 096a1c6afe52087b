"""The links that Lindsjö's supporters may show a pupil: real pages that everybody knows, by their front doors."""

from accounts.models import User
from peersupport.demo.acting import as_user
from schools.services import LinkWords, add_link

LINKS = (
    LinkWords(
        "help", "Bris", "https://www.bris.se/", "Ring 116 111 eller chatta, för dig under 18", ["coping"]
    ),
    LinkWords("help", "1177", "https://www.1177.se/", "Råd hela dygnet. Ring 1177", ["coping", "wellbeing"]),
    LinkWords(
        *("help", "Jourhavande kompis", "https://jourhavandekompis.se/"),
        *("Chatt med någon som själv är ung", ["coping", "community"]),
    ),
    LinkWords(
        "help", "UMO", "https://www.umo.se/", "Om att vara ung. Det finns svar på det mesta", ["wellbeing"]
    ),
    LinkWords(
        *("rights", "Barnombudsmannen", "https://www.barnombudsmannen.se/"),
        *("Dina rättigheter enligt barnkonventionen", ["navigation", "empowerment"]),
    ),
    LinkWords(
        *("rights", "Skolinspektionen", "https://www.skolinspektionen.se/"),
        *("Vad skolan ska göra, och vart man vänder sig", ["navigation", "readiness"]),
    ),
    LinkWords(
        *("rights", "Specialpedagogiska skolmyndigheten", "https://www.spsm.se/"),
        *("Stöd och anpassningar i skolan, om elevhälsan", ["readiness"]),
    ),
    LinkWords(
        *("rights", "Försäkringskassan", "https://www.forsakringskassan.se/"),
        *("När en förälder behöver vara hemma, och bidrag", ["navigation"]),
    ),
    LinkWords("app", "Legimus", "https://www.legimus.se/", "Böcker att lyssna på", ["training", "readiness"]),
    LinkWords(
        "app", "Västtrafik", "https://www.vasttrafik.se/", "Resan till skolan, öva på vägen", ["training"]
    ),
)


def fill(petra: User) -> None:
    """As the coordinator put them in."""
    with as_user(petra):
        for words in LINKS:
            add_link(by=petra, words=words)
