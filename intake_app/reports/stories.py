"""What of an item's story is taken out: the words as told, in which language, and the same in English."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake_app import i18n
from intake_app.narratives import TOLD, is_current, is_english, shareable, translations
from intake_app.records import Item, Narrative, NarrativeKind, Record


@dataclass(frozen=True, slots=True)
class Story:
    """Codes are for programs; several of one column are joined by ``; ``, texts by an empty line.

    ``english`` is empty where the story itself is English; ``english_kind`` says whether that is a
    translation or what the interpreter said, ``english_how`` how a translation was made (staff,
    professional, machine), ``english_checked`` whether somebody compared it with the words as they are now.
    """

    text: str = ""
    language: str = ""
    kind: str = ""
    direction: str = ""
    english: str = ""
    english_kind: str = ""
    english_how: str = ""
    english_checked: str = ""


def story_of(record: Record, item: Item | None = None) -> Story:
    """Of an item, or of the record where it cites none.

    Where somebody made a redacted text, that stands for the original, and nothing made from the original is
    taken out; a translation never stands for what was told.
    """
    cited = item.narratives if item is not None and item.narratives else None
    leaving = [one for one in shareable(record, cited) if one.text]
    by_id = {one.id: one for one in record.narratives}
    source = {one.id: _source(one, by_id) for one in leaving}
    originals = {one.id for one in source.values() if one.kind is NarrativeKind.VERBATIM}
    told: list[Narrative] = []
    beside: dict[str, list[Narrative]] = {}
    for one in leaving:
        of = source[one.id]
        if of.kind is NarrativeKind.INTERPRETED and of.derived_from in originals:
            beside.setdefault(of.derived_from, []).append(one)
        elif of.kind in TOLD:
            # What the interpreter said is the story where nobody wrote down what the person did.
            told.append(one)
    english = [
        (one, found)
        for one in told
        if not is_english(one.language)
        if (found := _in_english(one, leaving, beside.get(source[one.id].id, ()))) is not None
    ]
    return Story(
        text="\n\n".join(one.text for one in told),
        language=_codes(one.language for one in told),
        kind=_codes(one.kind for one in told),
        direction=_codes(direction(one.language) for one in told),
        english="\n\n".join(one.text for _of, one in english),
        english_kind=_codes(one.kind for _of, one in english),
        english_how=_codes(one.method for _of, one in english),
        english_checked=_codes("yes" if _is_checked(one, of) else "no" for of, one in english),
    )


def direction(language: str) -> str:
    """Of a language's script: ``rtl`` or ``ltr``, as HTML has them."""
    return "rtl" if i18n.is_right_to_left(language) else "ltr"


def _in_english(
    original: Narrative, leaving: Sequence[Narrative], beside: Sequence[Narrative]
) -> Narrative | None:
    """The best there is: a checked translation, then the interpreter's words, then any translation."""
    made = [one for one in translations(original, leaving) if is_english(one.language)]
    checked = [one for one in made if _is_checked(one, original)]
    said = [one for one in beside if is_english(one.language)]
    return next((found[-1] for found in (checked, said, made) if found), None)


def _is_checked(one: Narrative, original: Narrative) -> bool:
    return one.checked is not None and is_current(one, original)


def _source(one: Narrative, by_id: Mapping[str, Narrative]) -> Narrative:
    """Of a redacted text what it stands for; anything else is its own."""
    seen: set[str] = set()
    while one.kind is NarrativeKind.REDACTED and one.derived_from in by_id and one.id not in seen:
        seen.add(one.id)
        one = by_id[one.derived_from]
    return one


def _codes(codes: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(str(one) for one in codes if one))
