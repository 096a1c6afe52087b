"""The national codes. What is stored is the value: it never changes meaning and is never taken away."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SchoolForm(models.TextChoices):
    """National codes of SS 12000 (`schoolTypes`); not editable locally."""

    PRESCHOOL_CLASS = "FKLASS", _("preschool class")
    COMPULSORY = "GR", _("compulsory school")
    ADAPTED_COMPULSORY = "GRS", _("adapted compulsory school")
    SPECIAL = "SP", _("special school")
    SAMI = "SAM", _("Sami school")
    UPPER_SECONDARY = "GY", _("upper secondary school")
    ADAPTED_UPPER_SECONDARY = "GYS", _("adapted upper secondary school")


class Sex(models.TextChoices):
    """Legal sex as SS 12000 gives it (Kvinna, Man, Okänt); statistics are divided by it (förordning 2001:100
    § 14).
    """

    GIRL = "girl", _("girl")
    BOY = "boy", _("boy")
    NOT_STATED = "not_stated", _("not stated")


class Protection(models.TextChoices):
    """DOMAIN §4. Any level but none means: the alias, to everyone, everywhere."""

    NONE = "none", pgettext_lazy("protection", "none")
    MARKED = "marked", _("confidentiality mark")
    REGISTRATION = "registration", _("protected registration")
    LOCAL = "local", _("local protection")


class AbsenceKind(models.TextChoices):
    """How absence is told of (DOMAIN §2, §10): by validity, length and pattern, never by its reason."""

    VALID = "valid", _("valid absence")
    INVALID = "invalid", _("invalid absence")
    REPORTED = "reported", _("reported absence")
    LEAVE = "leave", _("granted leave")
    LATE = "late", _("late arrival")
    SPORADIC = "sporadic", _("sporadic absence")
    CONTINUOUS = "continuous", _("long-term absence")


class ContactKind(models.TextChoices):
    """What a contact was (DOMAIN §10)."""

    HOME_VISIT = "home_visit", _("Home visit")
    AT_SCHOOL = "at_school", _("At school")
    ACTIVITY = "activity", _("Walk or activity")
    ACCOMPANY = "accompany", _("Going along")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video call")
    MESSAGE = "message", _("Text or chat")
    GROUP = "group", _("Group")
    GUARDIAN_CONTACT = "guardian_contact", _("Guardian")
    STAFF_CONTACT = "staff_contact", _("School staff")
    BREAK_PRESENCE = "break_presence", _("Break presence")
    DROP_IN = "drop_in", _("Drop-in")


class ContactTopic(models.TextChoices):
    """What people did together, in everyday words (SEED_FACTS 18): fixed, and never about health."""

    TALK = "talk", _("talked")
    WALK = "walk", _("went for a walk")
    MOVE = "move", _("exercised or played sports")
    PLAY = "play", _("played a game")
    MAKE = "make", _("made or created something")
    MEAL = "meal", _("ate or had a break together")
    OUTING = "outing", _("tried something new in town")
    SCHOOLWORK = "schoolwork", _("did schoolwork")
    WAY_TO_SCHOOL = "way_to_school", _("practised the way to school")
    BE_AT_SCHOOL = "be_at_school", _("were at school together")
    EVERYDAY = "everyday", _("sorted out things at home")
    APPLICATIONS = "applications", _("filled in forms or called an authority")
    PLANNING = "planning", _("planned what comes next")


# Whoever came: a number of heads and no names, so no pupil has a part in one.
KINDS_WITHOUT_NAMES = (ContactKind.BREAK_PRESENCE, ContactKind.DROP_IN)


class ContactMode(models.TextChoices):
    """In which way people met or talked (SEED_FACTS 20)."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")
    CHAT = "chat", _("by text or chat")
    GROUP = "group", _("in a group")


class OtherTimeKind(models.TextChoices):
    """What a supporter's time without a pupil goes to."""

    TEAM_MEETING = "team_meeting", _("Team meeting")
    TRAVEL = "travel", pgettext_lazy("kind of time", "Travel")
    COVER = "cover", _("Standing in for staff")
    TRAINING = "training", pgettext_lazy("kind of time", "Training")
    SUPERVISION = "supervision", pgettext_lazy("kind of time", "Supervision")
    PREPARATION = "preparation", _("Preparation")
    OTHER = "other", pgettext_lazy("kind of time", "Other")


class SupportPurpose(models.TextChoices):
    """What the support is for: the seven purposes of SEED_FACTS 22."""

    TRAINING = "training", _("training")
    NAVIGATION = "navigation", _("finding one's way among authorities")
    WELLBEING = "wellbeing", _("wellbeing")
    COPING = "coping", _("handling what is hard")
    COMMUNITY = "community", _("belonging where one lives")
    READINESS = "readiness", _("ready for school or work")
    EMPOWERMENT = "empowerment", _("empowerment through shared experience")


class PeerModel(models.TextChoices):
    """How a placement stands beside the ordinary staff: the three models of SEED_FACTS 24."""

    CONVENTIONAL = "conventional", _("conventional")
    SUPPLEMENTARY = "supplementary", _("supplementary")
    SEPARATE = "separate", _("separate")
