"""The recovery code: forty digits to be printed or read aloud, each group with its own check digit."""

import secrets

from intake_app.errors import WrongRecoveryCode

GROUPS = 8
GROUP_DIGITS = 5
"""Four digits by chance and one check digit: 106 bits in all."""

_DECIMALS = {ord(character): str(digit) for zero in "٠۰०০੦૦" for digit, character in
             enumerate(chr(ord(zero) + step) for step in range(10))}  # fmt: skip


def new_code() -> str:
    """A fresh code as it is shown: ``48210 00377 …``."""
    groups = []
    for position in range(GROUPS):
        digits = f"{secrets.randbelow(10 ** (GROUP_DIGITS - 1)):0{GROUP_DIGITS - 1}d}"
        groups.append(digits + _check_digit(position, digits))
    return " ".join(groups)


def parse(text: str) -> str:
    """The forty digits of a typed code; spaces, hyphens and other scripts' digits are understood.

    Raises WrongRecoveryCode: ``group`` (1-based) is the first that does not fit, None when the length is
    wrong.
    """
    digits = "".join(one for one in text.translate(_DECIMALS) if one.isalnum())
    if not (digits.isascii() and digits.isdigit()) or len(digits) != GROUPS * GROUP_DIGITS:
        raise WrongRecoveryCode(group=None)
    for position in range(GROUPS):
        group = digits[position * GROUP_DIGITS : (position + 1) * GROUP_DIGITS]
        if _check_digit(position, group[:-1]) != group[-1]:
            raise WrongRecoveryCode(group=position + 1)
    return digits


def _check_digit(position: int, digits: str) -> str:
    # ISO 7064 MOD 11-10 over the group's place and its digits, so that swapped groups are noticed too.
    product = 10
    for digit in f"{position}{digits}":
        product = (((int(digit) + product) % 10) or 10) * 2 % 11
    return str((11 - product) % 10)
