"""The links that Lindsjö's supporters may show a pupil: real pages that everybody knows, by their front doors."""

from accounts.models import User
from peersupport.demo.acting import as_user
from schools.services import LinkWords, add_link

# Kind, title, host, what it is good for, purposes.
LINKS = (
    ("help", "Bris", "www.bris.se", "Ring 116 111 eller chatta, för dig under 18", ["coping"]),
    ("help", "1177", "www.1177.se", "Råd hela dygnet. Ring 1177", ["coping", "wellbeing"]),
    ("help", "Jourhavande kompis", "jourhavandekompis.se", "Chatt med någon som själv är ung", ["community"]),
    ("help", "UMO", "www.umo.se", "Om att vara ung. Det finns svar på det mesta", ["wellbeing"]),
    (
        "rights",
        "Barnombudsmannen",
        "www.barnombudsmannen.se",
        "Dina rättigheter",
        ["navigation", "empowerment"],
    ),
    (
        "rights",
        "Skolinspektionen",
        "www.skolinspektionen.se",
        "Vad skolan ska göra",
        ["navigation", "readiness"],
    ),
    ("rights", "Skolverket", "www.skolverket.se", "Om elevhälsan och stöd i skolan", ["readiness"]),
    (
        "rights",
        "Försäkringskassan",
        "www.forsakringskassan.se",
        "När en förälder behöver vara hemma",
        ["navigation"],
    ),
    ("app", "Legimus", "www.legimus.se", "Böcker att lyssna på", ["training", "readiness"]),
    ("app", "Västtrafik", "www.vasttrafik.se", "Resan till skolan, öva på vägen", ["training"]),
)


def fill(petra: User) -> None:
    """As the coordinator put them in."""
    with as_user(petra):
        for kind, title, host, text, purposes in LINKS:
            add_link(by=petra, words=LinkWords(kind, title, f"https://{host}/", text, purposes))
