"""Pages as they are printed: no sign without a picture, nothing wider than the paper, no question parted."""

from datetime import date

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from intake_app.approvals import Approval
from intake_app.channels.outreach.paper import EASY_READ, SIZES, Block, Paper, Piece, Role
from intake_app.channels.outreach.paper_forms import FormOptions, make_form
from intake_app.channels.outreach.take_away import SlipOptions, make_slip
from intake_app.forms.library import Library
from ui.outreach.pages import HEIGHT, MARGIN, WIDTH, Pages

TODAY = date(2026, 11, 25)
LANGUAGES = ("en", *Library.shipped().wordings.languages())
WHITE = QColor("white").rgb()


def worded(language: str) -> Library:
    library = Library.shipped()
    if language != "en":
        hashes = library.wordings.hashes(language)
        library.wordings.use([Approval(language=language, reviewed_by="Amina Khan", hashes=hashes)])
    return library


def built(paper: Paper) -> Pages:
    pages = Pages(paper)
    for _slice in pages.build():
        pass
    return pages


def painted(pages: Pages, page: int, number: int | None = None) -> QImage:
    image = QImage(round(WIDTH), round(HEIGHT), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    pages.paint(painter, page, number)
    painter.end()
    return image


def ink(image: QImage, left: int, top: int, right: int, bottom: int) -> bool:
    return any(image.pixel(x, y) != WHITE for x in range(left, right) for y in range(top, bottom))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_and_size_has_its_letters_and_fits(
    qapp: QApplication, language: str, size: int
) -> None:
    library = worded(language)
    papers = (
        make_form(library, FormOptions(language=language, size=size, event="Eid market"), TODAY),
        make_slip(library, "482913760", TODAY, SlipOptions(language=language, size=size)),
    )
    for paper in papers:
        pages = built(paper)
        assert pages.missing() == []
        assert pages.overfull() == []
        shown = [block for page in range(pages.count) for block in pages.blocks_on(page)]
        assert list(dict.fromkeys(shown)) == list(dict.fromkeys(paper.blocks)), "nothing left out, in order"


def test_a_word_that_is_wider_than_the_paper_and_a_sign_without_a_picture_are_found(
    qapp: QApplication,
) -> None:
    wide, strange = "W" * 90, "\U00013000"
    paper = make_slip(worded("en"), "482913760", TODAY, SlipOptions(reach=wide))
    assert built(paper).overfull()
    paper = make_slip(worded("en"), "482913760", TODAY, SlipOptions(reach=f"a {strange}"))
    pages = built(paper)
    assert pages.missing() == [f"a {strange}"]
    assert ink(painted(pages, 0), 42, 64, 500, 780), "it is laid out all the same, without that sign"


@pytest.mark.parametrize(("language", "size"), [("en", 12), ("en", 28), ("ur", 18), (EASY_READ, 20)])
def test_a_question_stays_with_its_choices_unless_it_is_longer_than_a_page(
    qapp: QApplication, language: str, size: int
) -> None:
    pages = built(make_form(worded(language), FormOptions(language=language, size=size), TODAY))
    for page in range(1, pages.count):
        first = pages.blocks_on(page)[0]
        if first in pages.blocks_on(page - 1):
            alone = pages.blocks_on(page - 1)
            assert alone == [first], "it began on a page of its own"


def test_the_margins_stay_white_and_head_and_foot_are_there(qapp: QApplication) -> None:
    for language in ("en", "ur"):
        options = FormOptions(language=language, size=18, event="Eid market")
        pages = built(make_form(worded(language), options, TODAY))
        # The last letters of Nastaliq swing a little beyond their line.
        edge, width, height = round(MARGIN) - 16, round(WIDTH), round(HEIGHT)
        for page in range(3):
            image = painted(pages, page, 12)
            assert not ink(image, 0, 0, edge, height)
            assert not ink(image, width - edge, 0, width, height)
            assert ink(image, edge, 30, width - edge, 54), "the event"
            assert ink(image, edge, height - 48, width - edge, height - 24), "page and form"


def test_from_right_to_left_the_boxes_stand_on_the_right(qapp: QApplication) -> None:
    def side(language: str) -> bool:
        """Whether there is more ink in the right half of a page with choices."""
        pages = built(
            make_form(worded(language), FormOptions(language=language, english_beside=False), TODAY)
        )
        page = next(
            one
            for one in range(pages.count)
            if any(piece.role is Role.CHOICE for block in pages.blocks_on(one)[1:] for piece in block.pieces)
        )
        image, middle = painted(pages, page), round(WIDTH) // 2
        halves = [(0, middle), (middle, round(WIDTH))]
        left, right = (
            sum(image.pixel(x, y) != WHITE for x in range(*half) for y in range(60, round(HEIGHT) - 60, 2))
            for half in halves
        )
        return right > left

    assert side("ar")
    assert not side("pl")


def test_a_block_longer_than_a_page_goes_on_on_the_next(qapp: QApplication) -> None:
    choices = tuple(Piece(Role.CHOICE, f"Choice {number}", key=str(number)) for number in range(1, 60))
    slip = make_slip(worded("en"), "482913760", TODAY, SlipOptions(size=28))
    block = Block((Piece(Role.QUESTION, "Which one?", key="1."), *choices))
    words = slip.page_words
    pages = built(Paper("", "en", 28, (block,), words, words))
    assert pages.count > 2
    assert all(ink(painted(pages, page), 42, 64, 500, 780) for page in range(pages.count))
    text = [pages.text_of(page) for page in range(pages.count)]
    assert [sum(f"Choice {number}\n" in one + "\n" for one in text) for number in (1, 30, 59)] == [1, 1, 1]


def test_the_words_of_a_page_can_be_heard(qapp: QApplication) -> None:
    options = FormOptions(size=12, first=12, event="Eid market")
    pages = built(make_form(worded("en"), options, TODAY))
    first = pages.text_of(0, 12)
    assert first.startswith("Eid market\n")
    assert "Box: My own care" in first
    assert first.endswith(f"Page 1 of {pages.count} · Form 0012")
    assert any("Lines to write on: 12" in pages.text_of(page, 12) for page in range(pages.count))
