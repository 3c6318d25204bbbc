"""Makes a store as it is some time after the first run: prepare.py FOLDER PASSPHRASE.

Run by the project's Python. The organisation is "Healthwatch Exampleton", Sam writes there, and there is a
small made-up directory of services.
"""

import csv
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from intake_app.store.opening import create_store
from intake_app.times import IdMaker, system_clock

_HEADER = """\
Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,\
Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,\
CQC Location ID (for office use only),CQC Provider ID (for office use only)"""
HEADER = _HEADER.split(",")
SERVICES = (
    ("Rosebank Surgery", "1 Mill Lane,Exampleton", "EX1 2AB", "Doctors/Gps", "Rosebank Partners"),
    ("Rosewood House", "9 Hill Road,Exampleton", "EX1 3CD", "Care home", "Rosewood Care"),
    ("Exampleton General Hospital", "High Street,Exampleton", "EX1 1AA", "Hospital", "Exampleton Trust"),
    ("Market Street Dental Practice", "4 Market Street,Sampleford", "SA1 4EF", "Dentist", "Smile Sampleford"),
)


def write_directory(path: Path) -> None:
    """In the layout of CQC's weekly file: four lines of preamble, then the header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        for line in (["CQC Locations data"], [], ["This data was produced on 16 September 2026"], []):
            rows.writerow(line)
        rows.writerow(HEADER)
        for number, (name, address, postcode, kind, provider) in enumerate(SERVICES, start=1):
            ids = [f"1-90000{number}", f"1-80000{number}"]
            middle = [postcode, "1632960000", "", kind, "09/Jan/2026 - 00:00", "", provider, "Exampleton"]
            rows.writerow([name, "", address, *middle, "South East", "", *ids])


def main() -> int:
    folder, passphrase = Path(sys.argv[1]), sys.argv[2]
    ids = IdMaker(system_clock)
    made = create_store(
        folder,
        "Healthwatch Exampleton",
        staff_name="Sam",
        passphrase=passphrase,
        clock=system_clock,
        ids=ids,
    )
    with made.store as store, tempfile.TemporaryDirectory() as files:
        directory = Path(files, "directory.csv")
        write_directory(directory)
        report = store.directory.import_files([directory], lambda *_: None, lambda: False)
        print(f"{report.added} services added, {len(report.refused)} refused")
    return 0 if report.added == len(SERVICES) else 1


if __name__ == "__main__":
    sys.exit(main())
