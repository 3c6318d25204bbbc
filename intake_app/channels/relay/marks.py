"""GA and SK at the end of a turn: taken off the words and kept as marks."""

import re
from dataclasses import dataclass

_END = re.compile(r"(?:^|(?<=[\s.,!?;:]))(GA|SK)(?=[\s.!]*$)[\s.!]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words without the marks that stood at their end."""

    words: str
    go_ahead: bool = False
    ends: bool = False


def read_marks(typed: str) -> Marked:
    """``THANK YOU GA`` · ``BYE SK SK`` · ``BYE GA OR SK``: nothing inside the words is touched."""
    words, found = typed.strip(), set()
    while mark := _END.search(words):
        found.add(mark.group(1).upper())
        words = words[: mark.start()].rstrip()
        if words.upper().endswith((" OR", " TO")) or words.upper() in ("OR", "TO"):
            before = words[:-2].rstrip()
            # "GA OR SK" and "GA TO SK": the person leaves it to us whether the call is over.
            if _END.search(before):
                words = before
    return Marked(words, go_ahead="GA" in found, ends="SK" in found)
