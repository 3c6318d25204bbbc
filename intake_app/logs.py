"""A rotating log that cannot hold personal data: only event names, counts, ids and places in the program.

What other libraries log, and what an error says in words, is never written: of a message from elsewhere only
its logger, level and place remain. So an answer, a number or a name cannot reach the file by mistake.
"""

import contextlib
import logging
import re
import traceback
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FOLDER_NAME = "logs"
FILE_NAME = "intake.log"
LARGEST_FILE_BYTES = 500_000
FILES_KEPT = 3

_LOGGER = logging.getLogger("intake")
# Without a handler Python would write faults to standard error, words and all.
_LOGGER.addHandler(logging.NullHandler())
_EVENT = re.compile(r"[a-z][a-z_]{0,40}(\.[a-z][a-z_]{0,40}){1,2}")
_PLACE = re.compile(r"[a-z][a-z0-9_.]{0,100}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_FACTS = "intake_facts"
_HIDDEN = "hidden"

Fact = int | float | bool | str
"""A text is written only where it is one of our ids; else ``hidden`` stands for it."""


def event(name: str, **facts: Fact) -> None:
    """Notes that something happened: ``event("record.saved", id=record.id)``; a name has a full stop."""
    _LOGGER.info(name, extra={_FACTS: facts})


def fault(name: str, error: BaseException, **facts: Fact) -> None:
    """Notes an error by its kind and where it came from, without a word of its text."""
    _LOGGER.error(name, exc_info=error, extra={_FACTS: facts})


class Log:
    """Writes to ``folder/logs/intake.log`` until closed; where that cannot be, nothing is written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER_NAME / FILE_NAME
        self._handler: logging.Handler
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handler = _Handler(
                self.path, maxBytes=LARGEST_FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
            )
        except OSError:
            self._handler = logging.NullHandler()
        self._handler.setFormatter(WithoutWords())
        self._handler.setLevel(logging.INFO)
        _LOGGER.setLevel(logging.INFO)
        logging.getLogger().addHandler(self._handler)

    def close(self) -> None:
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


class _Handler(RotatingFileHandler):
    """A log that cannot be written, as on a full disk, is left unwritten: it is nobody's work."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: Python's own way would print the place in the program to standard error."""

    def close(self) -> None:
        with contextlib.suppress(OSError):
            super().close()


class WithoutWords(logging.Formatter):
    """One line a record: when, how grave, what, facts. Faults add a line for each place in the program."""

    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, _FACTS, None)
        if record.name == _LOGGER.name and isinstance(facts, Mapping):
            told = (f"{_fitting(_PLACE, key)}={_fact(value)}" for key, value in facts.items())
            parts = [_fitting(_EVENT, record.msg), *told]
        else:
            # Somebody else's message: its words may quote what was typed.
            parts = [_fitting(_PLACE, record.name), f"{_fitting(_PLACE, record.module)}:{record.lineno}"]
        line = " ".join([self.formatTime(record), record.levelname, *parts])
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}\n{_places(error)}"


def _fitting(pattern: re.Pattern[str], text: object) -> str:
    return text if isinstance(text, str) and pattern.fullmatch(text) else _HIDDEN


def _fact(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return str(value)
    return _fitting(_ID, value)


def _places(error: BaseException) -> str:
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"  {type(seen).__qualname__}")
        lines += [
            f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)
