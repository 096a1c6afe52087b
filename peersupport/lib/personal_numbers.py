"""Finds what looks like a Swedish personal number in free text, to warn whoever writes it (PRODUCT.md 7)."""

import re

# Ten or twelve digits with a date first, a hyphen or plus or space perhaps before the last four. Of the
# temporary numbers that schools give, a letter may stand first of the four.
NUMBER = re.compile(r"(?<![\d-])(?:19|20)?\d\d(\d\d)(\d\d)([-+ ]?)[\dA-Z]\d{3}(?![\d-])")


def holds_personal_number(text: str) -> bool:
    """Whether some digits in `text` could be a personal or coordination number.

    Ten digits in a row count only when their last one is the check digit: telephone numbers have ten too.
    """
    return any(_could_be_one(found) for found in NUMBER.finditer(text))


def _could_be_one(found: re.Match[str]) -> bool:
    month, day, separator = int(found[1]), int(found[2]), found[3]
    has_date = 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)  # day + 60: coordination number
    return has_date and (bool(separator) or len(found[0]) == 12 or _ends_in_check_digit(found[0]))


def _ends_in_check_digit(digits: str) -> bool:
    """By the Luhn algorithm over all ten, as Skatteverket describes it."""
    if not digits.isdecimal():
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
