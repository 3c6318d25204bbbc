"""NHS Organisation Data Service files: 27 columns without a header, one file a type of organisation.

Columns as in the ODS CSV download specification: 1 code, 2 name, 5 to 9 address, 10 postcode, 11 opened,
12 closed, 13 status, 18 telephone, 26 prescribing setting (epraccur only).
"""

import re
from collections.abc import Sequence
from operator import itemgetter

from intake_app.services.found import Found, Refused
from intake_app.services.model import Reason, Scheme, Status
from intake_app.services.repair import Unmendable, commas, compact_date, one_line, phone, postcode, readable

COLUMNS = 27
_CODE = re.compile(r"[A-Z0-9]{3,12}")
_CODE_WITH_DIGIT = re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{3,12}$")
# Columns that ODS leaves empty: what stands there has lost its place, with all that is before or behind it.
_nothing_in = itemgetter(18, 19, 20, 22, 24, 26)
_is_code = _CODE.fullmatch
_is_plain_phone = re.compile(r"0\d{2,4} \d{3,4} ?\d{3,4}|0\d{9,10}").fullmatch
_is_postcode = re.compile(r"(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})?").fullmatch
_STATUS = {
    "A": Status.OPEN, "": Status.OPEN, "D": Status.DORMANT, "C": Status.CLOSED, "P": Status.PROPOSED,
}  # fmt: skip
# The type that a file of this name holds; epraccur's own column 26 says more.
_BY_FILE = {
    "etr": "hospital_other", "ets": "hospital_other", "ect": "hospital_other", "ephp": "hospital_other",
    "ephpsite": "hospital_other", "epraccur": "gp", "ebranchs": "gp", "epcn": "primary_other",
    "edispensary": "pharmacy", "epharmacyhq": "pharmacy", "egdpprac": "dentist", "eopthq": "optician",
    "eoptsite": "optician", "ecarehomehq": "care_home", "ecarehomesite": "care_home", "eccg": "icb",
    "eccgsite": "icb", "ejustice": "prison",
}  # fmt: skip
_BY_SETTING = {
    "1": "urgent_treatment", "2": "out_of_hours", "3": "urgent_treatment", "4": "gp", "9": "community_other",
    "10": "hospital_other", "11": "optician", "12": "urgent_treatment", "13": "end_of_life",
    "14": "care_home", "16": "prison", "17": "prison", "18": "prison", "19": "prison", "21": "prison",
    "22": "sexual_health", "25": "prison",
}  # fmt: skip
# ODS writes the county behind the town when there is room for it.
_COUNTIES = frozenset(
    [
        "AVON",
        "BEDFORDSHIRE",
        "BERKSHIRE",
        "BUCKINGHAMSHIRE",
        "CAMBRIDGESHIRE",
        "CHESHIRE",
        "CLEVELAND",
        "CLWYD",
        "CORNWALL",
        "COUNTY DURHAM",
        "CUMBRIA",
        "DERBYSHIRE",
        "DEVON",
        "DORSET",
        "DURHAM",
        "DYFED",
        "EAST RIDING OF YORKSHIRE",
        "EAST SUSSEX",
        "EAST YORKSHIRE",
        "ESSEX",
        "GLOUCESTERSHIRE",
        "GREATER LONDON",
        "GREATER MANCHESTER",
        "GWENT",
        "GWYNEDD",
        "HAMPSHIRE",
        "HEREFORDSHIRE",
        "HERTFORDSHIRE",
        "HUMBERSIDE",
        "ISLE OF WIGHT",
        "KENT",
        "LANCASHIRE",
        "LEICESTERSHIRE",
        "LINCOLNSHIRE",
        "MERSEYSIDE",
        "MID GLAMORGAN",
        "MIDDLESEX",
        "NORFOLK",
        "NORTH HUMBERSIDE",
        "NORTH YORKSHIRE",
        "NORTHAMPTONSHIRE",
        "NORTHUMBERLAND",
        "NOTTINGHAMSHIRE",
        "OXFORDSHIRE",
        "POWYS",
        "RUTLAND",
        "SHROPSHIRE",
        "SOMERSET",
        "SOUTH GLAMORGAN",
        "SOUTH HUMBERSIDE",
        "SOUTH YORKSHIRE",
        "STAFFORDSHIRE",
        "SUFFOLK",
        "SURREY",
        "SUSSEX",
        "TYNE & WEAR",
        "TYNE AND WEAR",
        "WARWICKSHIRE",
        "WEST GLAMORGAN",
        "WEST MIDLANDS",
        "WEST SUSSEX",
        "WEST YORKSHIRE",
        "WILTSHIRE",
        "WIRRAL",
        "WORCESTERSHIRE",
        "YORKSHIRE",
    ]
)


def looks_like(row: list[str]) -> bool:
    """Whether a row is one of ODS: 27 columns that begin with a code."""
    return len(row) == COLUMNS and _CODE.fullmatch(row[0]) is not None


def first_line(head: Sequence[tuple[int, list[str]]]) -> int:
    """The line on which the rows of an ODS file begin, 0 for another file.

    ODS writes no header; what somebody put above the rows, such as remarks or names of the columns, is
    passed over. A broken first row is not: it is to be refused by its line.
    """
    if not any(looks_like(row) for _, row in head):
        return 0
    return next(line for line, row in head if _could_be_broken(row))


def _could_be_broken(row: list[str]) -> bool:
    """Whether a row is one of the list: names of columns have no digits, and remarks fewer cells."""
    as_wide = len(row) == COLUMNS and any(map(str.isdigit, "".join(row)))
    return as_wide or _CODE_WITH_DIGIT.match(row[0]) is not None


def type_of_file(name: str) -> str:
    """The service type that a file's name tells, such as ``epraccur.csv`` or ``egdpprac_2019.csv``."""
    return _BY_FILE.get(_stem(name), "other")


def series_of_file(name: str, head: Sequence[tuple[int, list[str]]]) -> str:
    """Which of the ODS lists it is: by its name, else by the setting that only epraccur tells."""
    stem = _stem(name)
    if stem not in _BY_FILE:
        stem = "epraccur" if any(len(row) == COLUMNS and row[25] for _, row in head) else ""
    return f"ods:{stem}"


def _stem(name: str) -> str:
    found = re.match("[a-z]*", name.lower())
    return found.group() if found else ""


def parse(row: list[str], file_type: str) -> Found:
    """Raises Refused for a row that is broken or shifted."""
    if len(row) != COLUMNS:
        raise Refused(Reason.COLUMN_COUNT, str(len(row)), row[0])
    code = row[0]
    if not _is_code(code):
        raise Refused(Reason.CODE_NOT_VALID if code else Reason.NO_CODE, code)
    name = one_line(row[1])
    if not name:
        raise Refused(Reason.NO_NAME, "", code)
    if any(_nothing_in(row)):
        raise Refused(Reason.SHIFTED, next(filter(None, _nothing_in(row))), code)
    status = _STATUS.get(row[12])
    if status is None:
        raise Refused(Reason.STATUS_NOT_KNOWN, row[12], code)
    where = row[9]
    if not _is_postcode(where):
        try:
            where = postcode(where)
        except Unmendable:
            raise Refused(Reason.POSTCODE_NOT_VALID, where, code) from None
    opened, closed = _days.get(row[10]), _days.get(row[11])
    if opened is None or closed is None:
        opened, closed = _day(row[10], code), _day(row[11], code)
    number = row[17]
    if number and not _is_plain_phone(number):
        try:
            number = phone(number)
        except Unmendable:
            raise Refused(Reason.PHONE_NOT_VALID, number, code) from None
    address, town = _address([part for part in row[4:9] if part])
    kind = _BY_SETTING.get(row[25], "other") if row[25] else file_type
    return Found(
        Scheme.ODS, code, readable(name), kind, status, address, town, where, number, "", "", row[14],
        opened=opened, closed=closed,
    )  # fmt: skip


def _address(parts: list[str]) -> tuple[str, str]:
    """The address in one line, and the town in it."""
    if not parts:
        return "", ""
    county = parts[-1] if len(parts) > 1 and parts[-1] in _COUNTIES else ""
    town = parts[-2] if county else parts[-1]
    joined = ", ".join(parts)
    written = readable(joined)
    # Making capitals readable keeps the length, so the town is where it was.
    end = len(written) - (len(county) + 2 if county else 0)
    in_town = written[end - len(town) : end]
    if joined.count(",") == len(parts) - 1 and "  " not in joined and " ," not in joined:
        return written.strip(", "), in_town.strip()
    return commas(written), one_line(in_town)


# A file names the same few thousand days again and again.
_days = {"": ""}
_MOST_REMEMBERED_DAYS = 50_000


def _day(text: str, code: str) -> str:
    try:
        day = compact_date(text)
    except Unmendable as error:
        raise Refused(Reason.DATE_NOT_VALID, str(error), code) from None
    if len(_days) < _MOST_REMEMBERED_DAYS:
        _days[text] = day
    return day
