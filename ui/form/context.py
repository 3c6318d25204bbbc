"""What a form is given from outside: it knows no store, no directory and no clock of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from intake_app.forms.library import Library
from intake_app.forms.model import Choice, Question
from intake_app.forms.prompts import Prompt
from intake_app.services.history import Remark
from intake_app.services.model import ServiceHit
from ui.form.person_language import PersonLanguage

SearchServices = Callable[[str, Callable[[tuple[ServiceHit, ...]], None]], None]
"""Looks words up off the UI thread and hands the hits to the second argument on the UI thread."""


TellRemarks = Callable[[Sequence[tuple[str, str]], str, Callable[[Mapping[str, Remark]], None]], None]
"""Looks up what there is to say of services, (id, name in the record), at the time that an answer tells."""


def _no_remarks(
    _mentions: Sequence[tuple[str, str]], _when: str, _give: Callable[[Mapping[str, Remark]], None]
) -> None:
    """Where there is no directory there is nothing to say."""


def _nothing_about(_service: str) -> None:
    """Where there is no directory there is nothing to open."""


class SayLevel(StrEnum):
    """How much of the words to be read out is shown and spoken."""

    FULL = "full"
    SHORT = "short"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FormContext:
    """What every form needs. ``say`` puts a sentence into the spoken status line.

    ``person`` is the language in which the questions are put to the person; the language of labels and hints
    is that of the screens.
    """

    library: Library
    search_services: SearchServices
    say: Callable[[str], None]
    person: PersonLanguage
    today: Callable[[], date]
    tell_remarks: TellRemarks = _no_remarks
    open_service: Callable[[str], None] = _nothing_about
    """Opens what is known of a service, by its id."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as its builder sees it.

    ``text(column)`` and ``choice_label(choice)`` are in the language of the screens and asked anew after a
    switch; ``prompt(short)`` and ``choice_prompt(choice)`` are the words that are put to the person, and
    ``may_show`` tells whether they may be shown. ``values`` are the other answers, for choice filters.
    ``say`` gathers what one key caused.
    """

    question: Question
    context: FormContext
    text: Callable[[str], str]
    prompt: Callable[[bool], Prompt]
    choice_label: Callable[[Choice], str]
    choice_prompt: Callable[[Choice], Prompt]
    recording: Callable[[], Path | None]
    may_show: Callable[[Prompt], bool]
    values: Callable[[], Mapping[str, Any]]
    say: Callable[[str], None]

    def choices(self) -> tuple[Choice, ...]:
        """The choices offered now: in force today and let through by the choice filter."""
        return self.question.shown_choices(self.values(), self.context.today())

    def choice(self, code: str, label: str = "") -> Choice:
        """A choice by its code, also one no longer offered; an unknown code shows ``label`` or itself."""
        return self.question.choice(code) or Choice(code=code, label=label or code)
