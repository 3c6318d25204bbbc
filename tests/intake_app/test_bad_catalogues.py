"""A catalogue that is broken, stale, half done or gone: English is shown, it is known why, nothing fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app import i18n
from intake_app.errors import LanguageUnusable
from intake_app.forms.library import Library
from intake_app.i18n import _, ngettext

HEAD = """\
# Own name: Probeg
# Status: draft
#
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: cy\\n"
"Plural-Forms: {plural}\\n"

"""
PLURAL = "nplurals=2; plural=(n != 1);"
PARK = 'msgid "Park"\nmsgstr "Parcio"\n'


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use_language("en")


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("intake_app.assets.asset", lambda name: tmp_path / name)
    monkeypatch.setattr("intake_app.forms.translations.asset", lambda name: tmp_path / name)
    return tmp_path / "locales"


def write(locales: Path, texts: bytes | str, plural: str = PLURAL, domain: str = "intake") -> Path:
    path = locales / "qq" / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(texts, str):
        texts = (HEAD.replace("{plural}", plural) + texts).encode()
    path.write_bytes(texts)
    return path


BROKEN = {
    "no text at all": b"\xff\xfe\x00\x01" * 200,
    "cut off in a text": 'msgid "Park"\nmsgstr "Par',
    "text without a message": '"lost"\nmsgid',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "another charset than it says": b'msgid ""\nmsgstr "Content-Type: text/plain; charset=nowhere-8\\n"\n',
}
RULES = {
    "divides by nothing": "nplurals=2; plural=(1 % n);",
    "asks for a form that there is none of": "nplurals=2; plural=n;",
    "is code": "nplurals=2; plural=__import__('os').getpid();",
    "is no number": "nplurals=two; plural=(n != 1);",
}


@pytest.mark.parametrize("cache", [False, True])
@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_catalogue_is_not_used(
    locales: Path, tmp_path: Path, content: bytes | str, cache: bool
) -> None:
    path = write(locales, content)

    with pytest.raises(LanguageUnusable) as caught:
        i18n.use_language("qq", tmp_path / "cache" if cache else None)

    assert caught.value.details["reason"] == "unreadable"
    assert caught.value.details["path"] == str(path)
    assert (i18n.language(), _("Park")) == ("en", "Park")
    assert "qq" in [one.tag for one in i18n.languages()]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_plural_rule_that_would_fail_on_a_screen_is_found_before(locales: Path, rule: str) -> None:
    write(locales, PARK, rule)

    with pytest.raises(LanguageUnusable):
        i18n.use_language("qq")

    assert ngettext("{count} day", "{count} days", 2) == "{count} days"


@pytest.mark.parametrize(
    "other",
    ["Yn {rhywle}", "Yn {path.name}", "Yn {path!r:>9999999}", "Yn {0}", "Yn {}", "Yn {path", "Yn {path[0]}"],
)
def test_a_text_with_other_fields_stays_english(locales: Path, other: str) -> None:
    write(locales, f'{PARK}\nmsgid "In {{path}}"\nmsgstr "{other}"\n')

    i18n.use_language("qq")

    assert _("In {path}").format(path="x") == "In x"
    assert _("Park") == "Parcio"
    assert i18n.current().in_english == 1


def test_a_half_done_catalogue_says_how_many_texts_are_english(locales: Path, tmp_path: Path) -> None:
    write(locales, f'{PARK}\nmsgid "Finish"\nmsgstr ""\n\n#, fuzzy\nmsgid "Back"\nmsgstr "Nol"\n')

    for _time in ("compiled", "from the cache"):
        i18n.use_language("qq", tmp_path / "cache")
        assert (_("Park"), _("Finish"), _("Back")) == ("Parcio", "Finish", "Back")
        assert i18n.current().in_english == 2


def test_a_stale_catalogue_lacks_what_the_program_has_since(locales: Path, tmp_path: Path) -> None:
    write(locales, f'{PARK}\nmsgid "Long gone"\nmsgstr "Hen"\n')
    template = locales / "intake.pot"
    template.write_text(f'{HEAD}msgid "Park"\nmsgstr ""\n\nmsgid "New here"\nmsgstr ""\n', "utf-8")

    i18n.use_language("qq", tmp_path / "cache")
    assert (_("Park"), _("New here"), i18n.current().in_english) == ("Parcio", "New here", 1)

    template.write_text(f'{HEAD}msgid "Park"\nmsgstr ""\n', "utf-8")
    i18n.use_language("qq", tmp_path / "cache")
    assert i18n.current().in_english == 0


def test_a_catalogue_may_go_away_while_it_is_in_use(locales: Path) -> None:
    path = write(locales, PARK)
    i18n.use_language("qq")

    path.unlink()

    assert _("Park") == "Parcio"
    with pytest.raises(LanguageUnusable) as caught:
        i18n.use_language("qq")
    assert caught.value.details["reason"] == "missing"
    assert _("Park") == "Park"


def test_a_name_in_the_head_makes_it_reviewed_and_whole(locales: Path) -> None:
    path = write(locales, PARK)
    assert [(one.reviewed, one.complete) for one in i18n.languages()][1:] == [(False, False)]

    path.write_text(path.read_text("utf-8").replace("draft", "complete"), "utf-8")
    assert [(one.reviewed, one.complete) for one in i18n.languages()][1:] == [(False, True)]

    path.write_text(path.read_text("utf-8").replace("# Status", "# Reviewer: Non Example\n# Status"), "utf-8")
    assert [(one.reviewed, one.complete) for one in i18n.languages()][1:] == [(True, True)]


def test_questions_with_a_broken_catalogue_are_english_and_it_is_known(locales: Path, tmp_path: Path) -> None:
    path = write(locales, BROKEN["a picture"], domain="questions")
    shipped = Library.shipped().folder
    library = Library(shipped, shipped.parent / "code_lists")

    wording = library.latest("frame").wording("qq")

    assert wording.text("about_whom", "label") == library.latest("frame").question("about_whom").label
    (trouble,) = library.troubles
    assert trouble.details["path"] == str(path)
