"""CQC's files of locations: the weekly directory, the monthly one, older exports of both, and API answers.

The header is found by its names wherever it stands (the weekly file has four lines before it), and each
layout is only another set of names for the same facts. Managers' names are left out: nobody searches by them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from intake_app.services.found import Found, Refused
from intake_app.services.kinds import cqc_type, is_provider_form
from intake_app.services.model import Reason, Scheme, Status
from intake_app.services.repair import Unmendable, commas, iso_date, one_line, phone, postcode, readable

CODE = re.compile(r"1-\d{3,12}|[A-Z0-9]{3,9}")
ODS_CODE = re.compile(r"[A-Z0-9]{3,12}")
_HEADER_WITHIN_LINES = 30
_SERVICE_TYPE_COLUMN = "service type - "

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
    "url": ("location url", "url", "cqc_webpage"),
    "checked": ("date of latest check", "publication date", "report publication date", "inspection_date"),
    "ended": ("location hsca end date",),
    "dormant": ("dormant", "dormant (y/n)"),
}
_NEEDED = ("name",)


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
    if not all(fact in columns for fact in _NEEDED) or not ("code" in columns or "ods" in columns):
        return None
    types = tuple(
        (at, name[len(_SERVICE_TYPE_COLUMN) :])
        for name, at in names.items()
        if name.startswith(_SERVICE_TYPE_COLUMN)
    )
    scheme = Scheme.CQC if "code" in columns else Scheme.ODS
    return Layout(columns, types, len(header), scheme, weekly=preamble and scheme is Scheme.CQC)


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
        layout, scheme = self._layout, self._layout.scheme
        code = self["code"] if scheme is Scheme.CQC else self["ods"]
        labels = self._labels()
        if len(self._row) != layout.width:
            raise Refused(Reason.COLUMN_COUNT, str(len(self._row)), code)
        if not code:
            raise Refused(Reason.NOT_A_SERVICE if is_provider_form(labels) else Reason.NO_CODE, self["name"])
        if not (CODE if scheme is Scheme.CQC else ODS_CODE).fullmatch(code):
            raise Refused(Reason.CODE_NOT_VALID, code)
        name = self["name"]
        if not name:
            raise Refused(Reason.NO_NAME, "", code)
        where, number, ended = self._checked(code)
        status = Status.OPEN
        if ended:
            status = Status.CLOSED
        elif self["dormant"].upper() == "Y":
            status = Status.DORMANT
        address, town = self._address()
        ods = self["ods"]
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
        )

    def _checked(self, code: str) -> tuple[str, str, str]:
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
            ended = iso_date(self["ended"])
        except Unmendable as error:
            raise Refused(Reason.DATE_NOT_VALID, str(error), code) from None
        url = self["url"]
        if url and "/location/" in url and not url.rstrip("/").endswith("/" + code):
            raise Refused(Reason.SHIFTED, url, code)
        return where, number, ended

    def _labels(self) -> list[str]:
        marked = [
            label for at, label in self._layout.service_types if at < len(self._row) and self._row[at] == "Y"
        ]
        if marked:
            return marked
        text = self["types"]
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


def looks_like_api_answer(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("locationId"), str)


def parse_api_answer(answer: Mapping[str, Any]) -> Found:
    """One location as CQC's API gives it, deregistered ones with what followed them. Raises Refused."""

    def text(key: str) -> str:
        value = answer.get(key)
        return one_line(value) if isinstance(value, str) else ""

    code = text("locationId")
    if not CODE.fullmatch(code):
        raise Refused(Reason.CODE_NOT_VALID if code else Reason.NO_CODE, code)
    if not text("name"):
        raise Refused(Reason.NO_NAME, "", code)
    try:
        where = postcode(text("postalCode"))
    except Unmendable:
        raise Refused(Reason.POSTCODE_NOT_VALID, text("postalCode"), code) from None
    try:
        number = phone(text("mainPhoneNumber"))
    except Unmendable:
        raise Refused(Reason.PHONE_NOT_VALID, text("mainPhoneNumber"), code) from None
    status = Status.CLOSED if text("registrationStatus") == "Deregistered" else Status.OPEN
    if status is Status.OPEN and text("dormancy") == "Y":
        status = Status.DORMANT
    ods = text("odsCode")
    lines = (text(f"postalAddress{part}") for part in ("Line1", "Line2", "TownCity", "County"))
    return Found(
        Scheme.CQC,
        code,
        readable(text("name")),
        cqc_type(_names(answer, "gacServiceTypes"), "".join(_names(answer, "inspectionCategories")[:1])),
        status,
        commas(", ".join(line for line in lines if line)),
        text("postalAddressTownCity"),
        where,
        number,
        website=text("website"),
        provider=text("brandName").removeprefix("BRAND "),
        provider_code=text("providerId"),
        local_authority=text("localAuthority"),
        region=text("region"),
        aliases=text("alsoKnownAs"),
        ods=ods if ODS_CODE.fullmatch(ods) else "",
        successors=_related(answer, "HSCA Successor"),
        predecessors=_related(answer, "HSCA Predecessor"),
    )


def _names(answer: Mapping[str, Any], key: str) -> list[str]:
    entries = answer.get(key)
    return (
        [str(one.get("name", "")) for one in entries if isinstance(one, dict)]
        if isinstance(entries, list)
        else []
    )


def _related(answer: Mapping[str, Any], kind: str) -> str:
    entries = answer.get("relationships")
    if not isinstance(entries, list):
        return ""
    ids = [
        str(one.get("relatedLocationId", ""))
        for one in entries
        if isinstance(one, dict) and one.get("type") == kind
    ]
    return "\n".join(f"{Scheme.CQC}:{one}" for one in dict.fromkeys(ids) if CODE.fullmatch(one))
