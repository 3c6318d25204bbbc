"""What the screens say of a form's columns, of where they go, and of what came of bringing responses in."""

from collections.abc import Callable, Mapping
from typing import Any

from intake_app import formats
from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.mapping import Target
from intake_app.drafting import EQUALITY, FRAME, PERSON
from intake_app.i18n import _, language, ngettext
from intake_app.records import FEEDBACK
from intake_app.text import fsi
from ui.form.words import in_language
from ui.webform.found import Found

_OWN: dict[str, Callable[[], str]] = {
    uses.STORY: lambda: _("The story: what they told"),
    uses.SERVICE: lambda: _("Name of the service"),
    uses.PLACE: lambda: _("Place of the service"),
    uses.SERVICE_ID: lambda: _("Code of the service, of CQC or the NHS"),
    uses.RECEIVED: lambda: _("When the response came"),
    uses.RESPONSE: lambda: _("Id of the response"),
    uses.PARTNER: lambda: _("Partner organisation"),
    uses.DANGER: lambda: _("Danger: whether somebody is in danger"),
    uses.BESIDE: lambda: _("Kept in the record as it was written"),
    uses.LEAVE_OUT: lambda: _("Not kept at all"),
}
_SETS: dict[str, Callable[[], str]] = {
    FEEDBACK: lambda: _("{question} (feedback)"),
    FRAME: lambda: _("{question} (the conversation)"),
    PERSON: lambda: _("{question} (who told us, under seal)"),
    EQUALITY: lambda: _("{question} (equality, kept apart)"),
}


def target_words(key: str, targets: Mapping[str, Target], question_sets: Callable[[str], Any]) -> str:
    """Where a column goes. ``question_sets`` gives the latest set of an id."""
    if key in _OWN:
        return _OWN[key]()
    found = targets.get(key)
    if found is None:
        return _OWN[uses.BESIDE]()
    question = in_language(question_sets(found.sheet), found.question, language())
    return _SETS[found.sheet]().format(question=question.short_label or question.label)


def column_words(title: str, goes: str, values: tuple[str, ...], unknown: int) -> str:
    """One row: the title, where it goes, what does not fit, and its first answers."""
    words = _("{title}. {goes}").format(title=fsi(title), goes=goes)
    if unknown:
        count = formats.number(unknown)
        told = ngettext("{count} answer is no choice", "{count} answers are no choice", unknown)
        words = _("{column}. {told}").format(column=words, told=told.format(count=count))
    if not values:
        return _("{column}. Nobody answered it.").format(column=words)
    first = formats.listing([_("“{text}”").format(text=fsi(one)) for one in values])
    return _("{column}. First answers: {answers}").format(column=words, answers=first)


def about_words(found: Found) -> str:
    """What was found in the file, and whether the form is known."""
    rows, columns = found.rows, len(found.columns)
    responses = ngettext("{count} response", "{count} responses", rows).format(count=formats.number(rows))
    held = ngettext("{count} column", "{count} columns", columns).format(count=formats.number(columns))
    words = [_("{responses}, {columns}.").format(responses=responses, columns=held)]
    if found.known:
        name = fsi(found.mapping.name)
        words.append(_("Known as {name}: its columns go where you said.").format(name=name))
    else:
        words.append(_("Look at where each column goes before you bring it in."))
    if found.others:
        listed = formats.listing([fsi(one) for one in found.others])
        words.append(_("Only the first sheet is read, not: {sheets}.").format(sheets=listed))
    return " ".join(words)


def report_words(report: Mapping[str, Any], dry: bool) -> str:
    """The end, or what it would be: danger first."""
    added, waits, known, changed, erased, refused, danger = (
        int(report.get(name, 0))
        for name in ("added", "to_check", "known", "changed", "erased", "refused", "danger")
    )
    parts = [
        (added, ngettext("{count} finished record", "{count} finished records", added)),
        (waits, ngettext("{count} to look through, Shift+F9", "{count} to look through, Shift+F9", waits)),
        (known, ngettext("{count} was here already", "{count} were here already", known)),
        (changed, ngettext("{count} here reads otherwise now", "{count} here read otherwise now", changed)),
        (erased, ngettext("{count} was erased before", "{count} were erased before", erased)),
        (refused, ngettext("{count} row left out", "{count} rows left out", refused)),
    ]
    told = formats.listing([words.format(count=formats.number(count)) for count, words in parts if count])
    told = told or _("nothing")
    words = _("It would be: {counts}.") if dry else _("Brought in: {counts}.")
    sentence = words.format(counts=told)
    if danger:
        marked = ngettext("DANGER is marked in {count}.", "DANGER is marked in {count}.", danger)
        sentence = f"{marked.format(count=formats.number(danger))} {sentence}"
    return sentence
