"""In every language and at 100 and 200 % everything on a page or dialog is seen whole on a small screen.

Here each page is looked at in some of the looks, another share for each page, so that every language is
measured at both sizes on a fifth of the pages; ``python3 dev.py prove languages`` measures all on all.
"""

from collections.abc import Callable, Iterable
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.languages.pages import LANGUAGES, LOOKS, Look, cut_on_dialogs, cut_on_pages, show_as
from tests.ui.record.desk import Desk
from ui.audit import audit

SHARES = 5


def a_share() -> Callable[[str], Iterable[Look]]:
    """Of the looks every fifth, beginning with another one on each page."""
    pages = count()
    return lambda _page: LOOKS[next(pages) % SHARES :: SHARES]


@pytest.mark.timeout(120)
def test_every_page_is_seen_whole(desk: Desk, qapp: QApplication) -> None:
    assert cut_on_pages(desk, qapp, a_share()) == []


@pytest.mark.timeout(120)
def test_every_dialog_is_seen_whole(desk: Desk, qapp: QApplication) -> None:
    assert cut_on_dialogs(desk, qapp, a_share()) == []


def test_no_two_things_share_an_access_key(desk: Desk, qapp: QApplication) -> None:
    for language in LANGUAGES:
        show_as(qapp, (language, 100))
        assert [one for one in audit(desk.shell) if one.startswith("letter:")] == [], language
        for menu in desk.shell.menuBar().findChildren(QMenu):
            letters = [
                one.text().partition("&")[2][:1].upper() for one in menu.actions() if "&" in one.text()
            ]
            assert len(set(letters)) == len(letters), (language, letters)
