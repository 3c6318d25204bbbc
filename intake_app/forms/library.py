"""All question sets and code lists that this computer has, shipped and received, each by its version."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from intake_app.assets import asset
from intake_app.errors import LanguageUnusable, QuestionSetRefused
from intake_app.forms.code_lists import load_code_list
from intake_app.forms.model import CodeList, QuestionSet
from intake_app.forms.prompts import Wordings
from intake_app.forms.refusals import refuse
from intake_app.forms.translations import Catalogues, code_context
from intake_app.forms.xlsform import load
from intake_app.records import SetRef

CodeLists = Callable[[str], CodeList]


class Library:
    """Sets are read when first asked for. A draft or record opens with the version it was made with.

    ``cache`` is where compiled catalogues are kept; without it they are compiled in memory.
    """

    def __init__(self, question_sets: Path, code_lists: Path, cache: Path | None = None) -> None:
        self._sets_folder = question_sets
        self._lists_folder = code_lists
        self._catalogues = Catalogues(cache)
        self.wordings = Wordings(question_sets, code_lists)
        self._latest: dict[str, QuestionSet] = {}
        self._by_version: dict[tuple[str, str], QuestionSet] = {}
        self._lists: dict[str, CodeList] = {}
        self._earlier_read: set[str] = set()

    @classmethod
    def shipped(cls, cache: Path | None = None) -> Self:
        """The sets and lists that come with the program."""
        return cls(asset("resources/question_sets"), asset("resources/code_lists"), cache)

    @property
    def troubles(self) -> tuple[LanguageUnusable, ...]:
        """Catalogues that cannot be read, so that labels are in English."""
        return tuple(self._catalogues.troubles)

    @property
    def folder(self) -> Path:
        """Where the sets that came with the program lie."""
        return self._sets_folder

    def ids(self) -> tuple[str, ...]:
        """Ids of all sets, in alphabetical order."""
        folders = {path.parent.name for path in self._sets_folder.glob("*/survey.csv")}
        return tuple(sorted(folders | set(self._latest)))

    def latest(self, set_id: str) -> QuestionSet:
        """The version new records use. KeyError for an unknown id, QuestionSetRefused for a bad set."""
        if set_id not in self._latest:
            folder = self._sets_folder / set_id
            if not (folder / "survey.csv").is_file():
                raise KeyError(set_id)
            self.add(load(folder, self.code_list))
        return self._latest[set_id]

    def get(self, ref: SetRef) -> QuestionSet | None:
        """The very version a sheet was made with; None where this computer has never had it.

        What the program shipped before lies in a folder ``earlier`` beside its latest version.
        """
        if (ref.id, ref.version) not in self._by_version and ref.id in self.ids():
            self.latest(ref.id)
            if (ref.id, ref.version) not in self._by_version:
                self._read_earlier(ref.id)
        return self._by_version.get((ref.id, ref.version))

    def _read_earlier(self, set_id: str) -> None:
        if set_id not in self._earlier_read:
            self._earlier_read.add(set_id)
            for survey in sorted((self._sets_folder / set_id / "earlier").glob("*/survey.csv")):
                self.add_earlier(load(survey.parent, self.code_list))

    def add(self, question_set: QuestionSet) -> None:
        """Takes in a version, which becomes the latest; earlier ones stay for the records that cite them."""
        question_set = self._with_catalogue(question_set)
        self._latest[question_set.id] = question_set
        self._by_version[question_set.id, question_set.version] = question_set

    def add_earlier(self, question_set: QuestionSet) -> None:
        """Takes in a version that only older records use."""
        found = self._with_catalogue(question_set)
        self._by_version.setdefault((found.id, found.version), found)

    def _with_catalogue(self, question_set: QuestionSet) -> QuestionSet:
        return question_set if question_set.catalogue else replace(question_set, catalogue=self._catalogues)

    def code_list(self, name: str) -> CodeList:
        """Raises QuestionSetRefused where there is no such list or it is wrong."""
        if name not in self._lists:
            path = self._lists_folder / f"{name}.csv"
            if not path.is_file():
                raise refuse(name, "code_list_missing", name)
            self._lists[name] = load_code_list(path)
        return self._lists[name]

    def code_label(self, name: str, code: str, language: str) -> str:
        """The label in a language; English where the catalogue has none, the code where the list has none."""
        found = self.code_list(name)
        return self._catalogues.code_labels(found, language).get(code) or found.label(code)

    def code_text(self, name: str, code: str, column: str, language: str) -> str:
        """What another column says of a code, in a language where translators see it; else in English.

        Empty where the list does not say it.
        """
        english = self.code_list(name).by_code[code].filter.get(column, "")
        return self._catalogues.text(language, code_context(name, code, column), english) if english else ""

    def replace_code_list(self, code_list: CodeList) -> None:
        """An organisation's own list in place of the shipped one, also in the sets already read."""
        self._lists[code_list.name] = code_list
        fresh = {key: _with_codes(found, code_list) for key, found in self._by_version.items()}
        self._latest = {
            set_id: fresh.get((set_id, found.version), found) for set_id, found in self._latest.items()
        }
        self._by_version = fresh

    def code_list_names(self) -> tuple[str, ...]:
        return tuple(sorted({path.stem for path in self._lists_folder.glob("*.csv")} | set(self._lists)))


def _with_codes(question_set: QuestionSet, code_list: CodeList) -> QuestionSet:
    """The set with the list's codes as choices; its version stays, since a list has its own."""
    if all(question.code_list != code_list.name for question in question_set.questions):
        return question_set
    questions = tuple(
        replace(question, choices=code_list.codes) if question.code_list == code_list.name else question
        for question in question_set.questions
    )
    return replace(question_set, questions=questions)


__all__ = ["CodeLists", "Library", "QuestionSetRefused"]
