"""One line of a file of responses, before anybody knows what its columns are."""

from dataclasses import dataclass
from enum import StrEnum


class Broken(StrEnum):
    """Why a line is no response that could be read."""

    QUOTES = "quotes"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` as the spreadsheet, or a text editor, counts; ``reason`` set: it cannot be taken apart."""

    number: int
    cells: tuple[str, ...]
    reason: str = ""
