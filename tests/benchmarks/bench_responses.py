"""A file of online responses: looked at beside the standard library's reading of it, and brought in."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from big_store import MovingClock, new_store, say, stories
from rows import Row, median, milliseconds, side_by_side

from intake_app.channels.webform.looking import look_at
from intake_app.channels.webform.table import read_table
from intake_app.channels.webform.taking_in import Wish, take_in
from intake_app.forms.library import Library
from intake_app.times import IdMaker

RESPONSES = 1_000
TITLES = (
    "Response ID", "Completion time", "Your story", "Kind of experience", "Name", "Email", "Age group",
    "Anything else",
)  # fmt: skip


def rows(options: Any) -> Iterator[Row]:
    file, library, clock = made(options.folder), Library.shipped(), MovingClock(RESPONSES)
    say(f"online responses, {options.rounds} rounds")
    table = read_table(file)
    looked, beside = side_by_side(
        lambda: milliseconds(lambda: look_at(table, library, ())),
        lambda: milliseconds(lambda: list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))),
        options.rounds,
    )
    what = "the standard library's reader"
    yield Row(f"{RESPONSES:,} responses looked at", median(looked), what, median(beside))
    form = look_at(table, library, ()).mapping
    store, _keyring = new_store(options.folder / "responses", clock, IdMaker(clock))
    with store:
        taken = milliseconds(lambda: take_in(store, library, table, form, Wish(), clock))
        yield Row(f"{RESPONSES:,} responses brought in as records", taken, "", 0)
        again = milliseconds(lambda: take_in(store, library, table, form, Wish(), clock))
        yield Row("the same file again: all of them are known", again, "", 0)


def made(folder: Path) -> Path:
    file = folder / "responses.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(TITLES)
        for number, story in enumerate(stories(RESPONSES)):
            who = (f"Jo {number}", f"jo{number}@example.org", "25 to 49")
            writer.writerow((number, "2025-03-09 10:15:00", story, "Good experience", *who, "Thank you"))
    return file
