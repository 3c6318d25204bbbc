"""Settings that can be read before the store is unlocked."""

from pathlib import Path

import pytest

from intake_app import settings
from intake_app.errors import StoreReadOnly
from intake_app.settings import Settings


def test_defaults_where_nothing_was_ever_set(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()


def test_what_was_saved_is_loaded_and_what_a_newer_program_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "dark"\nfuture = { a = [1, 2] }\n', encoding="utf-8")
    found = settings.load(tmp_path)
    assert found.theme == "dark"
    settings.save(found.with_text_size(200), tmp_path)
    again = settings.load(tmp_path)
    assert (again.theme, again.text_size, again.unknown) == ("dark", 200, {"future": {"a": [1, 2]}})
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"theme = ", b"= 3"])
def test_a_damaged_file_gives_the_defaults_and_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    assert settings.load(tmp_path) == Settings(damaged=True)


def test_values_of_the_wrong_kind_count_as_not_set(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "pink"\ntext_size = "big"\nlanguage = 3\n')
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(("asked", "given"), [(5, 100), (175, 175), (900, 250)])
def test_text_size_stays_within_what_the_layouts_hold(asked: int, given: int) -> None:
    assert Settings().with_text_size(asked).text_size == given


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreReadOnly):
        settings.save(Settings(), tmp_path / "file")


def test_the_command_line_comes_before_the_environment_before_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTAKE_DATA_DIR", str(tmp_path / "environment"))
    assert settings.data_folder(str(tmp_path / "named")) == tmp_path / "named"
    assert settings.data_folder() == tmp_path / "environment"
    assert settings.demo_folder() == tmp_path / "environment-demo"
    monkeypatch.delenv("INTAKE_DATA_DIR")
    assert settings.data_folder() == settings.default_data_folder()
