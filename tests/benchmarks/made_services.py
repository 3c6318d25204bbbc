"""Made-up services as NHS ODS publishes them, by a seeded generator; and where the real file may lie."""

import csv
import gzip
import random
import shutil
from pathlib import Path

from big_store import SEED, vocabulary

EPRACCUR_ROWS = 14_303
DIRECTORY_ROWS = 70_000
_ODS = Path(__file__).resolve().parents[3] / "shared/data/services/ods"
REAL_FILE = _ODS / "prm-gp2gp/data/epraccur.csv.gz"
REAL_NEXT_FILE = _ODS / "psychty/epraccur.zip"
NEXT_ROWS = 14_357

_PLACES = 4_000
_COMMON_FROM = 120  # before them the vocabulary has the commonest words of speech
_KINDS = (
    "SURGERY", "MEDICAL CENTRE", "HEALTH CENTRE", "MEDICAL PRACTICE", "GROUP PRACTICE", "PHARMACY",
    "DENTAL PRACTICE", "CARE HOME", "NURSING HOME", "HOUSE", "COTTAGE HOSPITAL", "WALK IN CENTRE", "CLINIC",
)  # fmt: skip
_ROADS = ("ROAD", "STREET", "LANE", "AVENUE", "CLOSE", "HIGH STREET", "ST JOHNS ROAD", "GREEN")
_COUNTIES = ("KENT", "CLEVELAND", "WEST YORKSHIRE", "GREATER MANCHESTER", "DEVON", "", "", "")
_AREAS = ("AB", "B", "BS", "CF", "DH", "E", "EX", "LE", "M", "N", "OL", "PL", "SE", "SW", "TS", "WF", "YO")
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
# Numbers that Ofcom keeps free for drama.
_PHONES = ("0113 496 0", "0114 496 0", "0121 496 0", "0131 496 0", "0151 496 0", "0161 496 0", "020 7946 0")
_SETTINGS = ("4", "4", "4", "4", "0", "1", "9", "14", "10", "16")


def ods_rows(count: int, first: int = 0) -> list[list[str]]:
    """Rows of 27 columns in the layout of epraccur; every code once."""
    chance = random.Random(SEED + first)
    places = [word.upper() for word in vocabulary()[_COMMON_FROM : _COMMON_FROM + _PLACES]]
    made = []
    for number in range(first, first + count):
        row = [""] * 27
        name = chance.choices(places, k=chance.choice((1, 1, 2)))
        row[0], row[1] = (
            f"Q{number:06d}",
            f"{'THE ' * (number % 9 == 0)}{' '.join(name)} {chance.choice(_KINDS)}",
        )
        row[2], row[3] = f"Y{chance.randint(50, 70)}", f"Q{chance.randint(60, 90)}"
        row[4] = f"{chance.randint(1, 300)} {chance.choice(places)} {chance.choice(_ROADS)}"
        row[6], row[7] = chance.choice(places[:900]), chance.choice(_COUNTIES)
        inward = f"{chance.randint(1, 9)}{chance.choice(_INWARD)}{chance.choice(_INWARD)}"
        row[9] = f"{chance.choice(_AREAS)}{chance.randint(1, 28)} {inward}"
        row[10] = f"{chance.randint(1974, 2023)}{chance.randint(1, 12):02d}01"
        closed = chance.random() < 0.45  # as many as in the real one
        row[11], row[12] = ("20190331", "C") if closed else ("", "A")
        row[13], row[14], row[15] = "B", f"{chance.randint(0, 99):02d}K", "20130401"
        row[17] = f"{chance.choice(_PHONES)}{chance.randint(0, 999):03d}"
        row[21], row[23], row[25] = "0", row[14], chance.choice(_SETTINGS)
        made.append(row)
    return made


def ods_file(folder: Path, count: int, name: str = "epraccur.csv") -> Path:
    """Every cell in quotation marks, as published."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(ods_rows(count))
    return path


def epraccur(folder: Path) -> tuple[Path, str]:
    """The real file, unpacked, where it is; else a made-up one of as many rows. And which of them it is."""
    if not REAL_FILE.exists():
        return ods_file(folder, EPRACCUR_ROWS), "made up"
    path = folder / "epraccur.csv"
    with gzip.open(REAL_FILE) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return path, "published"


def editions(folder: Path) -> tuple[Path, Path, str]:
    """An edition and the next: the real ones where they are, else made-up ones that differ as those do."""
    first, which = epraccur(folder)
    if REAL_NEXT_FILE.exists() and which == "published":
        return first, REAL_NEXT_FILE, which
    later = ods_rows(NEXT_ROWS)
    for row in later[:60]:
        row[1] = f"THE NEW {row[1]}"
    for row in later[100:163]:
        row[11], row[12] = "20191031", "C"
    for row in later[200:249]:
        row[9] = "ZZ1 1ZZ"
    for row in later[300:357]:
        row[17] = "01632 960999"
    later[-1][10] = "20231231"
    path = folder / "next" / "epraccur.csv"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(later)
    return first, path, "made up"
