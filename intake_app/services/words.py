"""What the search index is fed for a service, and the query made from what somebody types."""

import re
from collections.abc import Callable, Sequence
from itertools import chain

from intake_app.folding import fold, query_words

_TROUBLE = re.compile("['’‘`&]")
_APOSTROPHES = str.maketrans({"'": None, "’": None, "‘": None, "`": None, "&": " and "})
_ODD = re.compile("[^a-z0-9 ]+")
_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?")
_INWARD = re.compile(r"\d[a-z]{0,2}")
# What people say and what directories write for the same word; both sides are brought to the longer.
_SAME = {
    "st": "saint", "saints": "saint", "ctr": "centre", "center": "centre", "dr": "doctor", "drs": "doctor",
    "hosp": "hospital", "rd": "road", "med": "medical", "surg": "surgery", "ltd": "limited",
}  # fmt: skip
_MOST_REMEMBERED_WORDS = 200_000
MOST_WORDS = 8
MOST_BEGUN = 60
LONGEST_INDEXED_PREFIX = 3
"""As in the index's ``prefix`` option; longer beginnings are looked up in the list of words."""

WordsFrom = Callable[[str], Sequence[str]]


class _OfWord(dict[str, tuple[str, ...]]):
    """The index's words for one word as written, each worked out once: directories repeat a few thousand."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) > _MOST_REMEMBERED_WORDS:
            self.clear()
        words = self[written] = _index_words_of(written)
        return words


def _index_words_of(written: str) -> tuple[str, ...]:
    # Most words are letters or digits, perhaps with a comma behind.
    text = written.rstrip(",")
    if text.isascii() and text.isalnum():
        text = text.lower()
        return (text, _SAME[text]) if text in _SAME else (text,)
    text = _plain(written)
    if text.isascii():
        found = _ODD.sub(" ", text).split()
    else:
        found = [part for word in query_words(text) for part in word.split()]
    return tuple(dict.fromkeys([*found, *(_SAME[one] for one in found if one in _SAME)]))


_of_word = _OfWord()


def index_words(text: str, postcode: str, codes: str) -> set[str]:
    """Every word that a service may be found by, folded, each once; the postcode is one word."""
    words = set(chain.from_iterable(map(_of_word.__getitem__, set(text.split()))))
    if postcode:
        words.add(postcode.replace(" ", "").lower())
    words.update(codes.lower().split())
    return words


def query_terms(text: str) -> tuple[str, ...]:
    """The words typed, as the index holds them; at most ``MOST_WORDS``, since more never narrow a search.

    The two halves of a postcode become one word.
    """
    words = [part for word in query_words(_plain(text)) for part in word.split()]
    terms: list[str] = []
    for word in words[:MOST_WORDS]:
        if terms and _INWARD.fullmatch(word) and _OUTWARD.fullmatch(terms[-1]):
            terms[-1] += word
        else:
            terms.append(word)
    return tuple(terms)


def match_expression(terms: tuple[str, ...], words_from: WordsFrom) -> str:
    """An FTS5 expression: every word typed may be the beginning of one that is meant. Empty for no words.

    ``words_from`` gives the words of the index that begin so, at most ``MOST_BEGUN`` + 1.
    """
    return " AND ".join(f"({_one(term, words_from)})" for term in terms)


def _one(term: str, words_from: WordsFrom) -> str:
    if len(term) > LONGEST_INDEXED_PREFIX and term.isalpha():
        begun = words_from(term)
        if 0 < len(begun) <= MOST_BEGUN:
            return " OR ".join(f'"{word}"' for word in begun)
    return f'"{term}"* OR "{_SAME[term]}"' if term in _SAME else f'"{term}"*'


def beginnings(text: str) -> frozenset[str]:
    """The single words of a name, to tell which of several names a query met."""
    return frozenset(query_words(_plain(text)))


def meets(words: frozenset[str], term: str) -> bool:
    """Whether a word of a name begins so, or is another spelling of it."""
    return any(word.startswith(term) for word in words) or _SAME.get(term, term) in words


def _plain(text: str) -> str:
    folded = fold(text)
    return folded.translate(_APOSTROPHES) if _TROUBLE.search(folded) else folded
