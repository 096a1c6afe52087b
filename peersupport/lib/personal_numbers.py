"""Recognising a Swedish personal number in free text, to ask once whether it should stand there."""

import re

# With or without century; coordination numbers add 60 to the day (Skatteverket, SKV 704 and SKV 707).
_DATE = r"(?:(?:18|19|20)?\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_NUMBER = re.compile(rf"(?<![\d-])({_DATE})([-+ ]?)(\d{{4}}|[A-Za-z]{{2}}\d{{2}})(?![\d-])")


def has_personal_number(text: str) -> bool:
    """Whether something in `text` looks like one, a coordination number or a school's temporary one.

    Ten digits in a row may as well be a phone number: those only when the check digit fits.
    """
    return any(_is_likely(*found.groups()) for found in _NUMBER.finditer(text))


def _is_likely(date: str, sign: str, last: str) -> bool:
    return bool(sign) or len(date) == 8 or not last.isdigit() or _check_digit_fits(date + last)


def _check_digit_fits(ten_digits: str) -> bool:
    """Luhn's rule, which the last digit of a personal number keeps."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten_digits))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0
