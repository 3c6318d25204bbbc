"""Catalogues are whole: every text can be extracted, is up to date, and keeps its fields and keys."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from intake_app import translations
from intake_app.assets import asset
from intake_app.translating.faults import check, faults
from intake_app.translating.files import add, update

ROOT = asset("locales").parent


def source(tmp_path: Path, code: str) -> Path:
    for folder in ("intake_app", "ui", "locales", "resources/question_sets", "resources/code_lists"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ui" / "page.py").write_text(code, "utf-8")
    return tmp_path


def test_catalogues_of_this_program_are_up_to_date_and_sound() -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ('_(f"Saved {time}")', "an f-string"),
        ('_("Saved " + time)', "needs a literal"),
        ('ngettext("one", f"{n} many", n)', "an f-string"),
        ('_("Saved {time}".format(time=time))', "needs a literal"),
        ('_("")', "empty text"),
    ],
)
def test_a_text_that_would_never_be_translated_is_found(tmp_path: Path, code: str, finding: str) -> None:
    (found,) = check(source(tmp_path, code))

    assert found.startswith("ui/page.py:1: ")
    assert finding in found


@pytest.mark.parametrize("code", ['_("Saved {time}").format(time=time)', "_(LABELS[name])", "_(title)"])
def test_literals_and_names_are_fine(tmp_path: Path, code: str) -> None:
    assert check(source(tmp_path, code)) == []


def test_updating_adds_new_texts_and_marks_changed_ones(tmp_path: Path) -> None:
    root = source(tmp_path, '_("Nothing has been saved in this window")\npgettext("noun", "Post")')
    add(root, "cy")
    path = root / "locales" / "cy" / "LC_MESSAGES" / "intake.po"
    text = path.read_text("utf-8").replace(
        'msgid "Nothing has been saved in this window"\nmsgstr ""',
        'msgid "Nothing has been saved in this window"\nmsgstr "Dim"',
    )
    path.write_text(text, "utf-8")
    (root / "ui" / "page.py").write_text(
        '_("Nothing was saved in this window")\nngettext("{n} day", "{n} days", n)', "utf-8"
    )

    assert any("stale" in finding for finding in check(root))
    update(root)

    assert check(root) == []
    changed = path.read_text("utf-8")
    assert '#| msgid "Nothing has been saved in this window"' in changed
    assert 'msgid_plural "{n} days"' in changed
    assert "Post" not in changed


def test_updating_twice_changes_no_file(tmp_path: Path) -> None:
    root = source(tmp_path, '_("Park")')
    add(root, "cy")
    update(root)
    before = {path: path.read_bytes() for path in (root / "locales").rglob("*.po*")}

    update(root)

    assert {path: path.read_bytes() for path in (root / "locales").rglob("*.po*")} == before


@pytest.mark.parametrize(
    ("english", "other", "fault"),
    [
        ("Saved {time}", "Cadwyd {amser}", "fields"),
        ("Saved {time}", "Cadwyd", "fields"),
        ("Saved {time}", "Cadwyd {time", "braces"),
        ("&Park", "Parcio", "access key"),
        ("Open …", "Agor", "ends otherwise"),
        ("Service:", "Gwasanaeth", "ends otherwise"),
        ("Park", "Parcio ", "space"),
        (("{n} day", "{n} days"), ("{n} dydd", "{m} diwrnod"), "fields"),
    ],
)
def test_a_broken_translation_is_found(
    english: str | tuple[str, str], other: str | tuple[str, str], fault: str
) -> None:
    catalogue = Catalog(locale="de")
    message = catalogue.add(english, other)

    found = faults(message, catalogue, complete=False)

    assert any(fault in one for one in found)


def test_a_plural_form_may_leave_its_number_out() -> None:
    catalogue = Catalog(locale="de")
    message = catalogue.add(("{n} day", "{n} days"), ("ein Tag", "{n} Tage"))

    assert faults(message, catalogue, complete=True) == []


def test_only_a_catalogue_that_says_so_must_be_complete() -> None:
    catalogue = Catalog(locale="de")
    message = catalogue.add("Park", "")

    assert faults(message, catalogue, complete=False) == []
    assert faults(message, catalogue, complete=True) == ["'Park' is not translated"]


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["translate"]) == 1
    assert "python -m intake_app.translations" in capsys.readouterr().err


@pytest.mark.parametrize("domain", ["intake", "questions", "qt"])
def test_quotation_marks_stand_as_urdu_has_them(domain: str) -> None:
    with (ROOT / "locales" / "ur" / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        catalogue = read_po(file)
    texts = [str(one.string) for one in catalogue if one.id]
    marks = ["".join(sign for sign in text if sign in "“”") for text in texts]
    assert [text for text, found in zip(texts, marks, strict=True) if found.replace("”“", "")] == []
