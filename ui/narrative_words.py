"""Narratives in words: whose they are, in which language, who made a translation, how, and who checked it."""

from collections.abc import Callable

from intake_app import formats
from intake_app.i18n import _, ngettext
from intake_app.narratives import ENGLISH, is_current
from intake_app.records import Method, Narrative, NarrativeKind
from intake_app.text import fsi
from ui.languages import Languages

Names = Callable[[str], str]
"""The name of a staff member by id; empty where it is not known."""


def kind_title(kind: NarrativeKind) -> str:
    """Whose words, or what made of them."""
    return {
        NarrativeKind.VERBATIM: _("What they said"),
        NarrativeKind.INTERPRETED: _("What the interpreter said"),
        NarrativeKind.TRANSLATION: _("Translation"),
        NarrativeKind.SUMMARY: _("Summary"),
        NarrativeKind.REDACTED: _("Text that may be shared"),
    }[kind]


def title(narrative: Narrative, languages: Languages) -> str:
    """``What they said`` · ``What they said, in Urdu`` · ``Translation into English``."""
    language = languages.name(narrative.language)
    if narrative.kind is NarrativeKind.TRANSLATION:
        return _("Translation into {language}").format(language=language)
    if narrative.language == ENGLISH:
        return kind_title(narrative.kind)
    return _("{title}, in {language}").format(title=kind_title(narrative.kind), language=language)


def about(
    narrative: Narrative, original: Narrative | None, languages: Languages, name_of: Names = str
) -> list[str]:
    """What there is to know of the words besides, a sentence each; nothing of what was told in English."""
    found = []
    if narrative.spoken:
        found.append(_("Spoken in {language}.").format(language=languages.name(narrative.spoken)))
    if narrative.kind is NarrativeKind.INTERPRETED:
        found.append(_("As interpreted, not word for word."))
    if narrative.kind is NarrativeKind.TRANSLATION:
        found += [_made(narrative), check_words(narrative, original)]
    if narrative.own_hand:
        found.append(_("They wrote it themselves."))
        if name := name_of(narrative.by):
            found.append(_("Changed afterwards by {name}.").format(name=fsi(name)))
    elif (name := name_of(narrative.by)) and (found or narrative.language != ENGLISH):
        found.append(_("Written down by {name}.").format(name=fsi(name)))
    return found


def method_words(method: str) -> str:
    """How a translation was made; a way of a newer program by its name."""
    return {
        Method.STAFF: _("by staff"),
        Method.PROFESSIONAL: _("by a professional translator"),
        Method.MACHINE: _("by machine"),
        "": _("in a way that was not said"),
    }.get(method, method)


def check_words(translation: Narrative, original: Narrative | None) -> str:
    """Who compared it with the original, and whether that still says the same."""
    if original is not None and not is_current(translation, original):
        return _("The original was changed since: this is a translation of what it said before.")
    if translation.checked is None:
        return _("Not checked yet.")
    day = formats.long_date(translation.checked.civil)
    return _("Checked by {name} on {day}.").format(name=fsi(translation.checked_by), day=day)


def translation_words(count: int) -> str:
    """How many records wait for a translation."""
    words = ngettext(
        "{count} record waits for a translation", "{count} records wait for a translation", count
    )
    return words.format(count=count)


def _made(translation: Narrative) -> str:
    how = method_words(translation.method)
    if not translation.translator:
        return _("Made {how}.").format(how=how)
    return _("Made {how}: {name}.").format(how=how, name=fsi(translation.translator))
