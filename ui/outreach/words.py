"""What the screen says of papers."""

from intake_app.channels.outreach.paper import SIZES, Paper
from intake_app.forms.code_lists import by_need, shown_name
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH
from intake_app.i18n import _
from intake_app.text import without_isolates
from ui.form.person_language import language_row

_LARGE_PRINT = 16


def languages(library: Library) -> tuple[str, ...]:
    """English, then those with wording in the order of need."""
    worded = library.wordings.languages()
    in_order = [one.code for one in by_need(library.code_list("languages")) if one.code in worded]
    # Easy Read is no language that anybody speaks, so the list of languages may not have it.
    return (ENGLISH, *in_order, *(one for one in worded if one not in in_order))


def language_words(library: Library, tag: str) -> str:
    """``Urdu · draft, not checked``: by the name that an English voice can read."""
    if tag == ENGLISH:
        return _("English")
    name = shown_name(library.code_list("languages"), tag)
    return without_isolates(language_row(name, name, library.wordings.status(tag)))


def size_words(points: int) -> str:
    words = _("{points} points, large print") if points >= _LARGE_PRINT else _("{points} points")
    return words.format(points=points)


def sizes() -> tuple[int, ...]:
    return SIZES


def reason_words(reason: str) -> str:
    """Why no slip is given, or what to think of before one is."""
    return {
        "no_record": _(
            "No record is open here, and none was finished since Intake was opened. Open one in the list."
        ),
        "practice": _("This is practice: a slip with a number that does not exist is not given to anybody."),
        "withdrawn": _("This record was withdrawn, so there is nothing to come back to."),
        "danger": _(
            "Danger is marked in this record. A paper can be found by somebody who must not know that they "
            "spoke to you. Tell them the reference instead, if that is safe."
        ),
        "danger_closed": _(
            "Danger was marked in this record before. Ask whether it is safe for them to keep a paper."
        ),
        "no_contact": _("They want no contact. Ask whether they want a paper, and where they would keep it."),
        "no_message": _(
            "It is not safe to leave them a message. Ask whether it is safe for them to keep a paper."
        ),
        "worked_there": _(
            "They have worked for the service. Ask whether anybody there could find the paper."
        ),
        "unknown_to_service": _(
            "The service may not know that it was them. Ask whether anybody there could find the paper."
        ),
    }[reason]


def in_english_words(paper: Paper) -> str:
    """How much of a form stands in English although another language was chosen; empty for nothing."""
    if not paper.in_english:
        return ""
    return _(
        "{count} of {all} questions are in English, each with “ask for an interpreter”: their words in this "
        "language are not checked by a named person. Menu Office, “Questions in other languages”."
    ).format(count=paper.in_english, all=paper.asked)
