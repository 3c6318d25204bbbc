"""Which question types of XLSForm are read, under all the names that its converters accept."""

import re
from dataclasses import dataclass

_PLAIN = {
    "text": "text",
    "string": "text",
    "phone number": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "note": "note",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "calculate": "calculate",
    "hidden": "hidden",
}
_SELECT = re.compile(
    r"(?:add )?(?:"
    r"(?P<one>select_one|select one|select1|select one from|multiple choice)"
    r"|(?P<many>select_multiple|select multiple|select all that apply|select all that apply from)"
    r")(?: prompt)?(?: using| from)?\s+(?P<list>\S+)(?P<other>\s+or[_ ](?:specify[_ ])?other)?",
    re.IGNORECASE,
)
_FROM_FILE = re.compile(r"select_(?P<many>one|multiple)_from_file\s+(?P<file>[\w.-]+\.csv)", re.IGNORECASE)
_GROUP = re.compile(r"(begin|end)[_ ](group|repeat|lgroup)", re.IGNORECASE)

IGNORED_TYPES = frozenset(
    {
        "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email",
        "audit", "imei", "device id", "start time", "end time", "get today",
    }
)  # fmt: skip
"""What a data collection app notes by itself; a record has its own times and authors."""


@dataclass(frozen=True, slots=True)
class Type:
    """``list_name`` is a list of the choices sheet, ``code_list`` a CSV file beside the sets."""

    name: str
    list_name: str = ""
    code_list: str = ""
    or_other: bool = False


def type_of(text: str) -> Type | str:
    """The type, or the text in lower case where it is none of ours."""
    plain = " ".join(text.split())
    if found := _PLAIN.get(plain.lower()):
        return Type(found)
    if match := _GROUP.fullmatch(plain):
        kind = f"{match.group(1)}_{match.group(2)}".lower()
        return kind if "repeat" in kind else Type("begin_group" if kind.startswith("begin") else "end_group")
    if match := _FROM_FILE.fullmatch(plain):
        name = "select_one" if match.group("many").lower() == "one" else "select_multiple"
        return Type(name, code_list=match.group("file")[: -len(".csv")])
    if match := _SELECT.fullmatch(plain):
        name = "select_one" if match.group("one") else "select_multiple"
        return Type(name, list_name=match.group("list"), or_other=bool(match.group("other")))
    return plain.lower()
