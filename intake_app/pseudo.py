"""Two made-up languages that show what a real one would break, without waiting for a translator.

``en-XA`` is English with accents, brackets and room for longer words: what is cut off or not translated is
seen at once. ``ar-XB`` is English forced from right to left: what does not mirror is seen.
"""

import gettext
import re

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ACCENTED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
# Fields, access keys, tags, addresses and key names stay as they are.
_KEPT = re.compile(
    r"(\{[^{}]*\}|%\([a-z_]+\)[sd]|%\d|&&|&\w|<[^>]+>|https?://\S+|\b(?:Ctrl|Shift|Alt)\+\S+|\bF\d+\b)"
)
_RIGHT_TO_LEFT_MARK = "\u200f"
_RIGHT_TO_LEFT_OVERRIDE = "\u202e"
_POP_OVERRIDE = "\u202c"
_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"


def lengthened(message: str) -> str:
    """``[Šåṽéð ····]``: 40 % longer, short messages 60 to 100 %."""
    letters = len(_KEPT.sub("", message))
    share = 1.0 if letters <= 10 else 0.6 if letters <= 20 else 0.4
    text = "".join(
        part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(_KEPT.split(message))
    )
    return f"[{text}{' ' + '·' * round(letters * share) if letters else ''}]"


def reversed_words(message: str) -> str:
    """Every word is shown from right to left; fields stand isolated between them."""
    shown = []
    for at, part in enumerate(_KEPT.split(message)):
        if at % 2:
            shown.append(part if part.startswith("&") else f"{_ISOLATE}{part}{_POP_ISOLATE}")
        else:
            shown.append(re.sub(r"[^\W\d_]+", rf"{_RIGHT_TO_LEFT_OVERRIDE}\g<0>{_POP_OVERRIDE}", part))
    # Like a word of a real language would, the mark makes Qt align the text from the right.
    return _RIGHT_TO_LEFT_MARK + "".join(shown) if shown != [""] else ""


class PseudoTranslations(gettext.NullTranslations):
    """Makes its translations as they are asked for, so that it always covers every message."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self._made = lengthened if tag == "en-XA" else reversed_words

    def gettext(self, message: str) -> str:
        return self._made(message) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._made(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        # Names of keys are read back by Qt and must stay what they are.
        return message if context == "QShortcut" else self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)
