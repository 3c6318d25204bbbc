"""Locations as CQC's API answers them: also deregistered ones, with what went before and what followed."""

from collections.abc import Mapping
from typing import Any

from intake_app.services.cqc import CODE, ODS_CODE
from intake_app.services.found import Found, Refused
from intake_app.services.kinds import cqc_type
from intake_app.services.model import Reason, Scheme, Status
from intake_app.services.repair import Unmendable, commas, iso_date, one_line, phone, postcode, readable


def looks_like(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("locationId"), str)


def parse(answer: Mapping[str, Any]) -> Found:
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
        linked=_related(answer, "Dual"),
        opened=_day(text("registrationDate")),
        closed=_day(text("deregistrationDate")) if status is Status.CLOSED else "",
    )


def _day(text: str) -> str:
    """A date that only tells more: one that cannot be read is left out, and the place stays."""
    try:
        return iso_date(text)
    except Unmendable:
        return ""


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
        if isinstance(one, dict) and str(one.get("type", "")).startswith(kind)
    ]
    return "\n".join(f"{Scheme.CQC}:{one}" for one in dict.fromkeys(ids) if CODE.fullmatch(one))
