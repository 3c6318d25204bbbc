"""The prefixes of text relay. They are never part of a number: a number is kept and compared without."""

from dataclasses import dataclass

FROM_TEXT = "18001"
TO_TEXT = "18002"
EMERGENCY = "18000"
PREFIXES = (FROM_TEXT, TO_TEXT, EMERGENCY)

_FILLING = " -()\u00a0\u202f\u2011."


@dataclass(frozen=True, slots=True)
class Dialled:
    """A number as it was dialled or shown: prefix, empty for none, and the number itself."""

    prefix: str
    number: str

    @property
    def by_relay(self) -> bool:
        return bool(self.prefix)


def split_prefix(dialled: str) -> Dialled:
    """``18001 020 7946 0000`` → prefix and number; spaces and hyphens may stand anywhere.

    Short numbers keep theirs too: ``18001 111``. What only begins alike, such as ``1800123``, has none
    unless a number that can be dialled follows: one that begins with 0, 1, 9 or +.
    """
    text = dialled.strip()
    taken, at = "", 0
    for at, sign in enumerate(text):  # noqa: B007
        if len(taken) == len(FROM_TEXT):
            break
        if sign in _FILLING:
            continue
        taken += sign
    else:
        at = len(text)
    rest = text[at:].strip(_FILLING.replace("(", "").replace(")", ""))
    digits = "".join(sign for sign in rest if sign.isdecimal())
    if taken in PREFIXES and (not rest or (len(digits) >= 3 and rest.lstrip("(")[:1] in "019+")):
        return Dialled(taken, rest)
    return Dialled("", text)


def call_back(number: str, came_with: str = "") -> str:
    """What staff dial to reach a person by relay; empty without a number.

    ``18002`` is for who speaks. Who was reached with it types at our end, and dials ``18001``.
    """
    plain = split_prefix(number).number
    prefix = FROM_TEXT if came_with == TO_TEXT else TO_TEXT
    return f"{prefix} {plain}" if plain else ""
