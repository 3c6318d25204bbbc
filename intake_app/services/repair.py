"""Mends what spreadsheets and exports do to the fields of a directory, and refuses what cannot be mended."""

import re
from datetime import datetime
from functools import lru_cache

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
_AS_WRITTEN = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
_NOT_DIGITS = re.compile(r"\D+")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_OF_ANOTHER_COLUMN = re.compile(r"://|www\.|@|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_SPACES = re.compile(r"\s+")
_COMMA = re.compile(r"\s*,[\s,]*")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
FEWEST_PHONE_DIGITS = 7
_MOST_REMEMBERED_WORDS = 100_000

_CAPITALS = frozenset(
    [
        "nhs",
        "gp",
        "uk",
        "ccg",
        "icb",
        "ooh",
        "wic",
        "pms",
        "apms",
        "plc",
        "cic",
        "llp",
        "hmp",
        "yoi",
        "cqc",
        "bms",
        "bpas",
        "msk",
        "ent",
        "utc",
        "ucc",
        "mh",
        "pcn",
        "ii",
        "iii",
        "iv",
        "vi",
        "vii",
        "viii",
        "ix",
        "nw",
        "ne",
        "sw",
        "se",
    ]
)
_SMALL = frozenset("and at of the on in for by to with de la le upon under".split())  # noqa: SIM905
_DATE_FORMATS = (
    "%d/%b/%Y - %H:%M",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%SZ",
    "%d/%m/%Y",
    "%d/%b/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%d %B %Y",
)


class Unmendable(ValueError):
    """The field cannot be what its column says."""


def one_line(text: str) -> str:
    """Without leading, trailing or doubled white space."""
    text = text.strip()
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def postcode(text: str) -> str:
    """In capitals with its one space; empty stays empty. Raises Unmendable for anything else."""
    if not text or _AS_WRITTEN.fullmatch(text):
        return text
    whole = _POSTCODE.fullmatch(_SPACES.sub("", text.upper()))
    if whole is None:
        raise Unmendable(text)
    return f"{whole[1]} {whole[2]}"


def phone(text: str) -> str:
    """As published, with the leading zero that a spreadsheet took restored.

    Empty for a cell without a number in it ("not available") and for one that a spreadsheet rounded
    (``2.07E+09``): those digits are gone. Raises Unmendable for what belongs in another column.
    """
    text = one_line(text)
    if not text:
        return ""
    # United Kingdom numbers have nine or ten digits after the zero, and none begins 4 or 6 (Ofcom's plan).
    if text.isdigit() and len(text) in (9, 10) and text[0] in "1235789":
        return "0" + text
    if _OF_ANOTHER_COLUMN.search(text):
        raise Unmendable(text)
    digits = _NOT_DIGITS.sub("", text)
    return text if len(digits) >= FEWEST_PHONE_DIGITS and not _EXPONENT.fullmatch(text) else ""


@lru_cache(maxsize=50_000)
def iso_date(text: str) -> str:
    """``2018-01-09`` from any of the forms that directories use; empty stays empty. Raises Unmendable."""
    text = text.strip()
    if not text:
        return ""
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise Unmendable(text)


def compact_date(text: str) -> str:
    """NHS ODS writes ``20180109``; empty stays empty. Raises Unmendable."""
    if not text:
        return ""
    if len(text) == 8 and text.isdigit() and "0101" <= text[4:] <= "1231" and "01" <= text[6:] <= "31":
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    raise Unmendable(text)


def commas(address: str) -> str:
    """``1 High Street,Urmston`` with a space after each comma, and none doubled."""
    if address.count(", ") == address.count(",") and " ," not in address:
        return one_line(address).strip(", ")
    return _COMMA.sub(", ", one_line(address)).strip(", ")


class _Written(dict[str, str]):
    """Words in capitals as people write them, each worked out once: directories repeat a few thousand."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_REMEMBERED_WORDS:
            self.clear()
        # Most words are letters, perhaps with a comma behind; the others have several words in them.
        letters, comma = (word[:-1], ",") if word.endswith(",") else (word, "")
        if letters.isascii() and letters.isalpha():
            written = _one_word(letters.lower()) + comma
        else:
            written = _WORD.sub(_as_written, word)
        self[word] = written
        return written


_written = _Written()


def readable(name: str) -> str:
    """A name in capitals as people write it; any other name as it is.

    Capitals throughout are slow to read for everyone and are spelt out by some screen readers.
    """
    if not name.isupper():
        return name
    text = " ".join([_written[word] for word in name.split(" ")])
    return text if text[0].isupper() else text[0].upper() + text[1:]


def _as_written(found: re.Match[str]) -> str:
    return _one_word(found.group().lower())


def _one_word(word: str) -> str:
    if word in _CAPITALS:
        return word.upper()
    if word in _SMALL:
        return word
    if word.startswith(("o'", "o’", "d'", "d’")) and len(word) > 3:
        return word[:2].upper() + word[2:].capitalize()
    if word.startswith("mc") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
