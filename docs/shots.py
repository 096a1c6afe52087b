"""The handbook's pictures: who opens which page, and what is shown of it. `make screenshots` takes them."""

from typing import NamedTuple

WIDE, PHONE = 1280, 390
CUT_OFF = ""  # among what is pressed: from here on there is no network
COORDINATOR, PEER, SUPERVISOR = "samordnare", "peer", "handledare"
STAFF, LEAD, ADMIN, REVIEWER = "rektor", "ledare", "admin", "granskare"


class Shot(NamedTuple):
    """One picture: who opens which page, what they press on the way, and how much of it is shown."""

    name: str
    who: str  # "" is nobody: the pages before one has signed in
    url_name: str
    press: tuple[str, ...] = ()  # links, buttons and choices, by the words on them; CUT_OFF
    width: int = WIDE
    height: int = 800
    part: str = ""  # a selector: this part of the page alone


SHOTS = (
    # Everybody's
    Shot("logga-in", "", "account_login", width=PHONE, height=600),
    Shot("mitt-konto", PEER, "accounts:profile", height=580),
    Shot("mina-roller", LEAD, "accounts:profile", height=580),
    # The peer supporter's week
    Shot("min-dag", PEER, "overviews:my_day", width=PHONE, height=844),
    Shot(
        "ny-kontakt", PEER, "visits:contact_create", ("Oskar", "Hembesök", "Vi sågs"), width=PHONE, height=844
    ),
    Shot(
        "utan-nat",
        PEER,
        "visits:contact_create",
        ("Oskar", "Hembesök", "Vi sågs", "60 min", CUT_OFF, "Spara kontakt"),
        width=PHONE,
        height=620,
    ),
    Shot("elevsida-telefon", PEER, "overviews:student_list", ("Oskar Exempelsson",), width=PHONE, height=844),
    Shot(
        "adress",
        PEER,
        "overviews:student_list",
        ("Oskar Exempelsson", "Så når du eleven"),
        width=PHONE,
        height=700,
    ),
    Shot("hembesok", PEER, "overviews:my_day", ("Incheckad",), width=PHONE, height=844),
    Shot("skyddad-elev", PEER, "overviews:student_list", ("Elev",), width=PHONE, height=700),
    Shot(
        "fel-elev",
        PEER,
        "overviews:student_list",
        ("Oskar Exempelsson", "Ändra", "Flytta till rätt elev"),
        width=PHONE,
        height=600,
    ),
    Shot("fragor-till-dig", PEER, "overviews:feedback_list", width=PHONE, height=700),
    Shot("en-grupp", PEER, "visits:group_list", ("Spelgruppen",), width=PHONE, height=760),
    Shot("vilka-kom", PEER, "visits:group_list", ("Spelgruppen", "Vilka kom?"), width=PHONE, height=760),
    Shot("kalender", PEER, "overviews:calendar", width=PHONE, height=844),
    Shot("orolig", PEER, "safety:concern", width=PHONE, height=844),
    Shot("min-manad", PEER, "overviews:my_month", width=PHONE, height=760),
    Shot("lankar", PEER, "schools:library", width=PHONE, height=760),
    Shot("uppgifter", PEER, "overviews:task_list", width=PHONE, height=560),
    Shot("det-har-syns", PEER, "overviews:seen_me", height=900),
    Shot("om-mig", PEER, "supporters:own_profile", height=900),
    # The coordinator's
    Shot("oversikt", COORDINATOR, "overviews:overview", height=900),
    Shot("hembesok-i-dag", COORDINATOR, "safety:visit_list", height=640),
    Shot("jour", COORDINATOR, "safety:duty_list", height=760),
    Shot("tillbud", COORDINATOR, "safety:incident_list", height=520, part="main"),
    Shot("allas-kalender", COORDINATOR, "overviews:calendar", height=800),
    Shot("forfragan", COORDINATOR, "students:referral_list", ("Malte Provdal",), height=760),
    Shot("vantelista", COORDINATOR, "students:waiting_list", height=520),
    Shot("matcha", COORDINATOR, "students:waiting_list", ("Matcha",), height=760),
    Shot("elever", COORDINATOR, "overviews:student_list", height=700),
    Shot("elevsida", COORDINATOR, "overviews:student_list", ("Hugo Exempelsson",), height=1000),
    Shot(
        "runt-eleven",
        COORDINATOR,
        "overviews:student_list",
        ("Amina Exempelsson",),
        height=600,
        part="section[aria-labelledby=around-title]",
    ),
    Shot(
        "tidslinje",
        COORDINATOR,
        "overviews:student_list",
        ("Amina Exempelsson",),
        height=680,
        part="section[aria-labelledby=timeline-title]",
    ),
    Shot(
        "andringar",
        COORDINATOR,
        "overviews:student_list",
        ("Amina Exempelsson", "Mer", "Ändringar"),
        height=740,
    ),
    Shot(
        "avsluta-stodet",
        COORDINATOR,
        "overviews:student_list",
        ("Amina Exempelsson", "Mer", "Avsluta stödet"),
        height=800,
    ),
    Shot(
        "byt-skola",
        COORDINATOR,
        "overviews:student_list",
        ("Amina Exempelsson", "Mer", "Byt skola"),
        height=705,  # without the field of a date
    ),
    Shot(
        "sla-ihop",
        COORDINATOR,
        "students:waiting_list",
        ("Saga Låtsman", "Mer", "Slå ihop med en dubblett", "Jämför"),
        height=900,
    ),
    Shot("tack-och-fragor", COORDINATOR, "overviews:feedback_list", height=520, part="main"),
    Shot("en-grupp-alla", COORDINATOR, "visits:group_list", ("Spelgruppen",), height=620, part="main"),
    Shot("medarbetare", COORDINATOR, "schools:member_list", height=520, part="main"),
    Shot("inbjudningar", COORDINATOR, "schools:invitation_list", height=520, part="main"),
    Shot("oppnade-namn", COORDINATOR, "students:opening_list", height=360, part="main"),
    Shot("regler", COORDINATOR, "overviews:meeting_rules", ("Telefon", "Visa vad det ändrar"), height=1000),
    Shot("peer-supportrar", COORDINATOR, "overviews:supporter_list", height=700),
    Shot("skola", COORDINATOR, "overviews:school_list", ("Silverlindsskolan",), height=740),
    Shot(
        "veckor",
        COORDINATOR,
        "overviews:school_list",
        ("Silverlindsskolan",),
        height=560,
        part="section[aria-labelledby=weeks-title]",
    ),
    # School staff's
    Shot("min-skola", STAFF, "overviews:my_school", height=700),
    Shot("ny-forfragan", STAFF, "students:referral_create", height=900),
    Shot("svaret", STAFF, "students:referral_list", ("Otto Fiktander",), height=600),
    # The others'
    Shot("mina-peer-supportrar", SUPERVISOR, "overviews:my_supporters", height=560),
    Shot("en-peer-supporter", SUPERVISOR, "overviews:my_supporters", ("Karim Testhage",), height=800),
    Shot("kodlistor", LEAD, "schools:code_lists", height=760),
    Shot("verksamheten", LEAD, "overviews:programme", height=440),
    Shot("administration", ADMIN, "overviews:administration", height=800),
    Shot("drift", ADMIN, "operations:status", height=560),
    Shot("anvandare", ADMIN, "admin:accounts_user_changelist", height=640),
    Shot("atkomstlogg", REVIEWER, "overviews:access_log", height=400, part="main table"),
    # Last: from here on this person reads Danish.
    Shot("sprak", SUPERVISOR, "accounts:profile", ("Dansk",), height=640),
)
