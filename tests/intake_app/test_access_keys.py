"""Each menu and window has every access key once, in English and in every language."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from intake_app.translating import files
from intake_app.translating.faults import check
from intake_app.translating.letters import access_key, clashes, settle, stands_alone

MENU = """
MENUS = (N_("&Record"), N_("&Go"), N_("Re&port"))
class Dialog:
    def build(self):
        button(_("&Keep"))
    def more(self):
        button(_("Go &back"))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("intake_app", "ui", "locales", "resources/question_sets", "resources/code_lists"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ui" / "page.py").write_text(MENU, "utf-8")
    return tmp_path


def translate(root: Path, tag: str, texts: dict[str, str], reviewer: str = "") -> Path:
    files.add(root, tag)
    path = root / "locales" / tag / "LC_MESSAGES" / "intake.po"
    catalogue = files.read(path)
    for english, words in texts.items():
        catalogue[english].string = words
    if reviewer:
        catalogue.header_comment = f"# Reviewer: {reviewer}\n{catalogue.header_comment}"
    files.write(path, catalogue)
    return path


def words(path: Path, english: str) -> str:
    return str(files.read(path)[english].string)


def test_two_of_one_menu_with_one_letter_are_named_with_their_place(root: Path) -> None:
    translate(root, "cy", {"&Record": "&Cofnod", "&Go": "&Cer", "&Keep": "&Cadw"})

    (finding,) = clashes(root)

    assert "“&Cofnod” and “&Cer” share the access key C" in finding
    assert finding.endswith("in ui/page.py, MENUS")
    assert finding in check(root)


def test_english_is_looked_at_too(root: Path) -> None:
    (root / "ui" / "other.py").write_text('class A:\n    x = _("&One"), _("Tw&o"), _("&Old")\n', "utf-8")

    assert clashes(root) == ["English: “&One” and “Tw&o” and “&Old” share the access key O in ui/other.py, A"]


def test_the_second_gets_a_letter_of_its_own_where_a_word_begins(root: Path) -> None:
    path = translate(root, "cy", {"&Record": "&Cofnod", "&Go": "&Cer yno", "Re&port": "Adro&ddiad"})

    assert settle(root, "cy") == ["“&Cer yno” is now “Cer &yno”"]

    assert clashes(root) == []
    assert words(path, "&Record") == "&Cofnod"
    assert settle(root, "cy") == []


def test_a_letter_that_carries_signs_is_not_torn_apart(root: Path) -> None:
    """Qt draws the marked letter by itself; its vowel sign would hang on a dotted circle (seen)."""
    path = translate(root, "pa", {"&Record": "&ਰਿਕਾਰਡ", "&Go": "&ਬੋਲੋ", "&Keep": "&ਸੰਭਾਲੋ"})
    assert len(clashes(root)) == 3

    settle(root, "pa")

    assert clashes(root) == []
    assert words(path, "&Record") == "ਰਿਕਾ&ਰਡ"
    assert words(path, "&Go") == "ਬੋਲੋ (&G)", "no letter stands alone, so a Latin one follows"


@pytest.mark.parametrize(
    ("text", "alone"),
    [("&Go", True), ("no key", True), ("&রেকর্ড", False), ("রে&কর্ড", True), ("হ্&যাঁ", False), ("A && &B", True)],
)
def test_signs_and_joined_consonants_are_known(text: str, alone: bool) -> None:
    assert stands_alone(text) is alone


def test_what_somebody_has_reviewed_is_not_changed(root: Path) -> None:
    path = translate(root, "cy", {"&Record": "&Cofnod", "&Go": "&Cer"}, reviewer="Non Example")

    assert settle(root, "cy") == []
    assert words(path, "&Go") == "&Cer"


def test_plurals_follow_those_of_the_screens_in_every_catalogue_of_a_language(root: Path) -> None:
    path = translate(root, "cy", {})
    six = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)"
    catalogue = files.read(path)
    catalogue.mime_headers = [("Plural-Forms", six)]
    path.unlink()
    files.write(path, catalogue)
    (path.parent / "questions.po").unlink()

    files.add(root, "cy")

    assert files.read(path.parent / "questions.po").num_plurals == 6


def test_a_language_begins_with_its_own_name() -> None:
    assert [files.own_name(tag) for tag in ("pl", "ur", "zh-Hant", "qq")] == ["Polski", "اردو", "中文", "qq"]


def test_double_ampersands_are_no_keys() -> None:
    assert [access_key(text) for text in ("A && B", "&Über", "Tom && &Ann")] == ["", "Ü", "A"]
    assert Catalog(locale="cy").num_plurals == 5, "Babel's five forms are why the rule is copied"
