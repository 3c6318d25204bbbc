"""Lists with a header: CQC's weekly and monthly ones, older exports, the NHS website's, and councils'.

The header is found by its names wherever it stands (the weekly file has four lines before it), and each
layout is only another set of names for the same facts. Managers' names are left out: nobody searches by them.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake_app.folding import fold
from intake_app.services.found import Found, Refused
from intake_app.services.kinds import cqc_type, is_provider_form
from intake_app.services.model import Reason, Scheme, Status
from intake_app.services.repair import Unmendable, commas, iso_date, one_line, phone, postcode, readable

CODE = re.compile(r"1-\d{3,12}|[A-Z0-9]{3,9}")
ODS_CODE = re.compile(r"[A-Z0-9]{3,12}")
_HEADER_WITHIN_LINES = 30
_SERVICE_TYPE_COLUMN = "service type - "
_MENTAL_HEALTH_HOSPITAL = "hospitals - mental health/capacity"
_LISTED_DIGITS = 12
_CODES = {Scheme.CQC: CODE, Scheme.NHS: re.compile(r"\d{1,9}")}

# Each fact and the names that its column has had, lower case.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("cqc location id (for office use only)", "location id", "cqc_id", "locationid"),
    "ods": ("organisationcode", "organisation_data_service_code", "location ods code"),
    "name": ("name", "location name", "organisationname", "pharmacy_name"),
    "aliases": ("also known as",),
    "address": ("address",),
    "line_1": ("address 1", "location street address", "address1"),
    "line_2": ("address 2", "location address line 2", "address2"),
    "line_3": ("address3",),
    "town": ("town/city", "location city", "city"),
    "county": ("county", "location county"),
    "postcode": ("postcode", "location postal code"),
    "phone": ("phone number", "location telephone number", "telephone", "phone"),
    "website": ("service's website (if available)", "website", "location web address"),
    "types": ("service types", "type", "organisationtype"),
    "category": ("location primary inspection category", "primary inspection category"),
    "provider": ("provider name", "provider", "parentname"),
    "provider_code": ("cqc provider id (for office use only)", "provider id", "parentodscode"),
    "local_authority": (
        "local authority",
        "location local authority",
        "area_name",
        "health_and_wellbeing_board",
    ),
    "region": ("region", "location region", "location adass region"),
    "nhs": ("organisationid",),
    "shown": ("organisationstatus",),
    "subtype": ("subtype",),
    "url": ("location url", "url", "cqc_webpage"),
    "checked": ("date of latest check", "publication date", "report publication date", "inspection_date"),
    "begun": ("location hsca start date",),
    "ended": ("location hsca end date",),
    "linked": ("linked organisation id", "primary id (dual registration locations)"),
    "dormant": ("dormant", "dormant (y/n)"),
}
# A list without codes is a council's own; one of CQC's whose code column is missing is not.
_OF_THE_REGULATOR = ("provider_code", "url", "checked", "nhs")
_TELLS_WHERE = ("address", "line_1", "postcode")
_TELLS_MORE = ("phone", "website", "types", "local_authority")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each fact stands in one file. ``weekly`` tells the file that lists every open location."""

    columns: Mapping[str, int]
    service_types: tuple[tuple[int, str], ...]
    width: int
    scheme: Scheme
    weekly: bool = False

    def parse(self, row: list[str]) -> Found:
        """Raises Refused for a row that is broken or shifted."""
        return _Row(self, row).found()


def find_layout(rows: Iterable[tuple[int, list[str]]]) -> tuple[int, Layout] | None:
    """The line of the header and what it says, or None when none of the first lines is a header we know."""
    preamble = False
    for number, row in rows:
        if number > _HEADER_WITHIN_LINES:
            break
        layout = _layout(row, preamble)
        if layout is not None:
            return number, layout
        preamble = True
    return None


def _layout(header: list[str], preamble: bool) -> Layout | None:
    names = {name.strip().casefold(): at for at, name in reversed(list(enumerate(header)))}
    columns = {
        fact: names[known]
        for fact, spellings in _NAMES.items()
        for known in spellings[::-1]
        if known in names
    }
    scheme = _scheme(columns)
    if scheme is None:
        return None
    types = tuple(
        (at, name[len(_SERVICE_TYPE_COLUMN) :])
        for name, at in names.items()
        if name.startswith(_SERVICE_TYPE_COLUMN)
    )
    return Layout(columns, types, len(header), scheme, weekly=preamble and scheme is Scheme.CQC)


def _scheme(columns: Mapping[str, int]) -> Scheme | None:
    """By which code the services of such a file are known; None for a file that lists none."""
    if "name" not in columns:
        return None
    if "code" in columns:
        return Scheme.CQC
    if "ods" in columns:
        return Scheme.ODS
    own = any(fact in columns for fact in _TELLS_WHERE) and any(fact in columns for fact in _TELLS_MORE)
    regulated = any(fact in columns for fact in _OF_THE_REGULATOR)
    return Scheme.LISTED if own and not regulated and "postcode" in columns else None


class _Row:
    """One row read through a layout; ``self[fact]`` is the cell, empty where the layout lacks it."""

    def __init__(self, layout: Layout, row: list[str]) -> None:
        self._layout = layout
        self._row = row

    def __getitem__(self, fact: str) -> str:
        at = self._layout.columns.get(fact)
        text = "" if at is None or at >= len(self._row) else one_line(self._row[at])
        return "" if text in ("NA", "-") and fact != "name" else text

    def found(self) -> Found:
        layout = self._layout
        scheme, code = self._known_by()
        labels = self._labels()
        if len(self._row) != layout.width:
            raise Refused(Reason.COLUMN_COUNT, str(len(self._row)), code)
        if not code:
            raise Refused(Reason.NOT_A_SERVICE if is_provider_form(labels) else Reason.NO_CODE, self["name"])
        if not _CODES.get(scheme, ODS_CODE).fullmatch(code):
            raise Refused(Reason.CODE_NOT_VALID, code)
        name = self["name"]
        if not name:
            raise Refused(Reason.NO_NAME, "", code)
        where, number, begun, ended = self._checked(code)
        status = Status.OPEN
        if ended or self["shown"] == "Hidden":
            status = Status.CLOSED
        elif self["dormant"].upper() == "Y":
            status = Status.DORMANT
        address, town = self._address()
        ods, linked = self["ods"], self["linked"]
        return Found(
            scheme,
            code,
            readable(name),
            cqc_type(labels, self["category"]),
            status,
            address,
            town,
            where,
            number,
            website=self["website"],
            provider=readable(self["provider"]),
            provider_code=self["provider_code"],
            local_authority=self["local_authority"],
            region=self["region"].removesuffix(" (ADASS Region)"),
            aliases=self["aliases"],
            ods=ods if scheme is Scheme.CQC and ODS_CODE.fullmatch(ods) else "",
            linked=f"{scheme}:{linked}" if linked != code and CODE.fullmatch(linked) else "",
            opened=begun,
            closed=ended,
        )

    def _known_by(self) -> tuple[Scheme, str]:
        """The scheme and code of this row; without a code of anybody's, its name and postcode are one."""
        scheme = self._layout.scheme
        if scheme is Scheme.CQC:
            return scheme, self["code"]
        if scheme is Scheme.LISTED:
            name, where = fold(self["name"]), self["postcode"].replace(" ", "").upper()
            known_by = f"{name}\n{where}".encode("utf-8", "surrogatepass")
            return scheme, hashlib.sha256(known_by).hexdigest()[:_LISTED_DIGITS].upper() if name else ""
        code = self["ods"]
        if "nhs" in self._layout.columns and (code.isdigit() or not ODS_CODE.fullmatch(code)):
            # Its dentists have codes of their own making there, which ODS never gave.
            return Scheme.NHS, self["nhs"]
        return scheme, code

    def _checked(self, code: str) -> tuple[str, str, str, str]:
        try:
            where = postcode(self["postcode"])
        except Unmendable:
            raise Refused(Reason.POSTCODE_NOT_VALID, self["postcode"], code) from None
        try:
            number = phone(self["phone"])
        except Unmendable:
            raise Refused(Reason.PHONE_NOT_VALID, self["phone"], code) from None
        try:
            iso_date(self["checked"])
            begun, ended = iso_date(self["begun"]), iso_date(self["ended"])
        except Unmendable as error:
            raise Refused(Reason.DATE_NOT_VALID, str(error), code) from None
        url = self["url"]
        if url and "/location/" in url and not url.rstrip("/").endswith("/" + code):
            raise Refused(Reason.SHIFTED, url, code)
        return where, number, begun, ended

    def _labels(self) -> list[str]:
        marked = [
            label for at, label in self._layout.service_types if at < len(self._row) and self._row[at] == "Y"
        ]
        if marked:
            return marked
        text = self["types"]
        if self["subtype"].startswith("Mental Health"):
            return [_MENTAL_HEALTH_HOSPITAL]
        if "|" in text or "," not in text:
            return [label for label in text.split("|") if label]
        # Older files separate by commas, which also stand inside two of CQC's long labels.
        return [text, *text.split(",")]

    def _address(self) -> tuple[str, str]:
        if "address" in self._layout.columns:
            address = commas(self["address"])
            return address, address.rpartition(", ")[2]
        parts = [self[fact] for fact in ("line_1", "line_2", "line_3", "town", "county")]
        return commas(", ".join(part for part in parts if part)), self["town"]
