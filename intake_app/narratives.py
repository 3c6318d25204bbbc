"""What a record's narratives are to each other: what was told, what was made of it, what is still to do."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from intake_app.records import Narrative, NarrativeKind, Record, RecordState

ENGLISH = "en"
UNKNOWN = "und"
"""The tag of a language that nobody said (BCP 47)."""
TOLD = (NarrativeKind.VERBATIM, NarrativeKind.INTERPRETED)
"""What was said in the conversation; every other kind was made of it afterwards."""
SPOKEN_WORDS = 20
"""As many as an interpreter keeps in mind."""
_SENTENCE_END = re.compile(r"(?<=[.!?…؟۔。！？])\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,;:،؛])\s+")


def is_english(tag: str) -> bool:
    """English of any country; an unknown language is none."""
    return tag.partition("-")[0].lower() == ENGLISH


def told(record: Record) -> tuple[Narrative, ...]:
    """What was said in the conversation, in the order in which it stands in the record."""
    return tuple(one for one in record.narratives if one.kind in TOLD)


def in_order(narratives: Sequence[Narrative]) -> tuple[Narrative, ...]:
    """Each original with all that derives from it below it; every narrative once."""
    known = {one.id for one in narratives}
    found: dict[str, Narrative] = {}
    roots = [one for one in narratives if one.derived_from not in known]
    # Those left over derive from each other in a ring, which only another program can have written.
    for root in (*roots, *narratives):
        for one in _below(root, narratives, found):
            found[one.id] = one
    return tuple(found.values())


def digest(text: str) -> str:
    """By which a translation knows whether the words that it translates are still the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_current(translation: Narrative, original: Narrative) -> bool:
    """The original says what it said when the translation was made or last checked."""
    return not translation.of_text or translation.of_text == digest(original.text)


def spoken_pieces(text: str, most_words: int = SPOKEN_WORDS) -> tuple[str, ...]:
    """A story as it is read to an interpreter: a sentence at a time, a long one at its commas."""
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        piece: list[str] = []
        for clause in _CLAUSE_END.split(sentence):
            words = clause.split()
            if piece and len(piece) + len(words) > most_words:
                found.append(" ".join(piece))
                piece = []
            while len(words) > most_words:
                found.append(" ".join(words[:most_words]))
                words = words[most_words:]
            piece += words
        if piece:
            found.append(" ".join(piece))
    return tuple(found)


def translations(original: Narrative, narratives: Iterable[Narrative]) -> tuple[Narrative, ...]:
    """Those made from these very words, in the order in which they were made."""
    return tuple(
        one
        for one in narratives
        if one.kind is NarrativeKind.TRANSLATION and one.derived_from == original.id and one.text.strip()
    )


def waiting_for_translation(record: Record) -> tuple[Narrative, ...]:
    """What was told in another language and has no checked English translation of what it says now.

    What the interpreter said is no translation of the words that are written down: it only stands beside
    them. A record that was withdrawn waits for nothing.
    """
    if record.state is RecordState.WITHDRAWN:
        return ()
    return tuple(
        one
        for one in told(record)
        if not is_english(one.language)
        and one.text.strip()
        and not _in_checked_english(one, record.narratives, frozenset())
    )


def shareable(record: Record, cited: Iterable[str] | None = None) -> tuple[Narrative, ...]:
    """What may leave: of a story with a redacted text only that, and what was made from that.

    ``cited`` names the stories that are asked for, with all that belongs to them; None for every story.
    """
    wanted = None if cited is None else set(cited)
    return tuple(
        one
        for family in _families(record.narratives)
        if wanted is None or any(one.id in wanted for one in family)
        for one in _without_unredacted(family)
    )


def _in_checked_english(original: Narrative, narratives: Sequence[Narrative], seen: frozenset[str]) -> bool:
    if original.id in seen:
        return False
    return any(
        one.checked is not None
        and is_current(one, original)
        and (is_english(one.language) or _in_checked_english(one, narratives, seen | {original.id}))
        for one in translations(original, narratives)
    )


def _below(
    root: Narrative, narratives: Sequence[Narrative], found: dict[str, Narrative]
) -> Iterator[Narrative]:
    left = [root]
    seen = set(found)
    while left:
        one = left.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        yield one
        left += [other for other in reversed(narratives) if other.derived_from == one.id]


def _families(narratives: Sequence[Narrative]) -> list[list[Narrative]]:
    """Narratives that derive from each other, whichever way round."""
    family_of: dict[str, list[Narrative]] = {one.id: [one] for one in narratives}
    for one in narratives:
        mine, other = family_of[one.id], family_of.get(one.derived_from)
        if other is not None and other is not mine:
            other += mine
            family_of |= {each.id: other for each in mine}
    places = {one.id: place for place, one in enumerate(narratives)}
    found = {id(family): sorted(family, key=lambda one: places[one.id]) for family in family_of.values()}
    return sorted(found.values(), key=lambda family: places[family[0].id])


def _without_unredacted(family: Sequence[Narrative]) -> list[Narrative]:
    redacted = [one for one in family if one.kind is NarrativeKind.REDACTED]
    if not redacted:
        return list(family)
    # The newest of each story stands for those before it.
    newest = {one.derived_from: one for one in redacted}
    return [each for one in newest.values() if one.id not in newest for each in _below(one, family, {})]
