"""Forms of paper: the questions of the screen in its order, in no words that a person may not be given."""

import re
from datetime import date

import pytest

from intake_app.approvals import Approval
from intake_app.channels.outreach.paper import EASY_READ, Paper, PaperRefused, Piece, Role
from intake_app.channels.outreach.paper_forms import FormOptions, make_form
from intake_app.channels.outreach.paper_html import letters_of, write_html
from intake_app.channels.question_lists import question_list
from intake_app.forms.library import Library
from intake_app.records import ENQUIRY, FEEDBACK

TODAY = date(2026, 11, 25)
NEVER_UNCHECKED = ("in danger", "serious risk", "May we tell the service", "What is your religion")


def form(library: Library, **options: object) -> Paper:
    return make_form(library, FormOptions(**options), TODAY)  # type: ignore[arg-type]


def pieces(paper: Paper, *roles: Role) -> list[Piece]:
    return [one for block in paper.blocks for one in block.pieces if not roles or one.role in roles]


def texts(paper: Paper) -> list[str]:
    return [one.text for one in pieces(paper)]


def approved(library: Library, language: str) -> None:
    hashes = library.wordings.hashes(language)
    library.wordings.use([Approval(language=language, reviewed_by="Amina Khan", hashes=hashes)])


@pytest.fixture
def library() -> Library:
    """Of its own for each test: what the organisation has said is kept in it."""
    return Library.shipped()


def test_questions_are_numbered_in_the_order_of_the_screen(library: Library) -> None:
    found = pieces(form(library), Role.QUESTION)
    assert [one.key for one in found] == [f"{number}." for number in range(1, len(found) + 1)]
    order = [one.text for one in found]
    places = [
        next(place for place, text in enumerate(order) if words in text)
        for words in ("your own care", "Which service", "good experience", "contact you again", "What name")
    ]
    assert places == sorted(places)
    assert (
        "age group" in order[next(place for place, text in enumerate(order) if "hear about us" in text) + 1]
    )


def test_what_is_asked_of_staff_or_said_aloud_is_not_on_paper(library: Library) -> None:
    words = " ".join(texts(form(library)))
    for left_out in ("What came of it", "How did they reach us", "read back", "health or social care?"):
        assert left_out not in words
    assert "They do not know" not in words


def test_a_question_that_hangs_on_another_says_so(library: Library) -> None:
    paper = form(library)
    asked = next(
        block for block in paper.blocks if any("Have you told the service" in p.text for p in block.pieces)
    )
    number = next(one.key for one in pieces(paper, Role.QUESTION) if "Was it a good experience" in one.text)
    assert any(f"question {number[:-1]}, go on" in one.text for one in asked.pieces)


def test_choices_carry_what_is_keyed_in(library: Library) -> None:
    paper = form(library)
    block = next(one for one in paper.blocks if any("Was it a good" in p.text for p in one.pieces))
    assert [one.key for one in block.pieces if one.role is Role.CHOICE] == ["1", "2", "3"]
    long = next(one for one in paper.blocks if any("ethnic group?" in p.text for p in one.pieces))
    assert "white_british" in [one.key for one in long.pieces]


def test_an_enquiry_asks_what_it_is_for_and_no_permission_to_quote(library: Library) -> None:
    words = " ".join(texts(form(library, kind=ENQUIRY)))
    assert "What can I help you with?" in words
    assert "May we use your words" not in words
    assert "May we contact you again" in words


def test_equality_can_be_left_out(library: Library) -> None:
    assert "What is your religion?" not in texts(form(library, equality=False))


def test_a_short_form_asks_only_what_is_needed_most_under_the_numbers_of_the_screens_sections(
    library: Library,
) -> None:
    short, whole = form(library, short=True, equality=False), form(library, equality=False)
    order = [one.text for one in pieces(short, Role.QUESTION)]
    assert len(order) == short.asked < whole.asked / 2
    assert [one.key for one in pieces(short, Role.QUESTION)] == [f"{n}." for n in range(1, len(order) + 1)]
    assert order == [one.text for one in pieces(whole, Role.QUESTION) if one.text in order]
    for needed in ("Which service", "good experience", "May we tell the service", "message on this number"):
        assert any(needed in words for words in order), needed
    headings = {one.text for one in pieces(short, Role.HEADING)}
    assert headings <= {one.text for one in pieces(whole, Role.HEADING)}
    assert "What is your religion?" in texts(form(library, short=True)), "equality is asked for apart"


@pytest.mark.parametrize("kind", [FEEDBACK, ENQUIRY])
def test_every_question_of_the_short_form_is_one_that_can_be_printed(library: Library, kind: str) -> None:
    paper = form(library, kind=kind, short=True, equality=False)
    texts_of = {one.text for one in pieces(paper)}
    wanted = [
        next(one for one in library.latest(set_id).questions if one.id == question)
        for set_id, question in question_list("resources/paper/short_form.csv")
        if set_id not in {FEEDBACK, ENQUIRY} - {kind}
    ]
    left_out = [one.id for one in wanted if (one.say or one.label) not in texts_of]
    assert left_out == ([] if kind == FEEDBACK else ["service_may_know", "may_quote"])


def test_words_that_nobody_checked_are_not_printed(library: Library) -> None:
    paper = form(library, language="ur")
    assert paper.in_english == paper.asked > 40
    assert {one.language for one in pieces(paper)} == {"en"}
    assert paper.direction == "ltr", "a page of English is read from the left"
    assert sum("اردو" in one.text and "interpreter" in one.text for one in pieces(paper)) > paper.asked


def test_drafts_are_printed_where_the_office_says_so_but_never_where_they_could_harm(
    library: Library,
) -> None:
    library.wordings.use([Approval(language="ur", shows_drafts=True)])
    paper = form(library, language="ur")
    assert 0 < paper.in_english < paper.asked
    assert paper.direction == "rtl"
    assert any("مسودہ" in text for text in texts(paper)), "it says that it is a draft"
    for words in NEVER_UNCHECKED:
        (found,) = [one for one in pieces(paper) if words in (one.text + one.english)][:1]
        assert (found.language, found.english) == ("en", ""), found


def test_checked_words_are_printed_with_the_english_small_below_or_without(library: Library) -> None:
    approved(library, "pl")
    paper = form(library, language="pl")
    questions = [one for one in pieces(paper, Role.QUESTION) if one.language == "pl"]
    assert all(one.english for one in questions)
    # Three questions of the person are known by their labels alone.
    assert paper.in_english == paper.asked - len(questions) == 3
    bare = form(library, language="pl", english_beside=False)
    assert not any(one.english for one in pieces(bare))


def test_easy_read_has_one_sentence_a_line_and_room_for_pictures(library: Library) -> None:
    approved(library, EASY_READ)
    paper = form(library, language=EASY_READ)
    assert all(block.symbol for block in paper.blocks if block.pieces)
    assert not any(re.search(r"[.?!] \S", one.text) for one in pieces(paper) if one.language == EASY_READ)
    assert not any("interpreter" in text for text in texts(paper))


def test_a_heading_never_stands_alone_and_a_question_keeps_its_choices(library: Library) -> None:
    for block in form(library).blocks:
        assert block.lines or block.pieces[-1].role is not Role.HEADING
        if any(one.role is Role.CHOICE for one in block.pieces):
            assert any(one.role is Role.QUESTION for one in block.pieces)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"size": 17}, "size"),
        ({"language": "xx"}, "language"),
        ({"count": 0}, "count"),
        ({"count": 501}, "count"),
        ({"first": 0}, "number"),
        ({"first": 9_990, "count": 20}, "number"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_reason(
    library: Library, options: dict[str, object], reason: str
) -> None:
    with pytest.raises(PaperRefused) as refused:
        form(library, **options)
    assert refused.value.details["reason"] == reason


def test_the_web_page_has_a_copy_for_each_number_and_loads_nothing(library: Library) -> None:
    library.wordings.use([Approval(language="ur", shows_drafts=True)])
    page = write_html(form(library, language="ur", size=18, count=3, first=7, event="Eid <market>"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="ur" dir="rtl">')
    assert re.findall(r'aria-label="فارم (\d+)"', page) == ["0007", "0008", "0009"]
    assert "Eid &lt;market&gt;" in page
    assert "<market>" not in page
    assert "18pt" in page
    assert not re.search(r"https?://|src=|url\((?!data:)", page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)
    assert page.count("<ul>") == page.count("</ul>")


@pytest.mark.parametrize("language", Library.shipped().wordings.languages())
def test_every_language_finds_its_letters(library: Library, language: str) -> None:
    approved(library, language)
    page = write_html(form(library, language=language))
    assert ("@font-face" in page) == bool(letters_of(language))
