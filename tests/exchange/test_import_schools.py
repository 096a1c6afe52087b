"""The school-unit register's file: both versions, bad rows, again and again."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from exchange.school_units import NotTheRegister, read_rows
from peersupport.demo.factories import OrganisationFactory, SchoolFactory
from peersupport.demo.owner import owner
from schools.models import Organisation, School, SchoolStatus

pytestmark = pytest.mark.django_db

OWNER_NUMBER = "2120009901"
ROW = {
    "Skolenhetskod": "00000101",
    "Skolenhetsnamn": "Havreängsskolan",
    "Kommunkod": "0180",
    "PeOrgNr": OWNER_NUMBER,
    "Status": "Aktiv",
}


@pytest.fixture
def run(tmp_path):
    """Imports a document, or bytes, as the operator; returns the lines printed."""

    def run_import(document, *arguments):
        path = tmp_path / "register.json"
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        path.write_bytes(content)
        printed = io.StringIO()
        with owner():
            call_command("import_schools", str(path), *arguments, stdout=printed)
        return printed.getvalue().splitlines()

    return run_import


@pytest.fixture
def saved():
    """The schools in the database: code → school."""

    def read():
        with owner():
            return {school.unit_code: school for school in School.objects.select_related("organisation")}

    return read


def version_1(*rows):
    return {"Uttagsdatum": "2026-11-20T06:00:00", "Skolenheter": list(rows)}


def version_2(*rows):
    return {"meta": {"extractDate": "2026-11-20"}, "data": {"type": "schoolunit", "attributes": list(rows)}}


def test_import_schools_creates_school_and_owner_from_version_1(run, saved):
    lines = run(version_1(ROW))

    school = saved()["00000101"]
    assert (school.name, school.municipality_code, school.status) == ("Havreängsskolan", "0180", "active")
    assert school.organisation.number == OWNER_NUMBER
    assert lines == ["00000101 Havreängsskolan: skapad", "1 rad: 1 skapad."]


def test_import_schools_reads_version_2_with_other_spellings(run, saved):
    row = {
        "schoolUnitCode": "00000101",
        "displayName": "Havreängsskolan",
        "municipalityCode": "0180",
        "organizationNumber": "212000-9901",
        "status": "VILANDE",
    }
    run(version_2(row))

    school = saved()["00000101"]
    assert (school.name, school.municipality_code, school.status) == ("Havreängsskolan", "0180", "dormant")
    assert school.organisation.number == OWNER_NUMBER


def test_import_schools_of_version_2s_list_needs_to_know_the_owner(run, saved):
    row = {"schoolUnitCode": "00000101", "name": "Havreängsskolan", "status": "AKTIV"}
    organisation = OrganisationFactory(name="Lindsjö kommun")

    lines = run(version_2(row))
    assert "avvisad" in lines[0]
    assert "--organisation" in lines[0]

    for wanted in ("Lindsjö kommun", str(organisation.public_id)):
        run(version_2(row), "--organisation", wanted)
        assert saved()["00000101"].organisation == organisation


def test_import_schools_again_changes_nothing_and_says_so(run, saved):
    run(version_1(ROW))
    before = saved()["00000101"].version

    assert run(version_1(ROW)) == ["00000101 Havreängsskolan: oförändrad", "1 rad: 1 oförändrad."]
    assert saved()["00000101"].version == before


def test_import_schools_says_which_fields_it_updates(run, saved):
    run(version_1(ROW))

    lines = run(version_1(ROW | {"Skolenhetsnamn": "Nya Havreängsskolan", "Status": "Upphört"}))

    assert lines[0] == "00000101 Nya Havreängsskolan: uppdaterad: namn, status"
    school = saved()["00000101"]
    assert (school.name, school.status, school.version) == ("Nya Havreängsskolan", SchoolStatus.CLOSED, 2)


def test_import_schools_leaves_alone_what_the_file_does_not_say(run, saved):
    run(version_1(ROW))

    run(version_2({"schoolUnitCode": "00000101"}))

    school = saved()["00000101"]
    assert (school.name, school.municipality_code, school.status) == ("Havreängsskolan", "0180", "active")


def test_import_schools_never_deletes(run, saved):
    run(version_1(ROW, ROW | {"Skolenhetskod": "00000102"}))

    run(version_1(ROW))
    run(version_1())

    assert set(saved()) == {"00000101", "00000102"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"Skolenhetskod": "123"}, "åtta siffror"),
        ({"Skolenhetskod": None}, "åtta siffror"),
        ({"Skolenhetsnamn": ""}, "avvisad: namn: "),
        ({"Skolenhetsnamn": "H" * 121}, "avvisad: namn: "),
        ({"Kommunkod": "18"}, "avvisad: kommunkod: En kommunkod har fyra siffror."),
        ({"PeOrgNr": "12"}, "tio siffror"),
        ({"PeOrgNr": "850101-1234"}, "privatperson"),
        ({"Status": "Kanske"}, "Kanske"),
        ("not a unit", "ingen skolenhet"),
        (None, "ingen skolenhet"),
        ([1], "ingen skolenhet"),
    ],
)
def test_import_schools_rejects_a_bad_row_and_goes_on(run, saved, change, why):
    bad = ROW | change if isinstance(change, dict) else change
    good = ROW | {"Skolenhetskod": "00000102", "Skolenhetsnamn": "Silverlindsskolan"}

    lines = run(version_1(bad, good))

    assert "avvisad: " in lines[0]
    assert why in lines[0]
    assert "850101" not in lines[0]
    assert lines[1] == "00000102 Silverlindsskolan: skapad"
    assert lines[2] == "2 rader: 1 skapad, 1 avvisad."
    assert set(saved()) == {"00000102"}


def test_import_schools_rejects_the_second_row_with_a_code(run, saved):
    lines = run(version_1(ROW, ROW | {"Skolenhetsnamn": "En annan"}))

    assert "rad 1" in lines[1]
    assert saved()["00000101"].name == "Havreängsskolan"


def test_import_schools_takes_codes_that_have_become_numbers(run, saved):
    run(version_1(ROW | {"Skolenhetskod": 101, "Kommunkod": 180, "PeOrgNr": 2120009901}))

    assert saved()["00000101"].municipality_code == "0180"


def test_import_schools_drops_what_cannot_be_printed(run, saved):
    run(version_1(ROW | {"Skolenhetsnamn": "Havre\x00ängs\ud800skolan\x1b"}))

    assert saved()["00000101"].name == "Havreängsskolan"


def test_import_schools_moves_no_school_to_another_owner(run, saved):
    school = SchoolFactory(unit_code="00000101", organisation__number="2120000001")

    lines = run(version_1(ROW))

    assert "avvisad" in lines[0]
    assert saved()["00000101"].organisation == school.organisation
    with owner():
        assert not Organisation.objects.filter(number=OWNER_NUMBER).exists()


def test_import_schools_for_one_organisation_passes_over_the_others(run, saved):
    OrganisationFactory(name="Lindsjö kommun", number=OWNER_NUMBER)
    other = ROW | {"Skolenhetskod": "00000102", "PeOrgNr": "5560000001"}

    lines = run(version_1(ROW, other), "--organisation", "Lindsjö kommun")

    assert set(saved()) == {"00000101"}
    assert lines[-1] == "2 rader: 1 skapad, 1 överhoppad, hör till en annan huvudman."


def test_import_schools_uses_one_owner_for_all_its_units(run):
    run(version_1(ROW, ROW | {"Skolenhetskod": "00000102", "PeOrgNr": "16212000-9901"}))

    with owner():
        assert Organisation.objects.filter(number=OWNER_NUMBER).count() == 1


def test_import_schools_dry_run_saves_nothing(run, saved):
    lines = run(version_1(ROW), "--dry-run")

    assert lines[0] == "00000101 Havreängsskolan: skapad"
    assert "inget är sparat" in lines[-1]
    assert saved() == {}


def test_import_schools_reads_a_file_with_byte_order_mark(run, saved):
    run(b"\xef\xbb\xbf" + json.dumps(version_1(ROW), ensure_ascii=False).encode())

    assert saved()["00000101"].name == "Havreängsskolan"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (json.dumps(version_1(ROW), ensure_ascii=False).encode("latin-1"), "inte UTF-8"),
        (b"{", "inte JSON"),
        (b"", "inte JSON"),
        (b"[]x", "inte JSON"),
        (b"[" * 200_000, "inte JSON"),
        (b"1" * 5000, "inte JSON"),
        (b'{"Skolenheter": {}}', "ingen lista"),
        (b'{"data": {}}', "ingen lista"),
        (b'"text"', "ingen lista"),
    ],
)
def test_import_schools_refuses_another_file_in_words(run, content, why):
    with pytest.raises(CommandError, match=why):
        run(content)


def test_import_schools_names_a_missing_file_and_organisation(run, tmp_path):
    with pytest.raises(CommandError, match="saknas"), owner():
        call_command("import_schools", str(tmp_path / "saknas.json"))
    with pytest.raises(CommandError, match="Okända"):
        run(version_1(ROW), "--organisation", "Okända kommunen")
    OrganisationFactory.create_batch(2, name="Samma namn")
    with pytest.raises(CommandError, match="UUID"):
        run(version_1(ROW), "--organisation", "Samma namn")


def test_read_rows_takes_a_bare_list():
    assert read_rows(b"[{}]") == [{}]
    with pytest.raises(NotTheRegister):
        read_rows(b"{}")
