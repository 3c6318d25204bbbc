"""A question in the words of a language: labels for the screens, prompts for the person."""

from dataclasses import replace

from intake_app.forms.model import Choice, Question, QuestionSet


def in_language(question_set: QuestionSet, question: Question, language: str) -> Question:
    """The question with its texts in this BCP 47 language, English where one is missing.

    For whoever puts a problem or a read-back into words.
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
    )


def choice_label(question_set: QuestionSet, question: Question, choice: Choice, language: str) -> str:
    """The choice in this language, in English where its wording or its code list has no translation."""
    return question_set.wording(language).text(question.id, "label", choice.code) or choice.label
