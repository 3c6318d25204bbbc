"""What is imported after Qt is not read a second time as source, which would stay in memory."""

import subprocess
import sys

import pytest

_LOOK = """
import linecache, sys
{before}
from xml.dom.minidom import parseString
print(any(name.endswith("minidom.py") for name in linecache.cache))
"""
_PLAIN = "from ui.plain_imports import use_plain_imports; use_plain_imports(); use_plain_imports()"


@pytest.mark.parametrize(
    ("before", "kept"), [("import PySide6.QtCore", True), (_PLAIN, False)], ids=["PySide6 alone", "ours"]
)
def test_sources_of_later_imports_are_not_kept(before: str, kept: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK.format(before=before)], capture_output=True, text=True, check=True
    )
    # The first case says when a later PySide6 no longer needs our cure.
    assert done.stdout.strip() == str(kept)
