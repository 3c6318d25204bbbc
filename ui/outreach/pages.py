"""Lays a paper out on A4 and paints it, the same on screen, printer and in a PDF.

All is measured in points, whatever the printer's resolution, so that the preview breaks pages where the
printer does. Blocks stay whole: a question is never parted from its choices. Qt's rich text knows neither
that nor tick boxes, so the blocks are placed here, each from its words' own text layout.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from intake_app.channels.outreach.paper import Block, Paper, Piece, Role, direction
from intake_app.channels.outreach.paper_html import line_points
from intake_app.forms.model import ENGLISH
from intake_app.i18n import _
from ui import fonts

WIDTH, HEIGHT = 595.0, 842.0
"""A4 in points."""
MARGIN, _FOOT = 42.0, 36.0
_HEAD = 22.0
_GAP = 12.0
_LEAST_SMALL, _SMALL = 10.0, 0.75
_PICTURE, _PICTURE_GAP = 84.0, 14.0
_FACTORS = {Role.TITLE: 1.4, Role.HEADING: 1.15, Role.REFERENCE: 1.8}
_BOLD = (Role.TITLE, Role.HEADING, Role.QUESTION)
_KEY = 9
_NO_LETTER = "?"
_LAST_LATIN, _FIRST_MARKS, _LAST_MARKS = 0x58F, 0x2000, 0x20FF
_LINE_SEPARATOR = "\u2028"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Something at a height of its block: words, a tick box or a line to write on."""

    top: float
    left: float
    words: QTextLayout | None = None
    box: float = 0.0
    line: float = 0.0


@dataclass(slots=True)
class _Placed:
    """A block as it is drawn. ``cuts`` are the heights where one that is longer than a page may be parted."""

    block: Block
    height: float
    drawn: list[_Drawn] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    overfull: bool = False


@dataclass(frozen=True, slots=True)
class _OnPage:
    placed: _Placed
    top: float
    begin: float
    end: float


class Pages:
    """``build`` in slices, then ``count`` pages, each to be painted or read."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._base = QFont(QApplication.font())
        self._right_to_left = paper.direction == "rtl"
        self._placed: list[_Placed] = []
        self._pages: list[list[_OnPage]] = []

    @property
    def count(self) -> int:
        return len(self._pages)

    def build(self) -> Iterator[None]:
        """A block a slice, so that no key waits."""
        for block in self.paper.blocks:
            self._placed.append(self._place(block))
            yield
        self._break()

    def overfull(self) -> list[str]:
        """Words that are wider than the paper."""
        return [one.block.pieces[0].text for one in self._placed if one.overfull]

    def missing(self) -> list[str]:
        """Words with signs that no font here has."""
        return [
            text
            for block in self.paper.blocks
            for piece in block.pieces
            for text, language in ((piece.text, piece.language), (piece.english, "en"))
            if not fonts.can_show(text, self._font(Role.TEXT, language, text))
        ]

    def blocks_on(self, page: int) -> list[Block]:
        return [one.placed.block for one in self._pages[page]]

    def text_of(self, page: int, number: int | None = None) -> str:
        """The page for who hears it instead of seeing it."""
        said = [self._head(number)]
        for one in self._pages[page]:
            if one.begin:
                continue
            for piece in one.placed.block.pieces:
                said += [_said(piece), *([piece.english] if piece.english else [])]
            if one.placed.block.lines:
                said.append(_("Lines to write on: {count}").format(count=one.placed.block.lines))
            said.append("")
        said.append(self._foot(page, number))
        return "\n".join(said).strip()

    def paint(self, painter: QPainter, page: int, number: int | None = None) -> None:
        """On a painter whose unit is the point; ``number`` is the copy's."""
        painter.setPen(QPen(QColor(Qt.GlobalColor.black), 1.0))
        for one in self._pages[page]:
            painter.save()
            painter.translate(0, one.top - one.begin)
            for drawn in one.placed.drawn:
                if one.begin <= drawn.top < one.end:
                    self._draw(painter, drawn)
            if one.placed.block.symbol and not one.begin:
                self._draw_picture_frame(painter)
            painter.restore()
        self._line(painter, self._head(number), MARGIN)
        self._line(painter, self._foot(page, number), HEIGHT - _FOOT)

    # Head and foot

    def _head(self, number: int | None) -> str:
        return self.paper.event if number is not None else ""

    def _foot(self, page: int, number: int | None) -> str:
        name = self.paper.page_name(page + 1, self.count)
        return name if number is None else f"{name} · {self.paper.form_name(number)}"

    def _line(self, painter: QPainter, text: str, top: float) -> None:
        if text:
            language, room = self.paper.page_words.language, WIDTH - 2 * MARGIN
            words, height, _fits = self._laid_out(text, Role.NOTE, language, room)
            words.draw(painter, QPointF(MARGIN, top - height / 2))

    # Drawing

    def _draw(self, painter: QPainter, drawn: _Drawn) -> None:
        if drawn.words is not None:
            drawn.words.draw(painter, QPointF(drawn.left, drawn.top))
        elif drawn.box:
            painter.setPen(QPen(QColor(Qt.GlobalColor.black), 1.2))
            painter.drawRect(QRectF(drawn.left, drawn.top, drawn.box, drawn.box))
        else:
            painter.setPen(QPen(QColor(Qt.GlobalColor.black), 0.8))
            painter.drawLine(QPointF(drawn.left, drawn.top), QPointF(drawn.left + drawn.line, drawn.top))

    def _draw_picture_frame(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(118, 118, 118), 0.8, Qt.PenStyle.DashLine))
        left = WIDTH - MARGIN - _PICTURE if self._right_to_left else MARGIN
        painter.drawRect(QRectF(left, 0, _PICTURE, _PICTURE))

    # Placing

    def _place(self, block: Block) -> _Placed:
        placed = _Placed(block, 0.0)
        for piece in block.pieces:
            placed.cuts.append(placed.height)
            self._add_piece(placed, piece)
        room = self._room(block)
        left = self._left(block)
        for _line in range(block.lines):
            placed.cuts.append(placed.height)
            placed.height += line_points(self.paper.size)
            placed.drawn.append(_Drawn(placed.height - 1, left, line=room))
        if block.symbol:
            placed.height = max(placed.height, _PICTURE)
        return placed

    def _add_piece(self, placed: _Placed, piece: Piece) -> None:
        block, size = placed.block, float(self.paper.size)
        left, room = self._left(block), self._room(block)
        top = placed.height
        text = f"{piece.key} {piece.text}" if piece.role is Role.QUESTION else piece.text
        if piece.role is Role.CHOICE:
            # Held while its line is asked: a line outlives no layout.
            said, _height, _fits = self._laid_out(text, piece.role, piece.language, room)
            base = top + said.lineAt(0).ascent()
            box = size * 0.8
            indent = box + size * 0.6
            placed.drawn.append(_Drawn(base - box, self._at_edge(left, room, box), box=box))
            if piece.key:
                words, wide = self._key(piece.key)
                # A digit stands beside its box; a long code at the far edge, where it pushes no words aside.
                near = len(piece.key) == 1
                where = self._at_edge(left, room, wide, indent if near else room - wide)
                placed.drawn.append(_Drawn(base - words.lineAt(0).ascent(), where, words=words))
                taken = wide + size * (0.9 if self._right_to_left else 0.5)
                indent += taken if near else 0.0
                room -= 0.0 if near else taken
                left += taken if self._right_to_left and not near else 0.0
            left, room = (left, room - indent) if self._right_to_left else (left + indent, room - indent)
        height = self._add_words(placed, text, piece.role, piece.language, left, room)
        if piece.english:
            height += self._add_words(placed, piece.english, Role.NOTE, "en", left, room, height)
        placed.height = top + height + size * (0.4 if piece.role is Role.CHOICE else 0.3)

    def _add_words(
        self,
        placed: _Placed,
        text: str,
        role: Role,
        language: str,
        left: float,
        room: float,
        below: float = 0.0,
    ) -> float:
        words, height, fits = self._laid_out(text, role, language, room)
        placed.drawn.append(_Drawn(placed.height + below, left, words=words))
        placed.overfull |= not fits
        return height

    def _laid_out(self, text: str, role: Role, language: str, room: float) -> tuple[QTextLayout, float, bool]:
        """Also its height, and whether every word has room; one that has not goes on in the next line."""
        font = self._font(role, language, text)
        # A script of which no font is there crashes Qt (6.11) where it is laid out.
        safe = "".join(sign if fonts.can_show(sign, font) else _NO_LETTER for sign in text)
        layout = QTextLayout(safe.replace("\n", _LINE_SEPARATOR), font)
        height, fits = self._lines(layout, language, room, QTextOption.WrapMode.WordWrap)
        if not fits:
            height, _all = self._lines(
                layout, language, room, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
            )
        return layout, height, fits

    def _lines(
        self, layout: QTextLayout, language: str, room: float, wrap: QTextOption.WrapMode
    ) -> tuple[float, bool]:
        # On the paper's own side, also English in an Urdu form: a heading and its choices have one edge.
        edge = Qt.AlignmentFlag.AlignRight if self._right_to_left else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(edge | Qt.AlignmentFlag.AlignAbsolute)
        right_to_left = direction(language) == "rtl"
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(wrap)
        option.setUseDesignMetrics(True)
        layout.setTextOption(option)
        layout.beginLayout()
        height, fits = 0.0, True
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, height))
            height += line.height()
            fits &= line.naturalTextWidth() <= room + 1
        layout.endLayout()
        return height, fits

    def _key(self, text: str) -> tuple[QTextLayout, float]:
        """For the eyes of whoever keys the answer in: small at every size of print."""
        font = QFont(self._base)
        font.setPixelSize(_KEY)
        layout = QTextLayout(text, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(WIDTH)
        layout.endLayout()
        return layout, line.naturalTextWidth()

    def _font(self, role: Role, language: str, text: str) -> QFont:
        size = self.paper.size
        points = size * _FACTORS.get(role, 1.0)
        if role is Role.NOTE:
            points = max(_LEAST_SMALL, size * _SMALL)
        font = QFont(self._base)
        font.setPointSizeF(points)
        # A language's own name, or an address as staff typed it, stands among English words.
        strange = language == ENGLISH and any(_is_strange(sign) for sign in text)
        made = fonts.for_any_script(font) if strange else fonts.for_reader(language, font)
        # A point is a pixel here: whatever paints scales from it.
        made.setPixelSize(round(made.pointSizeF()))
        # There is no bold Nastaliq: made bold by Qt its strokes run into each other.
        made.setBold(role in _BOLD and not fonts.is_nastaliq(language))
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return made

    def _left(self, block: Block) -> float:
        beside = block.symbol and not self._right_to_left
        return MARGIN + (_PICTURE + _PICTURE_GAP if beside else 0)

    def _room(self, block: Block) -> float:
        return WIDTH - 2 * MARGIN - (_PICTURE + _PICTURE_GAP if block.symbol else 0)

    def _at_edge(self, left: float, room: float, wide: float, indent: float = 0.0) -> float:
        return left + room - indent - wide if self._right_to_left else left + indent

    # Breaking

    def _break(self) -> None:
        first, last = MARGIN + _HEAD, HEIGHT - MARGIN - _FOOT
        self._pages = [[]]
        top = first
        for placed in self._placed:
            begin = 0.0
            if top > first and top + placed.height > last:
                self._pages.append([])
                top = first
            # Longer than a whole page, such as a long list in the largest letters: parted between choices.
            while top + placed.height - begin > last:
                end = max((one for one in placed.cuts if begin < one <= begin + last - top), default=None)
                if end is None:
                    break
                self._pages[-1].append(_OnPage(placed, top, begin, end))
                self._pages.append([])
                begin, top = end, first
            self._pages[-1].append(_OnPage(placed, top, begin, placed.height))
            top += placed.height - begin + _GAP


def _said(piece: Piece) -> str:
    if piece.role is Role.CHOICE:
        return _("Box: {choice}").format(choice=piece.text)
    return f"{piece.key} {piece.text}" if piece.key else piece.text


def _is_strange(sign: str) -> bool:
    """Beyond Latin, Greek, Cyrillic and Armenian, which the computer's own font has."""
    return ord(sign) > _LAST_LATIN and not _FIRST_MARKS <= ord(sign) <= _LAST_MARKS
