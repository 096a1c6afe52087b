"""Spreadsheets (xlsx) for whoever takes figures along; and the answer that carries one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from xlsxwriter import Workbook

Cell = str | int | Decimal | date
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A text that begins like a formula or an address stays text (TRUST T12); rows are written as they come.
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a name of at most 31 characters, words above the columns, rows, and a last row of sums."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Cell] = ()
    heading: Sequence[str] = field(default=())  # lines above the columns


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The workbook. It names no author, and its figures are values, never formulas."""
    file = BytesIO()
    with Workbook(file, OPTIONS) as book:
        formats = {
            "plain": book.add_format(),
            "strong": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in sheets:
            _write(book, sheet, formats)
    return file.getvalue()


def _write(book: Workbook, sheet: Sheet, formats: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet.name)
    for number, words in enumerate(sheet.columns):
        column = [str(row[number]) for row in sheet.rows]
        page.set_column(number, number, min(max(map(len, [words, *column])) + 2, 40))
    lines = [
        *(((words,), "strong") for words in sheet.heading),
        (sheet.columns, "strong"),
        *((row, "plain") for row in sheet.rows),
        (sheet.sums, "strong"),
    ]
    for number, (cells, style) in enumerate(lines):
        for place, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(number, place, cell, formats["day"])
            elif isinstance(cell, str):
                page.write_string(number, place, cell, formats[style])
            else:
                page.write_number(number, place, cell, formats[style])
    page.freeze_panes(len(sheet.heading) + 1, 0)


def xlsx_answer(sheets: Sequence[Sheet], *, name: str) -> HttpResponse:
    """The workbook as a file to keep; `name` without ending, and without anybody's name."""
    disposition = f'attachment; filename="{name}.xlsx"'
    return HttpResponse(xlsx(sheets), content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition})
