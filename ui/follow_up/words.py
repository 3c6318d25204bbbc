"""Who waits to hear from us, in words: until when, why, and by which way they can be reached."""

from intake_app import formats, sessions
from intake_app.call_backs import CallHours, Owed, What, Why, may_ring, next_time
from intake_app.forms.library import Library
from intake_app.i18n import _, language, ngettext, series
from intake_app.records import Record, Session, spaced_reference
from intake_app.relay_prefixes import TO_TEXT
from intake_app.text import fsi, ltr
from intake_app.times import Instant
from ui.follow_up.holidays import Holidays
from ui.form.words import in_language
from ui.interpreter.words import answers_in, choice_in, interpreters, need_labels
from ui.record import words

_FRAME_WAYS = "contact_how"
_BY_RELAY, _BY_VIDEO, _NO = "text_relay", "bsl_video", "no"


def row_words(owed: Owed, library: Library, now: Instant) -> str:
    """One row: danger, by when, what and why, the way, what was tried, the reference, the first words."""
    record = owed.record
    first = record.narratives[0].text if record.narratives else ""
    parts = [
        _("DANGER") if record.in_danger else "",
        when_words(owed, now),
        what_words(owed),
        ways_words(owed, library),
        *(words.quoted(one.words) for one in owed.wishes if one.words),
        tries_words(owed, now),
        ltr(spaced_reference(record.reference)),
        words.quoted(" ".join(first[:_FIRST].split())) if first.strip() else "",
    ]
    return ". ".join(one for one in parts if one)


_FIRST = 80
"""Characters shown of what they said."""


def when_words(owed: Owed, now: Instant) -> str:
    if owed.again is not None:
        said = _("Overdue since {moment}") if owed.is_overdue(now) else _("Again {moment}")
        return said.format(moment=moment_words(owed.again, now))
    if owed.is_overdue(now):
        return _("Overdue since {moment}").format(moment=formats.full_date(owed.due))
    if owed.due == now.civil:
        return _("Today")
    return _("By {day}").format(day=formats.full_date(owed.due))


def moment_words(moment: Instant, now: Instant) -> str:
    """``today 14:02`` · ``Monday 9 March 2026, 9:00``."""
    time = formats.clock_time(moment)
    if moment.civil == now.civil:
        return _("today {time}").format(time=time)
    return _("{day}, {time}").format(day=formats.full_date(moment.civil), time=time)


def what_words(owed: Owed) -> str:
    """``Ring them: an answer was promised``."""
    said = {What.CALL: _("Ring them: {reasons}"), What.ANSWER: _("Answer them: {reasons}")}[owed.what]
    return said.format(reasons=series(why_words(one.why) for one in owed.wishes))


def ways_words(owed: Owed, library: Library) -> str:
    """Empty where nothing but a call was ever spoken of."""
    found = ways(owed.record, owed.what, library)
    return _("How: {ways}").format(ways=series(found)) if any(found) else ""


def why_words(why: Why) -> str:
    return {
        Why.PROMISED: _("we said that we ring or write back"),
        Why.ENQUIRY: _("an answer was promised"),
        Why.UNMET: _("with the support they asked for"),
        Why.RELAY: _("they like text relay"),
        Why.RANG_OFF: _("the call broke off"),
        Why.FORMAT: _("in the way that works for them"),
        Why.ABOUT_US: _("a complaint about ourselves, for somebody else than who took it down"),
    }[why]


def ways(record: Record, what: What, library: Library) -> list[str]:
    """How to reach them, each in a few words: the relay's prefix, an interpreter, BSL, what they chose."""
    found = []
    chosen = _chosen_ways(record)
    if what is What.ANSWER:
        formats_wanted = [
            choice_in(record, "respond_in", one, library) for one in answers_in(record, "respond_in")
        ]
        found += [_("answer by {way}").format(way=one) for one in formats_wanted]
    if _relay_wanted(record, chosen):
        found.append(_("by text relay: dial {prefix} before the number").format(prefix=ltr(TO_TEXT)))
    if _BY_VIDEO in chosen or any(one.support == _BY_VIDEO for one in record.sessions):
        found.append(_("through BSL video relay"))
    if what is What.CALL:
        found += [_unmet_words(one, library) for one in record.sessions if one.value("unmet_back")]
    found += interpreters(record, library)
    others = [one for one in chosen if one not in (_BY_RELAY, _BY_VIDEO)]
    if labels := [_way_label(record, one, library) for one in others]:
        found.append(_("they chose: {ways}").format(ways=series(labels)))
    if needs := need_labels(sessions.needs(record), library):
        found.append(_("needs: {needs}").format(needs=series(needs)))
    if record.frame.value("may_contact") == _NO:
        found.append(_("they said no to being contacted: look at the record first"))
    return found


def tries_words(owed: Owed, now: Instant) -> str:
    if owed.last_try is None:
        return ""
    tried = ngettext(
        "Rung {count} time without an answer, last {moment}",
        "Rung {count} times without an answer, last {moment}",
        owed.tries,
    )
    return tried.format(count=owed.tries, moment=moment_words(owed.last_try, now))


def count_words(found: tuple[Owed, ...], now: Instant) -> str:
    """How many wait, and how many for too long."""
    if not found:
        return _("Nobody waits to hear from us")
    waiting = ngettext("{count} waits to hear from us", "{count} wait to hear from us", len(found))
    waiting = waiting.format(count=len(found))
    overdue = sum(one.is_overdue(now) for one in found)
    if not overdue:
        return waiting
    late = ngettext("{count} overdue", "{count} overdue", overdue).format(count=overdue)
    return f"{waiting}, {late}"


def quiet_words(hours: CallHours, now: Instant, holidays: Holidays) -> str:
    """Empty while people may be rung. Says too where the bank holidays of this time are not known."""
    parts = []
    if not may_ring(hours, now, holidays.days):
        again = next_time(hours, now, holidays.days)
        parts.append(
            _("Quiet time: nobody is rung before {moment}.").format(moment=moment_words(again, now))
            if again is not None
            else _("Nobody is ever rung: look at the hours for calls.")
        )
    if holidays.known_until is not None and now.civil > holidays.known_until:
        parts.append(_("Bank holidays are not known for this year."))
    return " ".join(parts)


def call_words(owed: Owed, library: Library, hours: CallHours, now: Instant, holidays: Holidays) -> str:
    """Said when the record opens: the way, and whether it is quiet time."""
    how = ways_words(owed, library)
    parts = [f"{how}." if how else ""]
    if owed.what is What.CALL:
        parts.append(quiet_words(hours, now, holidays))
    return " ".join(one for one in parts if one)


def digits_words(number: str) -> str:
    """``0 2 0, 7 9 4 6, 0 0 1 8``: figure by figure, with a rest after each group."""
    return ", ".join(" ".join(group) for group in number.split())


def _chosen_ways(record: Record) -> list[str]:
    value = record.frame.value(_FRAME_WAYS)
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _relay_wanted(record: Record, chosen: list[str]) -> bool:
    wanted = (one.value("call_back_by_relay") for one in record.sessions)
    return _BY_RELAY in chosen or "yes" in wanted


def _way_label(record: Record, code: str, library: Library) -> str:
    frame_set = library.get(record.frame.question_set)
    if frame_set is None or _FRAME_WAYS not in frame_set.by_id:
        return code
    choice = in_language(frame_set, frame_set.question(_FRAME_WAYS), language()).choice(code)
    return fsi(choice.label) if choice is not None else code


def _unmet_words(session: Session, library: Library) -> str:
    """What was missing the first time; empty where nobody noted it."""
    question_set, asked = library.get(session.question_set), session.value("unmet_asked")
    if question_set is None or not asked or "unmet_asked" not in question_set.by_id:
        return ""
    choice = in_language(question_set, question_set.question("unmet_asked"), language()).choice(str(asked))
    return _("they asked for: {support}").format(support=fsi(choice.label if choice else str(asked)))
