"""Whether two stories may be one, told twice: by the rare words that both hold. Nobody's words are judged.

The rule, in whole: a word *tells* when it is not one of the commonest English words and, in Latin letters,
has at least four of them; of scripts without spaces two neighbouring characters are a word. It is *rare*
when few records hold it (``rare_up_to``). Two stories are alike when they share enough rare words and
enough of what the shorter one tells is in the other; less is enough where both are about one service.
"""

from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from intake_app.folding import query_words

SHORTEST_WORD = 4
MOST_WORDS = 300
"""Of a very long story the first words that tell stand for all of it."""

_COMMONEST = """
    about after again against also always another anything around asked back been before being between both
    came come could days didn does doing done down during each even every everything felt first from gave
    getting give given going gone good have having here into just keep knew know known last later like long
    made make many might more most much must need never next nobody nothing once only other over people
    person quite really right said same says seen several shall should since some someone something still
    such take taken tell than that their them then there these they thing things think this those though
    through time times told took under until very want wanted well went were what when where which while
    will with within without would year years your
"""
_COMMON = frozenset(_COMMONEST.split())


@dataclass(frozen=True, slots=True)
class Likeness:
    """``words`` are the rare ones in both stories, in alphabetical order; ``share`` is from 0 to 1."""

    words: tuple[str, ...]
    share: float


def telling_words(text: str) -> tuple[str, ...]:
    """Each once, in the order told, folded as the full-text index holds them."""
    found: dict[str, None] = {}
    for term in query_words(text):
        parts = term.split()
        for word in [term] if len(parts) < 2 else [" ".join(pair) for pair in pairwise(parts)]:
            if _tells(word):
                found[word] = None
                if len(found) == MOST_WORDS:
                    return tuple(found)
    return tuple(found)


def rare_up_to(records: int) -> int:
    """In how many records, of so many, a word may stand and still be rare."""
    return max(3, min(150, records // 100))


def likeness(one: tuple[str, ...], other: tuple[str, ...], rare: Container[str]) -> Likeness:
    """Of two stories' telling words; the same whichever comes first. Nothing told: nothing alike."""
    shared = set(one) & set(other)
    shorter = min(len(set(one)), len(set(other)))
    return Likeness(
        tuple(sorted(word for word in shared if word in rare)), len(shared) / shorter if shorter else 0.0
    )


def alike(found: Likeness, same_service: bool) -> bool:
    """Whether to offer the two to a person, who decides."""
    if same_service:
        return len(found.words) >= 2 and found.share >= 1 / 3
    return len(found.words) >= 4 and found.share >= 0.5


def _tells(word: str) -> bool:
    if not word.isascii():
        return len(word) > 1
    return len(word) >= SHORTEST_WORD and word not in _COMMON
