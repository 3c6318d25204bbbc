"""Calls that the telephone system announced while another record was open: in memory only."""

from collections import deque
from dataclasses import dataclass

from intake_app import caller_number
from intake_app.i18n import _, ngettext
from intake_app.times import Instant
from ui.record import words
from ui.workplace import Workplace

PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Call:
    """``readable`` and ``known`` are false where the number, or the channel, could not be made out."""

    channel: str
    number: str
    came: Instant
    readable: bool = True
    known: bool = True


class CallQueue:
    """The one that came first is taken first."""

    def __init__(self) -> None:
        self._waiting: deque[Call] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    @staticmethod
    def read(channel: str, given: str, workplace: Workplace) -> Call:
        found = caller_number.read(given)
        known = not channel or channel in workplace.library.code_list("channels").by_code
        return Call(
            channel if channel and known else PHONE, found.number, workplace.clock(), found.readable, known
        )

    def add(self, call: Call) -> None:
        self._waiting.append(call)

    def take(self) -> Call | None:
        """None where no call waits."""
        return self._waiting.popleft() if self._waiting else None

    def words(self) -> str:
        """How many wait, with what was wrong with the latest; empty where none waits."""
        return waits_words(self._waiting[-1], len(self._waiting)) if self._waiting else ""

    def numbers(self) -> tuple[str, ...]:
        return tuple(one.number for one in self._waiting)

    def clear(self) -> None:
        self._waiting.clear()


def came_words(call: Call, here: bool) -> str:
    """It is on the page that is shown, or on the record page behind another one."""
    come = _("A call has come.") if here else _("A call has come. Ctrl+L goes to it.")
    return _with_trouble(come, call)


def waits_words(call: Call, count: int) -> str:
    waits = ngettext(
        "Another call waits. Ctrl+N takes it and parks this record.",
        "{count} calls wait. Ctrl+N takes the first and parks this record.",
        count,
    )
    return _with_trouble(waits.format(count=count), call)


def taken_words(call: Call, left: int, now: Instant) -> str:
    """How long it waited: a number that is old may be that of somebody who has rung off."""
    taken = _("The call that came {when}.").format(when=words.how_long_ago(call.came, now))
    if left:
        more = ngettext("{count} more waits.", "{count} more wait.", left).format(count=left)
        taken = f"{taken} {more}"
    return taken


def _with_trouble(said: str, call: Call) -> str:
    parts = [said]
    if not call.known:
        parts.append(_("The phone system named a channel that is not in the list: noted as a phone call."))
    if not call.readable:
        parts.append(_("The phone system gave a number that cannot be read: ask for it."))
    return " ".join(parts)
