"""Text as people type it: cleaned at every entry, isolated where directions mix."""

import re

LEFT_TO_RIGHT_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ISOLATES = re.compile("[\u2066-\u2069]")
# Hebrew, Arabic and their kin, with the forms that old files use.
_FROM_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_GROUPED_NUMBER = re.compile(r"\+?\d[\d ()-]*\d")


def clean_text(text: str) -> str:
    """What the store and the hub can hold: NUL and lone surrogates become U+FFFD, CRLF becomes LF.

    SQLCipher takes NUL; PostgreSQL refuses it and loses the whole batch. Nothing else is changed.
    """
    return _UNSTORABLE.sub("\ufffd", text).replace("\r\n", "\n")


def ltr(text: str) -> str:
    """Numbers, references, postcodes and codes inside right-to-left text (Unicode UAX #9 isolates)."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def fsi(text: str) -> str:
    """Names of unknown direction inside other text."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def without_isolates(text: str) -> str:
    """For saving, exporting and searching."""
    return _ISOLATES.sub("", text)


def has_right_to_left(text: str) -> bool:
    """Whether some of it is written from right to left."""
    return bool(_FROM_RIGHT_TO_LEFT.search(text))


def numbers_kept(text: str) -> str:
    """For showing: between Arabic words the groups of 0113 496 0000 would change places (UAX #9)."""
    if not has_right_to_left(text):
        return text
    return _GROUPED_NUMBER.sub(lambda found: ltr(found.group()), text)
