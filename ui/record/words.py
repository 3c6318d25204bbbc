"""Answers, sections and times in words, as the record page shows and speaks them."""

from intake_app import i18n
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, Question, QuestionSet
from intake_app.i18n import _, ngettext
from intake_app.records import (
    ENQUIRY,
    FEEDBACK,
    Answer,
    AnswerState,
    ServiceMention,
    TopicMention,
    spaced_reference,
)
from intake_app.taking_down import Section
from intake_app.text import fsi, ltr
from intake_app.times import Instant
from ui.form.service_words import journey_words
from ui.form.words import topic_words

LONGEST_QUOTE = 160


def section_title(section: Section) -> str:
    """In the language of the screens."""
    title = text_of(section.question_set, section.group, "label") or section.title
    if not section.number:
        return title
    return _("{section}, number {number}").format(section=title, number=section.number)


def kind_words(kind: str) -> str:
    """What sort of piece it is; a kind of a newer program by its name."""
    return {FEEDBACK: _("feedback"), ENQUIRY: _("enquiry")}.get(kind, kind)


def text_of(question_set: QuestionSet, question_id: str, column: str, choice: str = "") -> str:
    """A text of a question or group in the language of the screens; English where there is no other."""
    return question_set.wording(i18n.language()).text(question_id, column, choice)


def short_name(question_set: QuestionSet, question: Question) -> str:
    """The question in a few words."""
    return (
        question.short_label
        if i18n.language() == "en" and question.short_label
        else text_of(question_set, question.id, "label")
    )


def answer_words(question_set: QuestionSet, question: Question, answer: Answer, library: Library) -> str:
    """The answer as it is read back."""
    if answer.state is not AnswerState.ANSWERED:
        return _STATES[answer.state]()
    value = answer.value
    match question.kind:
        case Kind.SERVICES:
            return journey_words([ServiceMention.model_validate(one) for one in value or ()])
        case Kind.TOPICS:
            mentions = [TopicMention.model_validate(one) for one in value or ()]
            return i18n.series(_topic(one, library) for one in mentions)
        case Kind.SELECT_MULTIPLE:
            return i18n.series(_choice(question_set, question, code) for code in value or ())
        case Kind.SELECT_ONE:
            return _choice(question_set, question, str(value))
        case Kind.ACKNOWLEDGE:
            return _("yes")
    return fsi(answer.label or str(value))


def quoted(text: str) -> str:
    """The beginning of a story, in quotation marks."""
    flat = " ".join(text.split())
    shown = flat if len(flat) <= LONGEST_QUOTE else flat[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return _("“{words}”").format(words=fsi(shown))


def clock_time(instant: Instant) -> str:
    """``10:14``, the time in England."""
    return ltr(instant.london.strftime("%H:%M"))


def reference(digits: str) -> str:
    """``482 913 760``."""
    return ltr(spaced_reference(digits))


def how_long(milliseconds: int) -> str:
    """``7 minutes 42 seconds``; hours only where there are any."""
    seconds = max(0, milliseconds // 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = []
    if hours:
        parts.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if hours or minutes:
        parts.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes))
    parts.append(ngettext("{count} second", "{count} seconds", seconds).format(count=seconds))
    return " ".join(parts)


def how_long_ago(then: Instant, now: Instant) -> str:
    """``3 minutes ago`` · ``just now``, in whole minutes, then hours, then the day."""
    minutes = max(0, (now.utc_ms - then.utc_ms) // 60_000)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    if minutes < 24 * 60:
        hours = minutes // 60
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    return _("on {day}").format(day=ltr(then.civil.strftime("%d/%m/%Y")))


_STATES = {
    AnswerState.DECLINED: lambda: _("declined"),
    AnswerState.NOT_ASKED: lambda: _("not asked"),
    AnswerState.DONT_KNOW: lambda: _("does not know"),
}


def _choice(question_set: QuestionSet, question: Question, code: str) -> str:
    choice = question.choice(code)
    return text_of(question_set, question.id, "label", code) or (choice.label if choice else code)


def _topic(mention: TopicMention, library: Library) -> str:
    name = topic_words(library, mention)
    if not mention.sentiment:
        return fsi(name)
    feeling = library.code_label("sentiments", mention.sentiment, i18n.language())
    return _("{topic}: {sentiment}").format(topic=fsi(name), sentiment=feeling)
