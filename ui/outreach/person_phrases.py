"""The words around the questions, in the language of the person where they may be shown, and in English."""

from intake_app.channels.outreach.paper import REVIEWED_ONLY
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH
from intake_app.forms.prompts import Prompt, PromptStatus
from intake_app.text import fsi
from ui.form.prompt_line import readable


class Phrases:
    """``tag`` is the language in which the person is asked, empty for English."""

    def __init__(self, library: Library, tag: str) -> None:
        self._library = library
        self._tag = tag or ENGLISH

    def of(self, code: str, **fields: str) -> Prompt:
        """A phrase of ``person_words``, with its fields; English alone where theirs may not be shown."""
        words, wordings = self._library.code_list("person_words"), self._library.wordings
        prompt = wordings.code_label(words, code, self._tag)
        drafts = wordings.approval(self._tag).shows_drafts and code not in REVIEWED_ONLY
        fits = prompt.status is PromptStatus.OFFICIAL or (prompt.status is PromptStatus.DRAFT and drafts)
        english = prompt.english.format(**fields)
        if fits:
            return Prompt(prompt.text.format(**fields), english, prompt.status, prompt.language)
        return Prompt(english, english, PromptStatus.ENGLISH_ONLY, ENGLISH)


def beside_english(prompt: Prompt) -> str:
    """Theirs, and the English for the member of staff beside them, each kept in its own direction."""
    if not prompt.is_foreign:
        return prompt.english
    return f"{fsi(readable(prompt))}  ·  {fsi(prompt.english)}"
