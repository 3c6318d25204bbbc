"""What stands on a paper for a person, before anybody says how it is drawn: blocks that stay together."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from intake_app import i18n
from intake_app.errors import IntakeError
from intake_app.forms.code_lists import language_names
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH
from intake_app.forms.prompts import Prompt, PromptStatus

SIZES = (12, 16, 18, 20, 24, 28)
"""In points; 16 and more is large print."""
EASY_READ = "en-GB-x-easyread"
PERSON_WORDS = "person_words"
REVIEWED_ONLY = frozenset({"who_sees_text", "in_danger", "form_not_read_now", "keep_safe"})
"""A wrong word in these could harm: only what a named reviewer has checked is printed."""
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")


class PaperRefused(IntakeError):
    """A paper cannot be made. Details: ``reason`` (size, language, count, number), ``value``."""


class Role(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    QUESTION = "question"
    TEXT = "text"
    NOTE = "note"
    CHOICE = "choice"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one language. ``english`` stands small below; ``key`` small beside a tick box."""

    role: Role
    text: str
    language: str = ENGLISH
    english: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What is not parted by the end of a page; ``lines`` to write on follow the words.

    ``symbol`` leaves room beside it for a picture, as Easy Read has it.
    """

    pieces: tuple[Piece, ...]
    lines: int = 0
    symbol: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One form or slip. ``form_words`` (field ``{number}``) and ``page_words`` (``{page}``, ``{pages}``) are
    for head and foot; ``numbers`` are those of the copies, none for a paper without a number.

    ``asked`` and ``in_english`` count the questions, and those of them that are printed in English although
    another language was chosen.
    """

    title: str
    language: str
    size: int
    blocks: tuple[Block, ...]
    page_words: Piece
    form_words: Piece
    numbers: tuple[int, ...] = ()
    event: str = ""
    asked: int = 0
    in_english: int = 0

    @property
    def shown_in(self) -> str:
        """English where nothing may be printed in the language that was chosen."""
        languages = {piece.language for block in self.blocks for piece in block.pieces}
        return self.language if self.language in languages else ENGLISH

    @property
    def direction(self) -> str:
        return direction(self.shown_in)

    def form_name(self, number: int) -> str:
        """``Form 0012``."""
        return self.form_words.text.format(number=f"{number:04d}")

    def page_name(self, page: int, pages: int) -> str:
        """``Page 1 of 4``."""
        return self.page_words.text.format(page=page, pages=pages)


def direction(language: str) -> str:
    return "rtl" if i18n.is_right_to_left(language) else "ltr"


class Speaker:
    """The words of one paper's language, as far as the person may be given them; English else."""

    def __init__(self, library: Library, language: str, english_beside: bool = True) -> None:
        tag = language or ENGLISH
        if tag != ENGLISH and tag not in library.wordings.languages():
            raise PaperRefused(reason="language", value=tag)
        self.language = tag
        self._library = library
        self._beside = english_beside
        self.fell_back = False
        """Whether words had to be in English although another language was wanted."""
        self._shows_drafts = library.wordings.approval(tag).shows_drafts

    @property
    def easy_read(self) -> bool:
        return self.language == EASY_READ

    @property
    def is_foreign(self) -> bool:
        """Neither English nor Easy Read: whoever cannot read the English needs an interpreter."""
        return not self.language.startswith(ENGLISH)

    @property
    def own_name(self) -> str:
        return language_names(self._library.code_list("languages"), self.language)[1]

    def phrase(self, code: str, role: Role, **fields: str) -> Piece:
        """A phrase of ``person_words``. Fields are filled in both languages."""
        prompt = self._phrase(code)
        return self.piece(role, prompt, self._may_print(code, prompt), **fields)

    def template(self, code: str) -> Piece:
        """With its fields still open, in one language."""
        prompt = self._phrase(code)
        theirs = self._may_print(code, prompt)
        return Piece(Role.NOTE, prompt.text if theirs else prompt.english, self._tag(prompt, theirs))

    def phrase_with_day(self, code: str, role: Role, day: date) -> Piece:
        """``{date}`` as each language writes it."""
        from intake_app import formats

        prompt = self._phrase(code)
        theirs = self._may_print(code, prompt)
        shown_in = self._tag(prompt, theirs)
        piece = self.piece(role, prompt, theirs, date=formats.long_date_in(day, shown_in))
        if not piece.english:
            return piece
        english = prompt.english.format(date=formats.long_date_in(day, ENGLISH))
        return replace(piece, english=english)

    def piece(self, role: Role, prompt: Prompt, theirs: bool, key: str = "", **fields: str) -> Piece:
        """``theirs``: the person may be given the words in their language."""
        text = prompt.text if theirs else prompt.english
        foreign = theirs and prompt.is_foreign and self.is_foreign
        self.fell_back |= self.is_foreign and not foreign
        english = _filled(prompt.english, fields) if foreign and self._beside else ""
        return Piece(role, self._shaped(_filled(text, fields)), self._tag(prompt, theirs), english, key)

    def draft_notice(self) -> tuple[Piece, ...]:
        """Said at the top where words that nobody has checked are printed."""
        prompt = self._phrase("not_checked")
        if self._shows_drafts and prompt.status is PromptStatus.DRAFT:
            return (self.piece(Role.NOTE, prompt, True),)
        return ()

    def ask_interpreter(self) -> Piece:
        """Beside what stands in English: the language by its own name, which its readers know."""
        return self.phrase("ask_interpreter", Role.NOTE, language=self.own_name)

    def _phrase(self, code: str) -> Prompt:
        words = self._library.code_list(PERSON_WORDS)
        return self._library.wordings.code_label(words, code, self.language)

    def _may_print(self, code: str, prompt: Prompt) -> bool:
        if not prompt.is_foreign or prompt.status is PromptStatus.OFFICIAL:
            return True
        return prompt.status is PromptStatus.DRAFT and self._shows_drafts and code not in REVIEWED_ONLY

    def _tag(self, prompt: Prompt, theirs: bool) -> str:
        return prompt.language if theirs else ENGLISH

    def _shaped(self, text: str) -> str:
        """Easy Read: one sentence a line."""
        return "\n".join(_SENTENCE_ENDS.split(text)) if self.easy_read else text


def size_of(points: int) -> int:
    """The size itself. Raises PaperRefused for one that is not offered."""
    if points not in SIZES:
        raise PaperRefused(reason="size", value=str(points))
    return points


def own_words(role: Role, text: str) -> Piece:
    """What staff typed for the paper, such as an address."""
    return Piece(role, text, ENGLISH)


def _filled(text: str, fields: dict[str, str]) -> str:
    return text.format(**fields) if fields else text
