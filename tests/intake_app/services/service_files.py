"""Small service files as publishers write them, made by hand; and where the real ones may lie."""

from pathlib import Path

REAL_FILES = Path(__file__).resolve().parents[4] / "shared" / "data" / "services"

WEEKLY_HEADER = (
    "Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,"
    "Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,"
    "CQC Location ID (for office use only),CQC Provider ID (for office use only)"
)
WEEKLY_PREAMBLE = "CQC Locations data\r\n\r\nThis data was produced on 16 September 2026\r\n\r\n"


def ods_row(code: str = "A00001", name: str = "THE EXAMPLE SURGERY", **changed: str) -> str:
    """A line of an ODS file; ``changed`` by column, such as ``status="C"``."""
    at = {"address": 4, "town": 6, "county": 7, "postcode": 9, "opened": 10, "closed": 11, "status": 12,
          "parent": 14, "phone": 17, "setting": 25}  # fmt: skip
    row = [""] * 27
    row[0], row[1], row[4], row[6], row[7] = code, name, "1 HIGH STREET", "EXAMPLETON", "KENT"
    row[9], row[10], row[12], row[17], row[25] = "ZZ1 1ZZ", "19740401", "A", "01632 960001", "4"
    row[21] = "0"
    for column, value in changed.items():
        row[at[column]] = value
    return ",".join(f'"{cell}"' for cell in row)


def weekly_row(code: str = "1-1000000001", name: str = "Example House", **changed: str) -> str:
    """A line of CQC's weekly file."""
    cells = {
        "name": name, "aka": "", "address": "1 High Street,Exampleton", "postcode": "ZZ1 1ZZ",
        "phone": "1632960001", "web": "", "types": "Care home|Nursing home", "checked": "09/Jan/2018 - 00:00",
        "specialisms": "Dementia|Caring for adults over 65 yrs", "provider": "Example Care Limited",
        "council": "Kent", "region": "South East", "url": f"https://www.cqc.org.uk/location/{code}",
        "code": code,
        "provider_code": "1-2000000001",
    } | changed  # fmt: skip
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells.values())


def weekly(*rows: str, newline: str = "\r\n") -> bytes:
    """CQC's weekly file as published: BOM, preamble, header, CRLF."""
    text = WEEKLY_PREAMBLE + WEEKLY_HEADER + "\r\n" + "\r\n".join(rows) + "\r\n"
    return b"\xef\xbb\xbf" + text.replace("\r\n", newline).encode()


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
