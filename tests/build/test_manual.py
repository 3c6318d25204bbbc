"""The manual says what the program says: its keys, sentences and names on the screens; and it is small."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.help import manual, reference

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "manual"
PAGES = sorted(FOLDER.glob("*.md"))
MOST_PICTURE_BYTES = 1_500_000
LONGEST_SENTENCE_WORDS = 32
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
QUOTED = re.compile(r"“([^”]+)”")
NOT_ON_SCREEN = {
    # Words that somebody may type or say, and the three dots that stand for anything.
    "park", "hung up", "spreadsheet", "dark", "practise", "…", "last week", "since May", "check the store",
    # Single words of longer texts.
    "Error", "required", "draft", "Practice", "asked", "Danger, marked",
}  # fmt: skip


def texts_of_the_program() -> str:
    """Every literal of the screens and every text of the question sets, in one string."""
    found = []
    for package in ("ui", "intake_app"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.append(node.value.replace("&", ""))
    resources = ROOT / "resources"
    # What a person is shown stands among their own words.
    for path in sorted(
        (*resources.glob("question_sets/*/*.csv"), resources / "code_lists" / "person_words.csv")
    ):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [cell for row in csv.reader(file) for cell in row]
    return "\n".join(found)


def sentences_of_errors() -> set[str]:
    """Every sentence of ``ui/messages.py`` with its fields as “…”."""
    tree = ast.parse((ROOT / "ui" / "messages.py").read_text("utf-8"))

    def found() -> Iterator[str]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
                for argument in node.args[:count]:
                    if isinstance(argument, ast.Constant):
                        yield re.sub(r"\{\w+\}", "…", argument.value)

    return set(found())


def test_the_page_of_keys_is_made_from_the_table_of_keys() -> None:
    page = (FOLDER / reference.PAGE).read_text("utf-8")
    assert page == reference.page(), "run: python -m ui.help.reference"


def test_every_sentence_that_says_what_is_wrong_is_explained_and_no_other() -> None:
    page = (FOLDER / "troubleshooting.md").read_text("utf-8")
    quoted = {line[2:] for line in page.splitlines() if line.startswith("> ")}
    assert sentences_of_errors() - quoted == set(), "add them to docs/manual/troubleshooting.md"
    assert quoted - sentences_of_errors() == set(), "the program says this no longer"


def test_every_page_is_reached_from_the_first_and_every_link_leads_somewhere() -> None:
    names = {page.name for page in PAGES}
    linked = set(LINK.findall((FOLDER / manual.FIRST).read_text("utf-8")))
    assert linked == names - {manual.FIRST}
    for page in PAGES:
        assert set(LINK.findall(page.read_text("utf-8"))) <= names, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_every_picture_is_there_and_is_told_in_words(page: Path) -> None:
    text = page.read_text("utf-8")
    for told, name in PICTURE.findall(text):
        assert len(told.split()) >= 4, name
        assert (FOLDER / name).is_file(), f"run: python3 dev.py screenshots ({name})"
    # What stands below a picture is read where the picture cannot be.
    for after in re.findall(r"\n!\[[^\n]*\n\n([^\n]*)", text):
        assert after.startswith("*"), page.name


def test_no_picture_is_left_over_and_all_are_small() -> None:
    shown = {name for page in PAGES for _told, name in PICTURE.findall(page.read_text("utf-8"))}
    pictures = sorted((FOLDER / "pictures").glob("*"))
    assert {f"pictures/{one.name}" for one in pictures} == shown
    assert sum(one.stat().st_size for one in pictures) < MOST_PICTURE_BYTES


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_what_is_quoted_stands_on_a_screen(page: Path) -> None:
    program = texts_of_the_program()
    text = "\n".join(line for line in page.read_text("utf-8").splitlines() if not line.startswith("> "))
    for words in QUOTED.findall(PICTURE.sub("", text)):
        plain = words.rstrip(".").removesuffix(" …")
        assert words in NOT_ON_SCREEN or plain in program, f"{page.name}: “{words}”"


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_it_is_plain_english(page: Path) -> None:
    text = PICTURE.sub("", page.read_text("utf-8"))
    prose = re.sub(r"^(\||#|>).*$", "", text, flags=re.MULTILINE)
    for sentence in re.split(r"(?<=[.:;?!])\s|\n", prose):
        assert len(sentence.split()) <= LONGEST_SENTENCE_WORDS, sentence
    for word in ("simply", "just click", "utilise", "leverage", "please note", "e.g."):
        assert word not in prose.lower()


def test_the_manual_in_the_program_has_the_same_pages_in_order() -> None:
    pages = manual.pages()
    assert [page.name for page in pages[:2]] == [manual.FIRST, "first_day.md"]
    assert {page.name for page in pages} == {page.name for page in PAGES}
    assert all(page.title for page in pages)
    assert not any("](" in PICTURE.sub("", page.text) for page in pages)
