"""What a column most likely is, by its title: a proposal that a person looks at before it is used."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from intake_app.assets import asset
from intake_app.channels.webform.mapping import (
    BESIDE,
    ONCE,
    ColumnUse,
    FormMapping,
    Target,
    plain,
)

_NUMBERED = re.compile(r"^(?:q|question)? ?\d+ ?[a-z]? (?=\D)")
_OPTIONAL = re.compile(r" (?:optional|required)$")
LEAST_LIKENESS = 0.6
"""Titles in both forms, of those in either."""
_LEAST_WORDS = 3
"""A known title of fewer words may begin any question."""


def guessed(titles: Iterable[str], targets: Mapping[str, Target]) -> tuple[ColumnUse, ...]:
    """One for each title, in order; of several that might be the id, the most telling one is."""
    ranked = [(title, *_guess(title, targets)) for title in titles]
    best: dict[str, int] = {}
    for _title, target, rank in ranked:
        if target in ONCE:
            best[target] = min(rank, best.get(target, rank))
    found: list[ColumnUse] = []
    given: set[str] = set()
    for title, target, rank in ranked:
        if target in ONCE and (rank != best[target] or target in given):
            target = BESIDE
        given.add(target)
        found.append(ColumnUse(title=title, target=target))
    return tuple(found)


def remembered(titles: Sequence[str], mappings: Iterable[FormMapping]) -> FormMapping | None:
    """The form that has these titles and no others; else the one most like it, where it is like enough."""
    wanted = {plain(one) for one in titles}
    likest: tuple[float, FormMapping | None] = (LEAST_LIKENESS, None)
    for one in mappings:
        there = {plain(column.title) for column in one.columns}
        likeness = len(wanted & there) / max(len(wanted | there), 1)
        if likeness > likest[0]:
            likest = likeness, one
    return likest[1]


def proposed(
    name: str, titles: Sequence[str], mappings: Iterable[FormMapping], targets: Mapping[str, Target]
) -> tuple[FormMapping, bool]:
    """How the form is to be read, and whether somebody said so for exactly these columns."""
    before = remembered(titles, mappings)
    columns = guessed(titles, targets)
    if before is None:
        return FormMapping(name=name, columns=columns), False
    known = {plain(one.title) for one in before.columns}
    # A guess never takes away what a person said of another column.
    taken = {one.target for one in before.columns} & set(ONCE)
    fresh = [one if one.target not in taken else one.model_copy(update={"target": BESIDE}) for one in columns]
    columns = tuple(
        before.use_of(one.title).model_copy(update={"title": one.title}) if plain(one.title) in known else one
        for one in fresh
    )
    same = known == {plain(one) for one in titles}
    return before.model_copy(update={"columns": columns}), same


def _guess(title: str, targets: Mapping[str, Target]) -> tuple[str, int]:
    """What it is, and how far down in the list that stands."""
    words = _OPTIONAL.sub("", _NUMBERED.sub("", plain(title)))
    known = _known()
    if words in known:
        target, rank = known[words]
        return _there(target, targets), rank
    for one in targets.values():
        question = one.question
        if words and words in {plain(text) for text in (question.label, question.short_label, question.say)}:
            return one.key, len(known)
    for beginning, (target, rank) in known.items():
        if beginning.count(" ") >= _LEAST_WORDS - 1 and words.startswith(beginning + " "):
            return _there(target, targets), rank
    return BESIDE, len(known)


def _there(target: str, targets: Mapping[str, Target]) -> str:
    """An organisation's own sets may lack the question."""
    return target if ":" not in target or target in targets else BESIDE


@cache
def _known() -> dict[str, tuple[str, int]]:
    with asset("resources/web_forms/titles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {plain(row["title"]): (row["target"], rank) for rank, row in enumerate(rows)}
