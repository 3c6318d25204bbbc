"""What F1 says where the focus is: what a question is for, how to ask it, and what if somebody holds back."""

from PySide6.QtWidgets import QApplication, QWidget

from intake_app.i18n import _
from intake_app.text import fsi
from ui.form.sheet_form import SheetForm


def guidance_here(story: QWidget) -> str:
    """Of the question that has the focus, on the form or on a card, or of the story; empty elsewhere."""
    focus = QApplication.focusWidget()
    if focus is story:
        return _(
            "The story in the person’s own words, as far as you can follow. It is saved as you type. Do not "
            "correct or shorten it. If they hold back, wait, or ask what happened next; leave out names that "
            "are not needed."
        )
    form = _form_of(focus)
    if form is None:
        return ""
    guidance, prompt = form.guidance()
    ask = _("You may say: “{words}”").format(words=fsi(prompt)) if prompt else ""
    return " ".join(one for one in (guidance, ask, form.status()) if one)


def _form_of(widget: QWidget | None) -> SheetForm | None:
    while widget is not None and not isinstance(widget, SheetForm):
        widget = widget.parentWidget()
    return widget
