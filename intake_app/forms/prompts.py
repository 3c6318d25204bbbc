"""What the person hears or reads: every prompt in their language, and how far it may be relied upon.

Not the language of the screens: staff may read English while the person is asked in Urdu. The wording lies
beside the sheets (``wording/<tag>.csv``) with the English that it was made from, so that a prompt whose
English has changed since is known to be out of date.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from intake_app.approvals import Approval, WordedSheet
from intake_app.errors import QuestionSetRefused
from intake_app.forms.model import ENGLISH, Choice, CodeList, Question, QuestionSet, text_key
from intake_app.forms.sheets import Table, read_csv, table_of

SAY, SAY_SHORT, LABEL = "x_read_script", "x_say_short", "label"
_COLUMNS = {SAY: "say", SAY_SHORT: "say_short", LABEL: "label"}
CODE_LISTS = "code_lists"
"""Stands for all code lists where a set's id is asked for."""


class PromptStatus(StrEnum):
    """OFFICIAL: a named reviewer has checked exactly these words. OUT_OF_DATE: the English changed since."""

    OFFICIAL = "official"
    DRAFT = "draft"
    OUT_OF_DATE = "out_of_date"
    ENGLISH_ONLY = "english_only"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One text for the person: ``text`` in ``language``, the English itself where there is nothing else."""

    text: str
    english: str
    status: PromptStatus
    language: str

    @property
    def is_foreign(self) -> bool:
        return self.status is not PromptStatus.ENGLISH_ONLY and self.text != self.english


@dataclass(frozen=True, slots=True)
class _Worded:
    """A translation and the English it was made from; ``english`` is empty where the sheet does not say."""

    english: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """The wording of one set, or of all code lists, in a language: by list name (empty), name and column."""

    language: str
    texts: Mapping[tuple[str, str, str], _Worded]
    heading: str = ""
    """As its columns name it: ``Polish (pl)``."""

    @cached_property
    def sha256(self) -> str:
        """Of these very words: a review holds for them and no others."""
        rows = sorted([*key, worded.english, worded.text] for key, worded in self.texts.items())
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Prompts:
    """One set in one language. ``sha256`` is cited by every answer that was asked in these words."""

    question_set: QuestionSet
    language: str
    sheet: Sheet | None
    lists: Sheet | None
    approval: Approval

    @cached_property
    def sha256(self) -> str:
        if self.sheet is None:
            return self.question_set.wording(self.question_set.languages[0]).sha256
        return self.sheet.sha256

    @property
    def shown_in(self) -> str:
        """The language of these words: English where there are none in the one that was asked for."""
        return self.language if self.sheet is not None else self.question_set.languages[0]

    def say(self, question: Question, short: bool = False) -> Prompt:
        """What is read out or shown: the full words, or at most twenty of them; an empty text for none."""
        english = (question.say_short if short else "") or question.say
        column = SAY_SHORT if short and question.say_short else SAY
        return _prompt(self.sheet, ("", question.id, column), english, self.approval, self.question_set.id)

    def choice(self, question: Question, choice: Choice) -> Prompt:
        """An answer in the words of the person who chooses it."""
        english = choice.say_short or choice.label
        column = SAY_SHORT if choice.say_short else LABEL
        if question.code_list:
            return _prompt(
                self.lists, (question.code_list, choice.code, column), english, self.approval, CODE_LISTS
            )
        key = question.list_name, choice.code, column
        return _prompt(self.sheet, key, english, self.approval, self.question_set.id)

    def may_show(self, prompt: Prompt, question: Question) -> bool:
        """Whether the person may be shown or given these words, not only hear them from staff.

        English always; a draft only where the organisation has said so, and never where a wrong word would
        harm: danger, confidentiality, agreement and equality.
        """
        if not prompt.is_foreign:
            return True
        if prompt.status is PromptStatus.DRAFT:
            return self.approval.shows_drafts and not question.reviewed_only
        return prompt.status is PromptStatus.OFFICIAL


class Wordings:
    """Reads the wording beside the sets and the code lists when a language is first wanted.

    A file that cannot be read leaves its prompts in English.
    """

    def __init__(self, question_sets: Path, code_lists: Path) -> None:
        self._sets_folder = question_sets
        self._lists_folder = code_lists
        self._sheets: dict[tuple[str, str], Sheet | None] = {}
        self._approvals: dict[str, Approval] = {}
        self._own: dict[tuple[str, str], WordedSheet] = {}
        self._unreadable: list[str] = []

    def languages(self) -> tuple[str, ...]:
        """Tags of the languages that have any wording, in alphabetical order."""
        shipped = {path.stem for path in self._sets_folder.glob("*/wording/*.csv")}
        return tuple(sorted(shipped | {language for _part, language in self._own}))

    def use(self, approvals: Iterable[Approval], own: Iterable[WordedSheet] = ()) -> bool:
        """What the organisation has said, and its own words, the latest of each; False: nothing is new."""
        before = self._approvals, self._own
        self._approvals = {one.language: one for one in approvals}
        self._own = {(one.part, one.language): one for one in own}
        if self._own != before[1]:
            self._sheets.clear()
        return (self._approvals, self._own) != before

    def approval(self, language: str) -> Approval:
        return self._approvals.get(language, Approval(language=language))

    def status(self, language: str) -> PromptStatus:
        """Of a language as a whole, for lists: official where a reviewer has checked all of it."""
        if language not in self.languages():
            return PromptStatus.ENGLISH_ONLY
        approval = self.approval(language)
        checked = approval.reviewed_by and approval.hashes == self.hashes(language)
        return PromptStatus.OFFICIAL if checked else PromptStatus.DRAFT

    def hashes(self, language: str) -> dict[str, str]:
        """Of everything in this language, by set id and ``code_lists``: what a reviewer has before them."""
        parts = {path.parent.parent.name for path in self._sets_folder.glob(f"*/wording/{language}.csv")}
        parts |= {part for part, tag in self._own if tag == language and part != CODE_LISTS}
        sheets = {part: self._sheet(self._sets_folder / part, language) for part in sorted(parts)}
        sheets[CODE_LISTS] = self._sheet(self._lists_folder, language)
        return {part: sheet.sha256 for part, sheet in sheets.items() if sheet is not None}

    def prompts(self, question_set: QuestionSet, language: str) -> Prompts:
        """English, and marked so, where there is no wording in the language."""
        own = question_set.translations.get(language)
        # A set that came as a workbook has its translations in its own sheets.
        sheet = _own(language, own, question_set) if own else self._sheet_of(question_set, language)
        lists = self._sheet(self._lists_folder, language)
        return Prompts(question_set, language, sheet, lists, self.approval(language))

    def code_label(self, code_list: CodeList, code: str, language: str) -> Prompt:
        """A text of a code list for the person, such as a phrase of ``person_words``."""
        sheet = self._sheet(self._lists_folder, language)
        key = code_list.name, code, LABEL
        return _prompt(sheet, key, code_list.label(code), self.approval(language), CODE_LISTS)

    def take_unreadable(self) -> list[str]:
        """Names of files that could not be read since this was asked last."""
        found, self._unreadable = self._unreadable, []
        return found

    def _sheet_of(self, question_set: QuestionSet, language: str) -> Sheet | None:
        return self._sheet(self._sets_folder / question_set.id, language)

    def _sheet(self, folder: Path, language: str) -> Sheet | None:
        key = (folder.name, language)
        if key not in self._sheets:
            path, own = folder / "wording" / f"{language}.csv", self._own.get(key)
            try:
                if own is not None:
                    self._sheets[key] = read_sheet(table_of(own.sheet), language)
                else:
                    self._sheets[key] = read_sheet(read_csv(path), language) if path.is_file() else None
            except QuestionSetRefused:
                self._unreadable.append(f"{folder.name}/wording/{path.name}")
                self._sheets[key] = None
        return self._sheets[key]


def _prompt(
    sheet: Sheet | None, key: tuple[str, str, str], english: str, approval: Approval, part: str
) -> Prompt:
    found = None if sheet is None else sheet.texts.get(key)
    if sheet is None or found is None:
        return Prompt(english, english, PromptStatus.ENGLISH_ONLY, ENGLISH)
    if found.english and found.english != english:
        return Prompt(found.text, english, PromptStatus.OUT_OF_DATE, sheet.language)
    # Official only where somebody has read exactly these words.
    checked = bool(approval.reviewed_by) and approval.hashes.get(part) == sheet.sha256
    status = PromptStatus.OFFICIAL if checked else PromptStatus.DRAFT
    return Prompt(found.text, english, status, sheet.language)


def read_sheet(table: Table, language: str) -> Sheet:
    """The pairs of columns ``label`` and ``label::Polish (pl)``; rows without a translation say nothing."""
    texts: dict[tuple[str, str, str], _Worded] = {}
    heading = ""
    for column in table.columns:
        english, mark, named = column.partition("::")
        if not mark or english not in _COLUMNS:
            continue
        heading = named
        for row in table.rows:
            if text := row.get(column):
                key = (row.get("list_name"), row.get("name"), english)
                texts[key] = _Worded(row.get(english), text)
    return Sheet(language, texts, heading)


def _own(language: str, texts: Mapping[str, str], question_set: QuestionSet) -> Sheet:
    """A workbook's own translations: of a question without words to read out, its label is asked."""
    found: dict[tuple[str, str, str], _Worded] = {}
    for question in question_set.questions:
        said = texts.get(text_key(question.id, "say")) or texts.get(text_key(question.id, "label"))
        short = texts.get(text_key(question.id, "say_short"))
        for column, text in ((SAY, said), (SAY_SHORT, short)):
            if text:
                found["", question.id, column] = _Worded("", text)
        for choice in question.choices:
            label = texts.get(text_key(question.id, "label", choice.code), "")
            worded = texts.get(text_key(question.id, "say_short", choice.code)) or label
            for column, text in ((SAY_SHORT, worded), (LABEL, label)):
                if text:
                    found[question.list_name, choice.code, column] = _Worded("", text)
    return Sheet(language, found)
