"""What each question waits for, so that a key press works out again only what depends on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake_app.forms.model import QuestionSet


@dataclass(frozen=True, slots=True)
class Graph:
    """``order`` has every question after those it reads; ``reads`` and ``dependants`` are direct."""

    order: tuple[str, ...]
    reads: Mapping[str, frozenset[str]]
    place: Mapping[str, int]
    dependants: Mapping[str, tuple[str, ...]]

    def after(self, changed: Iterable[str]) -> tuple[str, ...]:
        """The changed questions and everything that waits for them, in order."""
        found: set[str] = set()
        waiting = list(changed)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.dependants.get(name, ()))
        return tuple(sorted((name for name in found if name in self.place), key=self.place.__getitem__))


def reads(question_set: QuestionSet) -> dict[str, frozenset[str]]:
    """By question: the questions that its relevance and its calculated value depend on."""
    found: dict[str, frozenset[str]] = {}
    groups = {group.id: group.relevant for group in question_set.groups}
    for question in question_set.questions:
        expressions = (question.relevant, groups[question.group], question.calculation)
        found[question.id] = frozenset().union(*(one.names for one in expressions if one))
    return found


def graph_of(question_set: QuestionSet) -> Graph:
    """Raises ValueError for a set whose questions wait for one another; a loaded set never does."""
    waits = reads(question_set)
    order = _ordered(waits)
    if order is None:
        raise ValueError("cycle")
    dependants: dict[str, list[str]] = {}
    for name, sources in waits.items():
        for source in sources:
            dependants.setdefault(source, []).append(name)
    return Graph(
        order=tuple(order),
        reads=waits,
        place={name: place for place, name in enumerate(order)},
        dependants={name: tuple(found) for name, found in dependants.items()},
    )


def cycle(question_set: QuestionSet) -> tuple[str, ...]:
    """Questions that wait for one another, in that order; empty when there are none."""
    waits = reads(question_set)
    left = set(waits)
    while True:
        free = {name for name in left if not waits[name] & left}
        if not free:
            break
        left -= free
    if not left:
        return ()
    path = [min(left)]
    while True:
        following = min(waits[path[-1]] & left)
        if following in path:
            return tuple(path[path.index(following) :])
        path.append(following)


def _ordered(waits: Mapping[str, frozenset[str]]) -> list[str] | None:
    """Kahn's algorithm, in the sheet's order wherever that is possible."""
    missing = {name: sum(source in waits for source in sources) for name, sources in waits.items()}
    dependants: dict[str, list[str]] = {}
    for name, sources in waits.items():
        for source in sources:
            dependants.setdefault(source, []).append(name)
    ready = [name for name in waits if not missing[name]]
    order: list[str] = []
    for name in ready:
        order.append(name)
        for follower in dependants.get(name, ()):
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    return order if len(order) == len(waits) else None
