from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from peersupport.lib.spreadsheets import Sheet, xlsx


@pytest.mark.parametrize(
    "payload",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "https://example.se", "|x", "%0A=1"],
)
def test_text_stays_text_whatever_it_begins_with(payload):
    sheet = Sheet("Blad", ["Ord"], [(payload,)])
    (cell,) = load_workbook(BytesIO(xlsx([sheet]))).worksheets[0]["A2:A2"][0]
    assert (cell.value, cell.data_type, cell.hyperlink) == (payload, "s", None)


def test_days_and_numbers_are_days_and_numbers():
    sheet = Sheet("Blad", ["Dag", "Antal"], [(date(2026, 11, 3), 4)], sums=("Summa", Decimal("4.5")))
    lines = list(load_workbook(BytesIO(xlsx([sheet]))).worksheets[0].values)
    assert lines[1][0].date() == date(2026, 11, 3) and lines[1][1] == 4
    assert lines[2] == ("Summa", 4.5)
