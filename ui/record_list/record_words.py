"""A whole record in words, to be read top to bottom by eye or by ear."""

from collections.abc import Iterator, Mapping

from intake_app import formats
from intake_app.attaching import is_day_alone
from intake_app.channels.outreach.respondent import by_themselves
from intake_app.channels.relay import log
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, Question
from intake_app.i18n import ENGLISH, _, language
from intake_app.narratives import in_order, is_english
from intake_app.records import (
    Answer,
    AnswerState,
    Item,
    Narrative,
    Record,
    RecordState,
    ServiceMention,
    Session,
    Sheet,
    TopicMention,
    spaced_reference,
)
from intake_app.services.history import Remark
from intake_app.text import fsi, ltr, numbers_kept
from ui import narrative_words, online_words
from ui.email.reply_words import reply_words
from ui.form.service_words import journey_words, remark_words
from ui.form.words import in_language, topic_words
from ui.interpreter.words import session_words
from ui.languages import Languages
from ui.narrative_words import Names
from ui.record_list.service_remarks import NO_REMARKS, Remarks
from ui.record_list.words import channel_words
from ui.relay.turn_words import turn_words


def record_words(
    record: Record,
    library: Library,
    remarks: Remarks = NO_REMARKS,
    name_of: Names = str,
    event: str = "",
) -> str:
    """Headed paragraphs: danger first, then how it came in, what they said, each item, permissions.

    ``remarks`` is what there is to know of the services today: the record's own words stay. ``name_of``
    gives the names of those who wrote translations down; ``event`` is the name of the record's event.
    """
    return "\n\n".join("\n".join(part) for part in _parts(record, library, remarks, name_of, event))


def answer_words(question: Question | None, answer: Answer, library: Library) -> str:
    """One answer; declined, not asked and don't know are three different facts and three sentences."""
    marks = {
        AnswerState.DECLINED: _("They preferred not to say"),
        AnswerState.NOT_ASKED: _("Not asked"),
        AnswerState.DONT_KNOW: _("They do not know"),
    }
    if answer.state in marks:
        return marks[answer.state]
    kind = question.kind if question is not None else Kind.TEXT
    if kind is Kind.SERVICES:
        mentions = [ServiceMention.model_validate(one) for one in answer.value or ()]
        return journey_words(mentions)
    if kind is Kind.TOPICS:
        return formats.listing(
            [_topic(TopicMention.model_validate(one), library) for one in answer.value or ()]
        )
    if kind is Kind.ACKNOWLEDGE:
        return _("Yes") if answer.value else _("No")
    # The label is what the person saw, in their language.
    in_english = language() == ENGLISH and is_english(answer.language or ENGLISH)
    if answer.label and (in_english or question is None or not question.choices):
        return answer.label
    if isinstance(answer.value, list | tuple):
        return formats.listing([_choice(question, str(one)) for one in answer.value])
    return "" if answer.value is None else _choice(question, str(answer.value), answer.label)


def _choice(question: Question | None, code: str, label: str = "") -> str:
    choice = question.choice(code) if question is not None else None
    return choice.label if choice is not None else label or code


def sheet_words(title: str, sheet: Sheet, library: Library) -> str:
    """A heading and the answers of one sheet, a line each."""
    return "\n".join([title, *_answers(sheet, library)])


def _topic(mention: TopicMention, library: Library) -> str:
    label = topic_words(library, mention)
    if not mention.sentiment:
        return label
    return _("{topic} ({sentiment})").format(
        topic=label, sentiment=library.code_label("sentiments", mention.sentiment, language())
    )


def _parts(
    record: Record, library: Library, remarks: Remarks, name_of: Names, event: str
) -> Iterator[list[str]]:
    if record.danger is not None:
        mark = _("Danger, open") if record.in_danger else _("Danger, closed")
        yield [mark, *_answers(record.danger, library)]
    if record.state is RecordState.WITHDRAWN:
        yield [_("Withdrawn")]
    languages = Languages(library)
    facts = [
        _("Reference {reference}").format(reference=ltr(spaced_reference(record.reference))),
        _received(record),
        *_typed(record),
        _("How it came in: {channel}").format(channel=channel_words(library, record.channel)),
    ]
    if record.event:
        known = fsi(event) or _("one that is not on this computer yet")
        facts.append(_("Event: {event}").format(event=known))
    if record.sequence:
        facts.append(_("Paper form number {number}").format(number=formats.number(record.sequence)))
    if (check := record.paper_check) is not None:
        told = _("Keyed a second time: {differed} of {answers} answers differed")
        facts.append(
            told.format(differed=formats.number(check.differed), answers=formats.number(check.compared))
        )
    facts += online_words.facts(record.online)
    if record.asked_in:
        asked = _("The questions were asked in: {language}")
        facts.append(asked.format(language=languages.name(record.asked_in)))
    answered, declined = by_themselves(record)
    if answered or declined:
        alone = _("Answered by the person alone, on our screen: {answered}; they passed over {declined}")
        facts.append(alone.format(answered=formats.number(answered), declined=formats.number(declined)))
    yield facts
    by_id = {one.id: one for one in record.narratives}
    for one in in_order(record.narratives):
        yield [
            narrative_words.title(one, languages),
            *_through(one, record, library),
            *narrative_words.about(one, by_id.get(one.derived_from), languages, name_of),
            *_through(one, record, library),
            numbers_kept(one.text),
        ]
    if kept := online_words.kept(record.online):
        yield [_("Also written on the form"), *kept]
    if record.turns:
        yield [
            _("Text relay, turn by turn"),
            *(turn_words(one, record.turns, library) for one in log.shown(record.turns)),
        ]
    if record.replies:
        yield [_("Replies written"), *(reply_words(one, languages, name_of) for one in record.replies)]
    for number, item in enumerate(record.items, start=1):
        title = _("Enquiry {number}") if item.kind == "enquiry" else _("Feedback {number}")
        yield [
            title.format(number=number),
            *_answers(item, library),
            *_remarks(item, remarks.get(item.id, {})),
        ]
    yield [_("The conversation"), *_answers(record.frame, library)]
    for session in record.sessions:
        yield [session_title(session, record, library), *_answers(session, library)]


def _received(record: Record) -> str:
    if not is_day_alone(record.received):
        return _("Received {moment}").format(moment=formats.long_moment(record.received))
    return _("Received: {day}").format(day=formats.full_date(record.received.civil))


def _typed(record: Record) -> list[str]:
    """Where it was typed on another day than it came."""
    if record.started.civil == record.received.civil:
        return []
    return [_("Typed {moment}").format(moment=formats.long_moment(record.started))]


def session_title(session: Sheet | None, record: object, library: Library) -> str:
    """Which helper it was, and of several of one sort which one: ``BSL video relay, number 2``."""
    if not isinstance(session, Session):
        return _("Support")
    name = library.code_label("supports", session.support, language()) or _("Support")
    known = record.sessions if isinstance(record, Record) else ()
    alike = [one.id for one in known if one.support == session.support]
    if len(alike) < 2 or session.id not in alike:
        return name
    return _("{support}, number {number}").format(support=name, number=alike.index(session.id) + 1)


def _through(narrative: Narrative, record: Record, library: Library) -> list[str]:
    """Who interpreted these words: a child is no interpreter."""
    through = [one for one in record.sessions if narrative.session and one.id == narrative.session]
    told = (session_words(one, library, session_title(one, record, library)) for one in through)
    return [_("Through: {session}.").format(session=one) for one in told]


def _remarks(item: Item, remarks: Mapping[str, Remark]) -> list[str]:
    """What has become of the services since, or what they were called when it happened."""
    said = [(one.name, remark_words(remarks[one.id])) for one in item.services if one.id in remarks]
    return [_("{service}: {remark}").format(service=fsi(name), remark=words) for name, words in said if words]


def _answers(sheet: Sheet, library: Library) -> list[str]:
    question_set = library.get(sheet.question_set)
    lines = []
    for question_id, answer in sheet.answers.items():
        question = None
        if question_set is not None:
            question = in_language(question_set, question_set.question(question_id), language())
        words = answer_words(question, answer, library)
        if not words:
            continue
        label = (question.short_label or question.label) if question is not None else question_id
        if not answer.relevant:
            words = _("{answer} (no longer applies)").format(answer=words)
        mark = "" if label.endswith(("?", "؟")) else ":"
        lines.append(f"{label.rstrip(':')}{mark} {words}")
    return lines
