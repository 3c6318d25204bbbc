"""What the search index is fed for a service, and the query made from what somebody types."""

import re

from intake_app.folding import fold, query_words

_APOSTROPHES = str.maketrans({"'": None, "’": None, "‘": None, "`": None, "&": " and "})
_POSTCODE_START = re.compile(r"[a-z]{1,2}\d")
# What people say and what directories write for the same word; both sides are brought to the first.
_SAME = {
    "st": "saint", "saints": "saint", "ctr": "centre", "center": "centre", "dr": "doctor", "drs": "doctor",
    "hosp": "hospital", "rd": "road", "med": "medical", "surg": "surgery", "ltd": "limited",
}  # fmt: skip
MOST_WORDS = 8


def index_words(
    name: str,
    former: str,
    aliases: str,
    address: str,
    postcode: str,
    provider: str,
    local_authority: str,
    codes: str,
) -> str:
    """Everything that a service may be found by, folded; the postcode with and without its space."""
    text = f"{name} {aliases} {former} {address} {postcode} {provider} {local_authority} {codes}"
    folded = fold(text).translate(_APOSTROPHES)
    joined = postcode.replace(" ", "").lower()
    extra = [same for word in folded.replace(",", " ").split() if (same := _SAME.get(word.strip("."), ""))]
    return f"{folded} {joined} {' '.join(extra)}"


def query_terms(text: str) -> tuple[str, ...]:
    """The words typed, as the index holds them; at most ``MOST_WORDS``, since more never narrow a search."""
    words = query_words(fold(text).translate(_APOSTROPHES))
    return tuple(part for word in words for part in word.split())[:MOST_WORDS]


def match_expression(terms: tuple[str, ...]) -> str:
    """An FTS5 expression: every word typed may be the beginning of one that is meant. Empty for no words."""
    return " ".join(f'("{term}"* OR "{_SAME[term]}")' if term in _SAME else f'"{term}"*' for term in terms)


def beginnings(text: str) -> frozenset[str]:
    """The single words of a name, to tell which of several names a query met."""
    return frozenset(query_words(fold(text).translate(_APOSTROPHES)))


def meets(words: frozenset[str], term: str) -> bool:
    return any(word.startswith(term) for word in words) or _SAME.get(term, term) in words
