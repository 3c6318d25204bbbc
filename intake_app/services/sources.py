"""Tells what kind of list a file is, and reads its rows one by one."""

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from intake_app.errors import ServicesRefused
from intake_app.services import answers, cqc, editions, nhs, ods
from intake_app.services.editions import Edition
from intake_app.services.found import Found, Refused
from intake_app.services.model import Reason, Scheme, Status
from intake_app.services.rows import TextFile, is_comment, numbered_rows

Row = tuple[int, Found | Refused]
Parse = Callable[[list[str]], Found]
_HEAD_ROWS = 40


class Source:
    """A file whose kind is known. ``lists_all`` is said of CQC's weekly file: who is missing has closed."""

    def __init__(
        self, file: TextFile, path: Path, series: str, rows: Callable[[TextFile], Iterator[Row]],
        dated: str = "", lists_all: bool = False, dated_until: str = "",
    ) -> None:  # fmt: skip
        """``dated_until``: the rows tell the date, as far as it is not to come."""
        self.file = file
        self.path = path
        self.lists_all = lists_all
        self._series = series
        self._dated = dated
        self._rows = rows
        self._until = dated_until
        self._id = hashlib.sha256(file.text.encode("utf-8", "surrogatepass")).hexdigest()

    def rows(self) -> Iterator[Row]:
        """Every row with its line; notes the newest day on which something had happened."""
        return self._watched() if self._until else self._rows(self.file)

    def edition(self) -> Edition:
        """Which edition it is; complete when its rows were read."""
        return Edition(self._series, self._id, self._dated)

    def forget(self) -> None:
        self.file = TextFile(self.file.path, self.file.name, "")

    def _watched(self) -> Iterator[Row]:
        newest, until = "", self._until
        for pair in self._rows(self.file):
            row = pair[1]
            if row.__class__ is Found:
                day = row.opened if row.status is Status.OPEN else row.closed
                # A day to come is a plan or a slip of the pen: it tells nothing about when the list was made.
                if newest < day <= until:
                    newest = day
            yield pair
        self._dated = newest


def source_of(file: TextFile, path: Path, today: str) -> Source:
    """``today`` is an ISO date. Raises ServicesRefused for a file in none of the layouts known here."""
    if file.text.lstrip()[:1] in "{[":
        return _answers(file, path)
    head = list(islice(numbered_rows(file), _HEAD_ROWS))
    start = ods.first_line(head)
    if start:
        kind = ods.type_of_file(file.name)
        series = ods.series_of_file(file.name, head)
        parse: Parse = lambda row: ods.parse(row, kind)  # noqa: E731 - one row, one call
        return Source(file, path, series, _reader(parse, start, ods.COLUMNS), dated_until=today)
    if (bare := nhs.headerless(file.name, head)) is not None:
        return Source(
            file, path, f"nhs:{editions.series_in(file.name)}", _reader(bare.parse, 1, bare.width),
            dated=editions.day_in(file.name),
        )  # fmt: skip
    found = cqc.find_layout(head)
    if found is None:
        raise ServicesRefused(path=str(path), reason=str(Reason.KIND_UNKNOWN))
    line, layout = found
    before = [" ".join(row) for number, row in head if number < line]
    dated = editions.first_day_in([*before, file.name])
    series = "weekly" if layout.weekly else editions.series_in(file.name)
    return Source(
        file, path, f"{layout.scheme}:{series}", _reader(layout.parse, line + 1, layout.width),
        dated=dated, lists_all=layout.weekly,
    )  # fmt: skip


def _reader(parse: Parse, start: int, width: int) -> Callable[[TextFile], Iterator[Row]]:
    def rows(file: TextFile) -> Iterator[Row]:
        for line, row in numbered_rows(file):
            if line < start:
                continue
            try:
                yield line, parse(row)
            except Refused as refused:
                if not is_comment(row, width):
                    yield line, refused

    return rows


def _answers(file: TextFile, path: Path) -> Source:
    """API answers: one a line, a list of them, or a single one over many lines."""
    lines = file.text.splitlines()
    found: list[tuple[int, Any]] = []
    try:
        whole = json.loads(file.text)
    except ValueError:
        for line, text in enumerate(lines, 1):
            if text.strip():
                try:
                    found.append((line, json.loads(text)))
                except ValueError:
                    found.append((line, None))
    else:
        found = [(1, one) for one in (whole if isinstance(whole, list) else [whole])]
    if not any(answers.looks_like(answer) for _, answer in found):
        raise ServicesRefused(path=str(path), reason=str(Reason.KIND_UNKNOWN))

    def rows(_file: TextFile) -> Iterator[Row]:
        for line, answer in found:
            yield line, _answer(answer)

    return Source(file, path, f"{Scheme.CQC}:api", rows)


def _answer(answer: Any) -> Found | Refused:
    if answer is None:
        return Refused(Reason.UNREADABLE)
    if not answers.looks_like(answer):
        return Refused(Reason.NOT_A_SERVICE)
    try:
        return answers.parse(answer)
    except Refused as refused:
        return refused
