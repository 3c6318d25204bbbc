"""Makes text findable: every spelling that people use for the same word becomes one, in every script.

The store keeps folded text beside the original and indexes it with SQLite's FTS5 as
``unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'``; a query goes through the same folding.
No stock tokenizer folds Polish ł, Arabic letter variants and harakat, or finds Chinese words.
"""

import re
import unicodedata
from functools import cache

TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
"""The FTS5 ``tokenize`` option that this folding was made for."""

SHORTEST_STEM = 3
"""Letters that must remain for the Arabic article to be taken off: ``الم`` may be a word being typed."""

SHORTEST_PREFIX = 2
"""Letters from which the last word of a query also finds longer words."""


def _table() -> dict[int, str | None]:
    letters = {
        # Latin letters that Unicode does not decompose; casefold has already made ß into ss.
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d",
        "þ": "th", "ŋ": "ng", "ĸ": "k",
        # Arabic, Persian, Urdu and Kurdish forms of one letter. Hamza signs go with the marks below.
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
        "ە": "ه", "ک": "ك", "ڪ": "ك",
        # Marks of quantity and joining that writers leave out at will.
        "ـ": None, "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None,
    }  # fmt: skip
    table: dict[int, str | None] = {ord(letter): plain for letter, plain in letters.items()}
    removed = (
        range(0x0300, 0x0370),  # accents of Latin, Greek, Cyrillic; Indic vowel signs lie elsewhere and stay
        range(0x0591, 0x05BE),  # Hebrew points
        range(0x0610, 0x061B),
        range(0x064B, 0x0660),  # harakat, tanwin, shadda, sukun, hamza above and below
        range(0x0670, 0x0671),
        range(0x06D6, 0x06DD),
        range(0x06DF, 0x06E5),
        range(0x06E7, 0x06E9),
        range(0x06EA, 0x06EE),
        range(0x200E, 0x2010),  # direction marks, embeddings and isolates
        range(0x202A, 0x202F),
        range(0x2066, 0x206A),
    )
    for span in removed:
        table.update(dict.fromkeys(span, None))
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0E50):
        table.update({zero + digit: str(digit) for digit in range(10)})
    return table


_TABLE = _table()
# Scripts written without spaces: each character is a token, and a query for several is a phrase.
_UNSPACED = (
    "\u0e01-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_ARABIC_WORD = re.compile("[\u0620-\u06ff]+")
# "the" alone or behind and-, with-, so-, like-; "for the" (لل) has lost its alef.
_ARTICLE = re.compile(f"(?:[\u0648\u0628\u0641\u0643]?\u0627\u0644|\u0644\u0644)(?=.{{{SHORTEST_STEM}}})")
_ASCII_WORD = re.compile("[a-z0-9]+")


def fold(text: str) -> str:
    """``text`` in the one spelling that is compared; empty stays empty, and folding twice changes nothing.

    Length and positions are not kept.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = unicodedata.normalize("NFC", folded.translate(_TABLE).lower())
    return folded


def index_tokens(text: str) -> str:
    """Folded text as it is given to the full-text index.

    Characters of scripts without spaces stand alone, and an Arabic word with the article is followed by
    the word without it.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    folded = _unspaced_character().sub(r" \g<0> ", folded)
    return _ARABIC_WORD.sub(_with_stem, folded)


def token_line(text: str) -> str:
    """The tokens of ``text`` with one space before, between and after: for looking up without an index."""
    tokens = index_tokens(text)
    if tokens.isascii():
        return f" {' '.join(_ASCII_WORD.findall(tokens))} "
    return f" {' '.join(''.join(one if _in_token(one) else ' ' for one in tokens).split())} "


def line_has(line: str, words: str) -> bool:
    """Whether a ``token_line`` has all the words, by the same rules as ``query``; no words: True."""
    terms = query_words(words)
    if not terms:
        return True
    *whole, last = terms
    closed = words[-1:].isspace() or len(last) < SHORTEST_PREFIX
    return all(f" {term} " in line for term in whole) and f" {last}{' ' if closed else ''}" in line


def query(words: str) -> str:
    """An FTS5 expression that finds texts with all the words; empty when ``words`` holds no letter or digit.

    The last word also finds longer ones, as it may still be being typed, unless a space follows it.
    """
    terms = query_words(words)
    if not terms:
        return ""
    quoted = [f'"{term}"' for term in terms]
    open_ended = not words[-1:].isspace() and len(terms[-1]) >= SHORTEST_PREFIX
    if open_ended:
        quoted[-1] += "*"
    return " ".join(quoted)


def query_words(words: str) -> tuple[str, ...]:
    """The words as the index holds them, in the order typed; several characters without spaces are one."""
    folded = fold(words)
    if folded.isascii():
        return tuple(_ASCII_WORD.findall(folded))
    found: list[str] = []
    for word in "".join(one if _in_token(one) else " " for one in folded).split():
        for part in _unspaced_or_spaced().findall(word):
            if _unspaced_character().match(part):
                found.append(" ".join(part))
            else:
                found.append(_ARTICLE.sub("", part, count=1) if _ARTICLE.match(part) else part)
    return tuple(found)


# Python needs 8 ms to prepare these two: not at the start, since most stories never need them.
@cache
def _unspaced_character() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@cache
def _unspaced_or_spaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


def _with_stem(word: re.Match[str]) -> str:
    whole = word.group()
    article = _ARTICLE.match(whole)
    return whole if article is None else f"{whole} {whole[article.end() :]}"


def _in_token(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Co", "Mn", "Mc")
