"""No folder of tests is passed over, as pytest does of itself with every folder called "build"."""

from fnmatch import fnmatch
from pathlib import Path

import pytest


def test_every_folder_with_tests_is_looked_into(pytestconfig: pytest.Config) -> None:
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}
    names = {part for folder in folders for part in folder.relative_to(Path(__file__).parent).parts}
    assert "build" in names
    left_out = [str(one) for one in pytestconfig.getini("norecursedirs")]
    assert not [name for name in names for pattern in left_out if fnmatch(name, pattern)]
