"""How controls are drawn and how large they are: Fusion, with visible edges and sizes in letters.

A proxy style and not a style sheet: a style sheet drops focus marks and palette changes, and fixes pixels.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QWidget,
)

from ui.theme import letter_height, tokens

LEAST_TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""
RING_PX = 3
RING_DISTANCE_PX = 4
_EDGE_PX = 1.4
_ROUND_PX = 4

_Metric = QStyle.PixelMetric
# Lengths in heights of a letter of the widget's own font.
_IN_EMS = {
    _Metric.PM_IndicatorWidth: 1.25,
    _Metric.PM_IndicatorHeight: 1.25,
    _Metric.PM_ExclusiveIndicatorWidth: 1.25,
    _Metric.PM_ExclusiveIndicatorHeight: 1.25,
    _Metric.PM_CheckBoxLabelSpacing: 0.5,
    _Metric.PM_RadioButtonLabelSpacing: 0.5,
    _Metric.PM_LayoutHorizontalSpacing: 0.6,
    _Metric.PM_LayoutVerticalSpacing: 0.6,
    _Metric.PM_LayoutLeftMargin: 0.8,
    _Metric.PM_LayoutRightMargin: 0.8,
    _Metric.PM_LayoutTopMargin: 0.8,
    _Metric.PM_LayoutBottomMargin: 0.8,
    _Metric.PM_ButtonMargin: 0.9,
    _Metric.PM_ScrollBarExtent: 1.1,
    _Metric.PM_SplitterWidth: 0.8,
    _Metric.PM_SmallIconSize: 1.2,
    _Metric.PM_ButtonIconSize: 1.2,
    _Metric.PM_TextCursorWidth: 0.11,
}
_IN_PIXELS = {
    _Metric.PM_FocusFrameHMargin: RING_DISTANCE_PX,
    _Metric.PM_FocusFrameVMargin: RING_DISTANCE_PX,
    _Metric.PM_DefaultFrameWidth: 2,
}
_Contents = QStyle.ContentsType
_HANDLE_ROOM_PX = 3
# Least heights in letters: a line of text and the room above and below it.
_LEAST_HEIGHTS = {
    _Contents.CT_LineEdit: 2.0,
    _Contents.CT_PushButton: 2.1,
    _Contents.CT_ComboBox: 2.1,
    _Contents.CT_CheckBox: 1.7,
    _Contents.CT_RadioButton: 1.7,
    _Contents.CT_MenuItem: 1.8,
    _Contents.CT_MenuBarItem: 1.8,
    _Contents.CT_ItemViewItem: 1.8,
    _Contents.CT_HeaderSection: 1.8,
    _Contents.CT_ToolButton: 1.8,
    _Contents.CT_TabBarTab: 2.1,
}
_Part = QStyle.PrimitiveElement
_Draw = Callable[[QStyleOption, QPainter, QWidget | None], None]
_State = QStyle.StateFlag


class IntakeStyle(QProxyStyle):
    """Fusion with the colours of the palette used as they were computed: no shade is derived from another."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.setObjectName("intake")
        self._drawn: dict[
            QStyle.PrimitiveElement, Callable[[QStyleOption, QPainter, QWidget | None], None]
        ] = {
            _Part.PE_Frame: _draw_edge,
            _Part.PE_FrameLineEdit: _draw_edge,
            _Part.PE_PanelLineEdit: _draw_field,
            _Part.PE_FrameMenu: _draw_edge,
            _Part.PE_FrameGroupBox: _draw_nothing,
            _Part.PE_FrameFocusRect: _draw_nothing,
            _Part.PE_PanelButtonCommand: _draw_button,
            _Part.PE_IndicatorCheckBox: _draw_check_box,
            _Part.PE_IndicatorRadioButton: _draw_radio_button,
        }

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        ems = _IN_EMS.get(metric)
        if ems is not None:
            return max(1, round(ems * letter_height(_metrics(widget))))
        pixels = _IN_PIXELS.get(metric)
        return pixels if pixels is not None else super().pixelMetric(metric, option, widget)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        # Qt's own signature allows no None here, and Qt itself never passes one.
        found = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        ems = _LEAST_HEIGHTS.get(kind)
        if ems is None:
            return found
        height = max(LEAST_TARGET_PX, round(ems * letter_height(_metrics(widget))))
        return QSize(max(found.width(), LEAST_TARGET_PX), max(found.height(), height))

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_Table_GridLineColor and option is not None:
            return _signed(_edge_colour(option.palette).rgba())
        # Letters of access keys stay visible, as they are in every other theme of ours.
        if hint == QStyle.StyleHint.SH_UnderlineShortcut:
            return 1
        return super().styleHint(hint, option, widget, returnData)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._drawn.get(element)
        if draw is not None:
            draw(option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == QStyle.ControlElement.CE_FocusFrame:
            _draw_ring(option, painter)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ComboBox:
            part = QStyle.SubControl.SC_ComboBoxArrow
            arrow = self.subControlRect(control, option, part, widget)  # type: ignore[arg-type]
            _draw_combo_box(option, painter, arrow)
        else:
            super().drawComplexControl(control, option, painter, widget)
            if control == QStyle.ComplexControl.CC_ScrollBar:
                part = QStyle.SubControl.SC_ScrollBarSlider
                _draw_handle(option, painter, self.subControlRect(control, option, part, widget))  # type: ignore[arg-type]

    def drawItemText(
        self,
        painter: QPainter,
        rect: QRect,
        flags: int,
        pal: QPalette | Qt.GlobalColor | QColor,
        enabled: bool,
        text: str,
        textRole: QPalette.ColorRole = QPalette.ColorRole.NoRole,
    ) -> None:
        if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            # Nothing is turned on the screens of most: it need not be there for the first paint.
            from ui import right_to_left

            flags = right_to_left.flags_for(flags, text)
            painter.save()
            if textRole != QPalette.ColorRole.NoRole:
                painter.setPen(QPalette(pal).color(textRole))
            drawn = right_to_left.draw_wrapped(painter, rect, flags, text)
            painter.restore()
            if drawn:
                return
        super().drawItemText(painter, rect, flags, pal, enabled, text, textRole)


def _metrics(widget: QWidget | None) -> QFontMetrics:
    return widget.fontMetrics() if widget is not None else QFontMetrics(QApplication.font())


def _signed(colour: int) -> int:
    """A colour as Qt's style hints carry it: in 32 bits with a sign."""
    return colour - (1 << 32) if colour >= 1 << 31 else colour


def _edge_colour(palette: QPalette) -> QColor:
    return palette.color(QPalette.ColorRole.Mid)


def _inside(rect: QRect, pen_px: float) -> QRectF:
    half = pen_px / 2
    return QRectF(rect).adjusted(half, half, -half, -half)


def _outline(painter: QPainter, rect: QRect, colour: QColor, fill: QColor | None = None) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, _EDGE_PX))
    if fill is not None:
        painter.setBrush(fill)
    painter.drawRoundedRect(_inside(rect, _EDGE_PX), _ROUND_PX, _ROUND_PX)
    painter.restore()


def _draw_edge(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    _outline(painter, option.rect, _edge_colour(option.palette))


def _draw_field(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    palette = option.palette
    _outline(painter, option.rect, _edge_colour(palette), palette.color(QPalette.ColorRole.Base))


def _draw_nothing(_option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """The title says that it is a group, the ring says where the focus is."""


def _draw_handle(option: QStyleOption, painter: QPainter, handle: QRect) -> None:
    """Fusion shades it from the buttons' colour, which leaves nothing to be seen on black (WCAG 1.4.11)."""
    if handle.isValid():
        edge = _edge_colour(option.palette)
        _outline(painter, handle.adjusted(_HANDLE_ROOM_PX, 1, -_HANDLE_ROOM_PX, -1), edge, edge)


def _draw_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    palette = option.palette
    down = bool(option.state & (_State.State_Sunken | _State.State_On))
    fill = palette.color(QPalette.ColorRole.Window if down else QPalette.ColorRole.Button)
    edge = palette.color(QPalette.ColorRole.Accent) if down else _edge_colour(palette)
    _outline(painter, option.rect, edge, fill)


def _draw_combo_box(option: QStyleOption, painter: QPainter, arrow: QRect) -> None:
    palette = option.palette
    _outline(painter, option.rect, _edge_colour(palette), palette.color(QPalette.ColorRole.Button))
    side = letter_height(option.fontMetrics) * 0.32
    middle = QRectF(arrow).center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.ButtonText), max(1.6, side / 3)))
    down = [QPointF(-side, -side / 2), QPointF(0, side / 2), QPointF(side, -side / 2)]
    painter.drawPolyline([middle + point for point in down])
    painter.restore()


def _mark_colours(option: QStyleOption) -> tuple[QColor, QColor, QColor]:
    """Edge, ground and mark of a check box or radio button."""
    palette = option.palette
    enabled = bool(option.state & _State.State_Enabled)
    strong = palette.color(QPalette.ColorRole.Accent if enabled else QPalette.ColorRole.Mid)
    if option.state & _State.State_On:
        return strong, strong, palette.color(QPalette.ColorRole.Base)
    ground = palette.color(QPalette.ColorRole.Base)
    return (strong if option.state & _State.State_MouseOver else _edge_colour(palette)), ground, ground


def _draw_check_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    edge, ground, mark = _mark_colours(option)
    _outline(painter, option.rect, edge, ground)
    if option.state & _State.State_On:
        area = QRectF(option.rect)
        side = area.width()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(mark, max(2.0, side / 8))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corner = area.topLeft()
        points = [QPointF(0.24, 0.54), QPointF(0.43, 0.72), QPointF(0.77, 0.30)]
        painter.drawPolyline([corner + point * side for point in points])
        painter.restore()


def _draw_radio_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    edge, ground, mark = _mark_colours(option)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, _EDGE_PX))
    painter.setBrush(ground)
    area = _inside(option.rect, _EDGE_PX)
    painter.drawEllipse(area)
    if option.state & _State.State_On:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark)
        painter.drawEllipse(area.center(), area.width() * 0.24, area.height() * 0.24)
    painter.restore()


def _draw_ring(option: QStyleOption, painter: QPainter) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens().focus), RING_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_inside(option.rect, RING_PX), _ROUND_PX + 1, _ROUND_PX + 1)
    painter.restore()
