"""The languages of stories: found by English and own name, called as the screens call them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from intake_app.forms.code_lists import by_need, shown_name
from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.narratives import ENGLISH, UNKNOWN
from ui.form.finder import Found
from ui.form.found_choices import matching

WRITTEN, READ_INSTEAD = "written", "read_instead"
_LISTED = "en-GB"
"""English in the list; stories say ``en``, their default."""


class Languages:
    """Reads ``languages.csv``, or what an organisation has in its place; its order is that of need."""

    def __init__(self, library: Library) -> None:
        self._list = library.code_list("languages")

    def name(self, tag: str) -> str:
        """``Urdu`` in the language of the screens; a tag that nobody knows as it is."""
        if tag == UNKNOWN:
            return _("a language not said")
        return shown_name(self._list, _LISTED if tag == ENGLISH else tag)

    def rows(self, words: str, today: date, first: Sequence[str] = ()) -> tuple[Found, ...]:
        """Those that fit the words; without words those of ``first``, English and what is needed most."""
        choices = [one for one in by_need(self._list) if one.active_on(today)]
        if not words:
            short = {*first, _LISTED}
            choices = [one for one in choices if one.code in short or one.filter.get("need")]
            choices.sort(key=lambda one: one.code not in short)
        found = matching(choices, words, lambda choice: self.name(choice.code))
        return tuple(self._with_note(one) for one in found)

    def written(self, code: str) -> tuple[str, str]:
        """(language of the words, language spoken where that is another) of what somebody speaks.

        What has no written form is written in what its speakers read instead, or in English.
        """
        choice = self._list.by_code.get(code)
        if choice is None or choice.filter.get(WRITTEN) == "yes":
            return _plain(code), ""
        return _plain(choice.filter.get(READ_INSTEAD) or ENGLISH), code

    def _with_note(self, found: Found) -> Found:
        language, spoken = self.written(str(found.value))
        if not spoken:
            return found
        note = _("written in {language}").format(language=self.name(language))
        return replace(found, text=f"{found.text}, {note}", spoken=f"{found.spoken}, {note}")


def _plain(code: str) -> str:
    return ENGLISH if code == _LISTED else code
