"""The caller and the comparison in sentences, without a mark or a reproach."""

from collections.abc import Callable, Sequence

from intake_app import i18n
from intake_app.forms.library import Library
from intake_app.forms.model import QuestionSet
from intake_app.i18n import _
from intake_app.practice.callers import Caller, Turn
from intake_app.practice.comparison import About, Point
from intake_app.text import fsi
from ui.form.words import unmarked
from ui.languages import Languages
from ui.record import words


def turn_words(turn: Turn) -> str:
    """What is said now, by whom, and what the learner may do."""
    lines = [_SPEAKERS[turn.by]().format(words=fsi(turn.says))]
    if turn.meaning:
        lines.append(_("In English: {words}").format(words=fsi(turn.meaning)))
    if turn.hint:
        lines.append(_("Hint: {words}").format(words=fsi(turn.hint)))
    return "\n".join(lines)


def spoken_words(turn: Turn, library: Library) -> str:
    """The same for the ear: a voice made for the language of the screens cannot read another."""
    if not turn.meaning:
        return turn_words(turn)
    spoken = _("in {language}").format(language=Languages(library).name(turn.language))
    lines = [f"{_SPEAKERS[turn.by]().format(words=spoken)}."]
    return "\n".join([*lines, *turn_words(turn).split("\n")[1:]])


def introduction(caller: Caller) -> str:
    return _("{title}. {about} Ctrl+Shift+L: what the caller says next.").format(
        title=fsi(caller.title), about=fsi(caller.about)
    )


def summary(points: Sequence[Point]) -> str:
    """One kind sentence; no number, since practice is not marked."""
    if all(point.there for point in points):
        return _("Everything that a good record of this call holds is in yours.")
    return _(
        "What a good record of this call holds, beside yours. Nothing is marked: try the call again whenever "
        "you like."
    )


def point_words(point: Point, library: Library) -> str:
    """One row; whether it is there comes first, as words."""
    if point.about is About.NO_DANGER:
        return (
            _("Danger is not marked, and nobody spoke of any")
            if point.there
            else _("Danger is marked, though nobody spoke of any; where you are unsure, marking it is right")
        )
    text = _ABOUT[point.about](point, library)
    if point.there:
        return _("In your record. {point}").format(point=text)
    return _("Also in a good record. {point}").format(point=text)


def _answer(point: Point, library: Library) -> str:
    return _answered(point, library, ("frame", "feedback", "enquiry"))


def _session(point: Point, library: Library) -> str:
    return _answered(point, library, sorted(one for one in library.ids() if library.latest(one).staff_only))


def _answered(point: Point, library: Library, set_ids: Sequence[str]) -> str:
    for question_set in (library.latest(one) for one in set_ids):
        if point.question in question_set.by_id:
            return _("{question}: {answer}").format(
                question=_short(question_set, point.question),
                answer="; ".join(_choice(question_set, point.question, code) for code in point.wanted),
            )
    return point.question


def _support(point: Point, library: Library) -> str:
    label = library.code_label("supports", point.wanted[0], i18n.language())
    return _("Support, F5: {support}").format(support=fsi(label))


def _choice(question_set: QuestionSet, question_id: str, code: str) -> str:
    choice = question_set.question(question_id).choice(code)
    if choice is None:
        return _("yes")
    return words.text_of(question_set, question_id, "label", code) or choice.label


def _short(question_set: QuestionSet, question_id: str) -> str:
    return unmarked(words.short_name(question_set, question_set.question(question_id)))


def _topic(point: Point, library: Library) -> str:
    labels = [library.code_label("topics", code, i18n.language()) for code in point.wanted]
    return _("Topic: {topics}").format(topics=_(" or ").join(fsi(label) for label in labels))


def _detail(point: Point, library: Library) -> str:
    return _short(library.latest("person"), point.question)


_SPEAKERS: dict[str, Callable[[], str]] = {
    "caller": lambda: _("Caller: {words}"),
    "interpreter": lambda: _("Interpreter: {words}"),
    "relay_assistant": lambda: _("Relay assistant: {words}"),
}
_ABOUT: dict[About, Callable[[Point, Library], str]] = {
    About.STORY: lambda point, library: _("Story: {fact}").format(fact=fsi(point.wanted[0])),
    About.SERVICE: lambda point, library: _("Service: {service}").format(service=fsi(point.wanted[0])),
    About.TOPIC: _topic,
    About.ANSWER: _answer,
    About.DETAIL: _detail,
    About.SUPPORT: _support,
    About.SESSION: _session,
    About.DANGER: lambda point, library: _("Danger is marked (F7): somebody may be in danger"),
    About.RANG_OFF: lambda point, library: _("Caller rang off (Ctrl+R)"),
}
