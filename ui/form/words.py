"""A question in the words of a language: labels for the screens, prompts for the person."""

from dataclasses import replace

from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH, Choice, Question, QuestionSet
from intake_app.i18n import language as language_of_the_screens
from intake_app.records import TopicMention


def in_language(question_set: QuestionSet, question: Question, language: str) -> Question:
    """The question with its texts in this BCP 47 language, English where one is missing.

    For whoever puts a problem or a record into words. Short names are English only.
    """
    wording = question_set.wording(language)

    def text(column: str, english: str) -> str:
        return wording.text(question.id, column) or english

    return replace(
        question,
        label=text("label", question.label),
        hint=text("hint", question.hint),
        guidance=text("guidance", question.guidance),
        constraint_message=text("constraint_message", question.constraint_message),
        short_label=question.short_label if wording.language == ENGLISH else "",
        choices=tuple(
            replace(one, label=wording.text(question.id, "label", one.code) or one.label)
            for one in question.choices
        ),
    )


def unmarked(question: str) -> str:
    """A question before its answer: without its own mark, also that of Arabic and Urdu."""
    return question.rstrip("?؟:")


def topic_words(library: Library, mention: TopicMention) -> str:
    """A topic in the language of the screens; as it was shown where that is English, or the list lost it."""
    known = library.code_list("topics").by_code.get(mention.code)
    if known is None or (mention.label and language_of_the_screens() == ENGLISH):
        return mention.label or mention.code
    return library.code_label("topics", mention.code, language_of_the_screens())


def choice_label(question_set: QuestionSet, question: Question, choice: Choice, language: str) -> str:
    """The choice in this language, in English where its wording or its code list has no translation."""
    return question_set.wording(language).text(question.id, "label", choice.code) or choice.label
