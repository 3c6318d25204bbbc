"""All pages and dialogs in all looks, for ``dev.py prove languages``: too long for every run of the tests."""

import sys

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.languages.pages import DIALOGS, LOOKS, cut_on_dialogs, cut_on_pages
from tests.ui.record.desk import Desk


@pytest.mark.timeout(1200)
def test_everything_is_seen_whole(desk: Desk, qapp: QApplication) -> None:
    pages: list[str] = []

    def all_looks(page: str) -> tuple[tuple[str, int], ...]:
        pages.append(page)
        return LOOKS

    found = [*cut_on_pages(desk, qapp, all_looks), *cut_on_dialogs(desk, qapp, all_looks)]
    counted = f"{len(pages)} pages and dialogs ({len(DIALOGS)} of them dialogs) in {len(LOOKS)} looks"
    sys.stdout.write("\n".join(["", counted, *found, f"{len(found)} not seen whole", ""]))
    assert found == []
