"""What this computer remembers for the next paper: how to reach us, and the next form's number."""

from intake_app.store import home as facts
from intake_app.store.database import Database
from intake_app.text import clean_text

_PAPER = "paper"
_REACH, _NEXT = "reach", "next"


class PaperStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> tuple[str, int]:
        """The lines that say how to reach the organisation, and the number of the next form."""
        with self._database.read() as connection:
            values = facts.read_fact(connection, _PAPER) or {}
        return str(values.get(_REACH, "")), int(values.get(_NEXT, 1))

    def keep(self, reach: str, following: int | None = None) -> None:
        """``following`` is the next form's number; None leaves it as it is."""
        with self._database.write() as connection:
            values = facts.read_fact(connection, _PAPER) or {}
            values[_REACH] = clean_text(reach).strip()
            if following is not None:
                values[_NEXT] = following
            facts.write_fact(connection, _PAPER, values)
