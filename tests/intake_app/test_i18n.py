"""Screens in a language, with English for what is missing and nothing that can break a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app import catalogues, i18n
from intake_app.errors import LanguageUnusable
from intake_app.i18n import _, ngettext, pgettext

CATALOGUE = """\
# Own name: Probeg
# Status: draft
#
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Park"
msgstr "Parcio"

msgid "Saved {time}"
msgstr "Gorffennol {amser}"

#, fuzzy
msgid "Finish"
msgstr "Gorffen"

msgid "Unfinished"
msgstr ""

msgctxt "noun"
msgid "Post"
msgstr "Llythyr"

msgid "{count} record"
msgid_plural "{count} records"
msgstr[0] "un cofnod"
msgstr[1] "{count} o gofnodion"
"""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use_language("en")


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "locales" / "qq" / "LC_MESSAGES" / "intake.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr("intake_app.assets.asset", lambda name: tmp_path / name)
    return path


def test_texts_come_in_the_language_and_unfinished_ones_in_english(catalogue: Path) -> None:
    i18n.use_language("qq")

    assert _("Park") == "Parcio"
    assert (_("Finish"), _("Unfinished"), _("Never seen")) == ("Finish", "Unfinished", "Never seen")
    assert pgettext("noun", "Post") == "Llythyr"
    assert ngettext("{count} record", "{count} records", 1).format(count=1) == "un cofnod"
    assert ngettext("{count} record", "{count} records", 3).format(count=3) == "3 o gofnodion"


def test_a_translation_with_other_fields_is_left_out(catalogue: Path) -> None:
    i18n.use_language("qq")

    assert _("Saved {time}").format(time="10:14") == "Saved 10:14"


def test_a_region_without_a_catalogue_uses_its_language_s(catalogue: Path) -> None:
    i18n.use_language("qq-GB")

    assert i18n.language() == "qq"


def test_a_language_without_a_catalogue_is_english(catalogue: Path) -> None:
    with pytest.raises(LanguageUnusable) as caught:
        i18n.use_language("zz")

    assert (caught.value.details["tag"], caught.value.details["reason"]) == ("zz", "missing")
    assert i18n.language() == "en"
    assert _("Park") == "Park"


def test_languages_say_whether_somebody_reviewed_them(catalogue: Path) -> None:
    english, draft = i18n.languages()

    assert (english.tag, english.reviewed) == ("en", True)
    assert (draft.tag, draft.own_name, draft.reviewed) == ("qq", "Probeg", False)


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(catalogue: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    i18n.use_language("qq", cache)
    (compiled,) = cache.iterdir()
    written = compiled.stat().st_mtime_ns

    i18n.use_language("qq", cache)
    assert [one.stat().st_mtime_ns for one in cache.iterdir()] == [written]

    catalogue.write_text(CATALOGUE.replace("Parcio", "Aros"), "utf-8")
    i18n.use_language("qq", cache)
    assert _("Park") == "Aros"
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_damaged_cache_is_made_anew(catalogue: Path, tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache"
    i18n.use_language("qq", cache)
    (compiled,) = cache.iterdir()
    compiled.write_bytes(content)

    i18n.use_language("qq", cache)

    assert _("Park") == "Parcio"


def test_a_cache_that_cannot_be_written_is_done_without(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    i18n.use_language("qq", tmp_path / "file" / "cache")

    assert _("Park") == "Parcio"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", True), ("ur", True), ("pa-Arab", True), ("pa-Guru", False), ("ckb", True), ("cy", False),
     ("ar-XB", True), ("az-Latn", False), ("en-GB-x-easyread", False), ("ar-Latn", False)],
)  # fmt: skip
def test_direction_goes_by_script_then_language(tag: str, expected: bool) -> None:
    assert i18n.is_right_to_left(tag) is expected


def test_long_pseudo_language_keeps_what_a_program_needs() -> None:
    i18n.use_language("en-XA")

    shown = _("&Save {name} with Ctrl+S")
    assert shown.startswith("[&S")
    assert shown.format(name="it").count("it") == 1
    assert "Ctrl+S" in shown
    assert len(shown) > 1.3 * len("&Save {name} with Ctrl+S")


def test_reversed_pseudo_language_isolates_fields() -> None:
    i18n.use_language("ar-XB")

    assert "\u2068{name}\u2069" in _("Save {name}")
    assert i18n.is_right_to_left()


@pytest.mark.parametrize("tag", i18n.PSEUDO_LANGUAGES)
def test_pseudo_languages_leave_an_empty_text_empty(tag: str) -> None:
    i18n.use_language(tag)

    assert _("") == ""


def test_fields_are_those_that_format_would_fill() -> None:
    assert catalogues.fields("{a} of {b:>3} {{not}}") == {"a", "b"}
    with pytest.raises(ValueError, match="expected"):
        catalogues.fields("{a")
