"""The number that a phone system hands over: as digits, as a ``tel:`` or ``sip:`` link, or withheld."""

import re
import unicodedata
from typing import NamedTuple

_SCHEME = re.compile(r"(?:tel|intake-call|callto|sips?):(?://)?", re.IGNORECASE)
_WITHHELD = frozenset(
    {"", "anonymous", "blocked", "caller withheld", "no number", "number withheld", "private", "restricted"}
    | {"unavailable", "unknown", "withheld"}
)
_DIALLED = re.compile(r"\+?[0-9 ()./-]+")
_ESCAPED = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:ext|isub)=([0-9-]{1,10})", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 3, 20
"""999 is one; fifteen digits, with a prefix of text relay before them, are the most."""
_LONGEST = 400


class CallerNumber(NamedTuple):
    """``number`` is as it is to be shown, empty where it was withheld or, not ``readable``, is no number."""

    number: str
    readable: bool = True


def is_link(text: str) -> bool:
    """Whether it is a link that a phone system or a browser opens a call with."""
    return _SCHEME.match(text) is not None


def read(given: str) -> CallerNumber:
    """From anything a phone system may say; what cannot be read is never guessed at."""
    if len(given) > _LONGEST:
        return CallerNumber("", readable=False)
    text = given.strip()
    while (scheme := _SCHEME.match(text)) is not None:
        text = text[scheme.end() :]
    text = unicodedata.normalize("NFKC", _ESCAPED.sub(_unescaped, text))
    text, *parameters = re.split("[;?]", text)
    number = " ".join(text.partition("@")[0].replace("\u2011", "-").split())
    if number.casefold() in _WITHHELD:
        return CallerNumber("")
    digits = sum(sign in "0123456789" for sign in number)
    if not (_DIALLED.fullmatch(number) and _FEWEST_DIGITS <= digits <= _MOST_DIGITS):
        return CallerNumber("", readable=False)
    extension = next((found[1] for one in parameters if (found := _EXTENSION.fullmatch(one))), "")
    return CallerNumber(f"{number} ext. {extension}" if extension else number)


def grouped(number: str, region: str = "GB") -> str:
    """As it is read aloud, in the groups that people know: ``020 7946 0018``; other text as it is."""
    import phonenumbers  # late: its tables take a while, and most calls are never called back

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(region)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if at_home else style.INTERNATIONAL)


def _unescaped(found: "re.Match[str]") -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")
