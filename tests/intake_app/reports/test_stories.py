"""Stories in any language leave unharmed: with language, kind, direction and the English."""

import csv
import html.parser
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from intake_app import drafting, narratives, taking_down
from intake_app.forms.library import Library
from intake_app.records import Narrative, NarrativeKind, Record
from intake_app.reports.export import Asked, export
from intake_app.reports.stories import direction, story_of
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker

STORIES = {
    "ur": "مجھے ڈاکٹر کے لیے ۳ گھنٹے انتظار کرنا پڑا۔",
    "ar": "انتظرتُ ثلاثَ ساعاتٍ في العيادة.",
    "pa-Guru": "ਮੈਨੂੰ ਤਿੰਨ ਘੰਟੇ ਉਡੀਕ ਕਰਨੀ ਪਈ।",
    "bn": "আমাকে তিন ঘণ্টা অপেক্ষা করতে হয়েছিল।",
    "pl": "Czekałam trzy godziny, żółć mnie zalała.",
    "ckb": "سێ کاتژمێر چاوەڕوان بووم.\n\nDr Smith said: “call 0113 496 0000”.\nدواتر ڕۆیشتم.",
}
RIGHT_TO_LEFT = ("ur", "ar", "ckb")

TakeDown = Callable[..., Record]


@pytest.fixture
def tell(store: Store, library: Library, clock: Clock, ids: IdMaker) -> TakeDown:
    """A record with a story in a language, and whatever else belongs to it."""

    def make(language: str, text: str, *more: Narrative) -> Record:
        draft = taking_down.new_draft(library, ids, clock(), store.device)
        draft = drafting.with_narrative(draft, text, ids)
        story = draft.record.narratives[0]
        draft = drafting.with_language(draft, story.id, language)
        linked = tuple(one.model_copy(update={"derived_from": one.derived_from or story.id}) for one in more)
        draft = drafting.with_record(draft, narratives=(*draft.record.narratives, *linked))
        return store.records.save(taking_down.finish(draft, library, clock()))

    return make


@pytest.fixture
def taken_out(store: Store, library: Library, clock: Clock, tmp_path: Path) -> Callable[[str], Path]:
    def run(form: str) -> Path:
        return export(store, library, Asked(form, tmp_path / f"out.{form}"), clock).path

    return run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def translation(text: str, **facts: object) -> Narrative:
    told = {"id": text, "text": text, "kind": NarrativeKind.TRANSLATION, "method": "machine", **facts}
    return Narrative.model_validate(told)


def interpreted(text: str) -> Narrative:
    return Narrative(id=text, text=text, kind=NarrativeKind.INTERPRETED, speaker="interpreter")


@pytest.mark.parametrize("language", STORIES)
def test_every_script_leaves_as_it_was_typed(
    tell: TakeDown, taken_out: Callable[[str], Path], language: str
) -> None:
    text = STORIES[language]
    record = tell(language, text)
    way = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert direction(language) == way
    (row,) = rows(taken_out("csv"))
    told = (row["story"], row["story_language"], row["story_kind"], row["story_direction"])
    assert told == (text, language, "verbatim", way)
    heads, cells = list(openpyxl.load_workbook(taken_out("xlsx"))["Records"].iter_rows(values_only=True))
    named = dict(zip(heads, cells, strict=True))
    assert named["Story"] == text
    assert named["Language of the story"] == language
    (line,) = taken_out("jsonl").read_text("utf-8").splitlines()
    (told_of,) = json.loads(line)["narratives"]
    assert (told_of["kind"], told_of["language"], told_of["direction"]) == ("verbatim", language, way)
    assert Record.model_validate(json.loads(line)["body"]) == record
    page = Cells()
    page.feed(taken_out("html").read_text("utf-8"))
    assert ({"lang": language, "dir": way}, text) in page.cells


class Cells(html.parser.HTMLParser):
    """Every cell's marks and words."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[tuple[dict[str, str | None], str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "td"
        if self._inside:
            self.cells.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            marks, words = self.cells[-1]
            self.cells[-1] = (marks, words + data)


def test_the_english_beside_is_told_with_what_it_is(
    tell: TakeDown, taken_out: Callable[[str], Path], clock: Clock
) -> None:
    urdu = STORIES["ur"]
    tell("ur", urdu)
    tell("ur", urdu, translation("By machine"))
    tell("ur", urdu, translation("By machine, two"), interpreted("Said"))
    checked = {"checked": clock(), "checked_by": "Amina", "of_text": narratives.digest(urdu)}
    tell("ur", urdu, translation("Checked", method="professional", **checked), interpreted("Said two"))
    tell("ur", urdu, translation("Of older words", **checked | {"of_text": narratives.digest("other")}))
    tell("en", "English")
    names = ("english", "english_kind", "english_how", "english_checked")
    assert [tuple(row[name] for name in names) for row in rows(taken_out("csv"))] == [
        ("", "", "", ""),
        ("By machine", "translation", "machine", "no"),
        ("Said", "interpreted", "", "no"),
        ("Checked", "translation", "professional", "yes"),
        ("Of older words", "translation", "machine", "no"),
        ("", "", "", ""),
    ]
    page = Cells()
    page.feed(taken_out("html").read_text("utf-8"))
    assert ({"lang": "en", "dir": "ltr"}, "Checked") in page.cells


def test_what_only_the_interpreter_said_is_the_story(tell: TakeDown) -> None:
    record = tell("en", "She waited")
    (told,) = record.narratives
    said = told.model_copy(update={"kind": NarrativeKind.INTERPRETED})
    story = story_of(record.model_copy(update={"narratives": (said,)}))
    assert (story.text, story.kind, story.english) == ("She waited", "interpreted", "")


def test_a_translation_of_what_was_redacted_never_leaves(
    tell: TakeDown, taken_out: Callable[[str], Path]
) -> None:
    redacted = Narrative(id="r", text="نرس", kind=NarrativeKind.REDACTED, language="ur")
    shared = translation("A nurse", derived_from="r")
    tell("ur", "نرس جوئے", translation("Nurse Joy"), interpreted("Nurse Joy!"), redacted, shared)
    (row,) = rows(taken_out("csv"))
    assert (row["story"], row["english"]) == ("نرس", "A nurse")
    for form in ("csv", "html"):
        assert "Joy" not in taken_out(form).read_text("utf-8")


def test_paragraphs_of_two_directions_each_keep_their_own(
    tell: TakeDown, taken_out: Callable[[str], Path]
) -> None:
    tell("ckb", STORIES["ckb"])
    page = taken_out("html").read_text("utf-8")
    assert "unicode-bidi:plaintext" in page, "or the English paragraph would be read from the right"


def test_stories_in_two_languages_say_neither_for_the_whole_cell(tell: TakeDown) -> None:
    record = tell("ur", STORIES["ur"])
    polish = record.narratives[0].model_copy(update={"id": "p", "language": "pl", "text": "Czekałam."})
    both = record.model_copy(update={"narratives": (*record.narratives, polish)})
    story = story_of(both)
    assert (story.language, story.direction) == ("ur; pl", "rtl; ltr")
