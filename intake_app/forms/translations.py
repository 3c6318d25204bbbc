"""What staff read of the question sets, from the catalogue ``questions``, by contexts that stay.

What is said to the person is not here: it has wording sheets of its own (``prompts``), with their review.
"""

import gettext
from collections.abc import Iterator, Mapping
from pathlib import Path

from intake_app import i18n
from intake_app.assets import asset
from intake_app.errors import LanguageUnusable
from intake_app.forms.code_lists import name_in
from intake_app.forms.model import Choice, CodeList, QuestionSet, Translation, text_key

TRANSLATED_LISTS = frozenset(
    {
        "channels", "supports", "modes", "relations", "topics", "sentiments", "service_types", "needs",
        "ethnic_groups", "signposting", "outcomes", "heard_via",
    }
)  # fmt: skip
"""Lists whose labels translators see; names of places are names, and Babel knows the languages."""
TRANSLATED_COLUMNS = {"signposting": ("applies_when", "text")}
"""What else of a list is on the screens: with whom to ring in danger, when, and how by text message."""
IN_DANGER = ("emergency", "crisis")
"""Groups of ``signposting``: whom to ring when somebody is in danger."""
LANGUAGES = "languages"
"""The list of which Babel has the labels."""

STAFF_TEXTS = ("label", "hint", "guidance", "constraint_message")
"""The texts of a question that are on the screens of staff."""


def messages(question_set: QuestionSet) -> Iterator[tuple[str, str, str]]:
    """(key, context, English) of every text of a set that staff read, code lists left out."""
    for group in question_set.groups:
        if group.label:
            yield text_key(group.id, "label"), f"{question_set.id}.{group.id}.label", group.label
    for question in question_set.questions:
        for column in STAFF_TEXTS:
            if text := getattr(question, column):
                yield text_key(question.id, column), f"{question_set.id}.{question.id}.{column}", text
        if question.code_list:
            continue
        for choice in question.choices:
            context = f"{question_set.id}.{question.list_name}.{choice.code}"
            yield text_key(question.id, "label", choice.code), f"{context}.label", choice.label


def code_context(name: str, code: str, column: str = "label") -> str:
    return f"code_lists.{name}.{code}.{column}"


class Catalogues:
    """The ``questions`` catalogues, read when a language is first shown; a set's ``catalogue``."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._found: dict[str, tuple[gettext.NullTranslations, str] | None] = {}
        self.troubles: list[LanguageUnusable] = []
        """Catalogues that cannot be read: their texts are English, and it is said."""

    def __call__(self, question_set: QuestionSet, language: str) -> Translation | None:
        """None where there is no catalogue in the language or nothing of the set in it."""
        catalogue = self._catalogue(language)
        if catalogue is None:
            return None
        words, status = catalogue
        texts: dict[str, str] = {}
        for key, context, english in messages(question_set):
            if (text := words.pgettext(context, english)) != english:
                texts[key] = text
        labels: dict[str, str] = {}
        for question in question_set.questions:
            for choice in question.choices if question.code_list else ():
                text = _code_label(words, question.code_list, choice, language)
                if text != choice.label:
                    labels[text_key(question.id, "label", choice.code)] = text
        return Translation(texts, status, labels) if texts or labels else None

    def text(self, language: str, context: str, english: str) -> str:
        """One text of the catalogue, such as a line of a practice caller; English where it has none."""
        catalogue = self._catalogue(language)
        return catalogue[0].pgettext(context, english) if catalogue is not None else english

    def code_labels(self, code_list: CodeList, language: str) -> Mapping[str, str]:
        """Translated labels by code; only those that the catalogue has."""
        catalogue = self._catalogue(language)
        if catalogue is None:
            return {}
        return {
            choice.code: _code_label(catalogue[0], code_list.name, choice, language)
            for choice in code_list.codes
        }

    def _catalogue(self, language: str) -> tuple[gettext.NullTranslations, str] | None:
        if language not in self._found:
            self._found[language] = self._read(language)
        return self._found[language]

    def _read(self, language: str) -> tuple[gettext.NullTranslations, str] | None:
        if language in i18n.PSEUDO_LANGUAGES:
            from intake_app.pseudo import PseudoTranslations

            return PseudoTranslations(language), "machine"
        try:
            locales = asset("locales")
        except FileNotFoundError:
            return None
        tag = language
        while tag:
            path = locales / tag.replace("-", "_") / "LC_MESSAGES" / "questions.po"
            if path.is_file():
                # Compiling needs Babel, which a start in English never pays for.
                from intake_app.catalogues import read

                try:
                    return read(path, self._cache), _status(path)
                except LanguageUnusable as error:
                    self.troubles.append(error)
                    return None
            tag = tag.rpartition("-")[0]
        return None


def _code_label(words: gettext.NullTranslations, name: str, choice: Choice, language: str) -> str:
    """English where translators do not see the list, or Babel knows no name of the language."""
    if name == LANGUAGES:
        return name_in(language, choice.code, choice.label)
    if name in TRANSLATED_LISTS:
        return words.pgettext(code_context(name, choice.code), choice.label)
    return choice.label


def _status(path: Path) -> str:
    """Official only where the catalogue's header names the native speaker who has checked it."""
    return "official" if i18n.describe(path).reviewed else "draft"
