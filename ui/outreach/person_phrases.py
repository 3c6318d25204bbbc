"""The words around the questions, in the language of the person where they may be shown, and in English."""

from intake_app.forms.library import Library
from intake_app.forms.prompts import Prompt, PromptStatus
from ui.form.prompt_line import readable


class Phrases:
    """``tag`` is the language in which the person is asked, empty for English."""

    def __init__(self, library: Library, tag: str) -> None:
        self._library = library
        self._tag = tag

    def of(self, code: str) -> Prompt:
        """A phrase of ``person_words``; English alone where theirs may not be shown."""
        words, wordings = self._library.code_list("person_words"), self._library.wordings
        prompt = wordings.code_label(words, code, self._tag or "en")
        shows_drafts = wordings.approval(self._tag).shows_drafts
        fits = prompt.status is PromptStatus.OFFICIAL or (
            prompt.status is PromptStatus.DRAFT and shows_drafts
        )
        if fits:
            return prompt
        return Prompt(prompt.english, prompt.english, PromptStatus.ENGLISH_ONLY, "en")

    def english(self, code: str) -> str:
        return self._library.code_list("person_words").label(code)

    def both(self, code: str) -> str:
        """Theirs, and the English for the member of staff beside them."""
        prompt = self.of(code)
        return f"{readable(prompt)}  ·  {prompt.english}" if prompt.is_foreign else prompt.english
