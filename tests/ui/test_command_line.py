"""The window's few options; everything else goes to the CLI, which never loads Qt."""

import io
import subprocess
import sys

import pytest

from ui.command_line import WindowOptions, parse


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], WindowOptions()),
        (["--data-dir", "/data"], WindowOptions(data_dir="/data")),
        (["--data-dir=/data", "--language=cy"], WindowOptions(data_dir="/data", language="cy")),
        (["--new", "phone", "--from", "020"], WindowOptions(new="phone", number="020")),
        (["--from", "020"], WindowOptions(new="phone", number="020")),
        (["tel:+44-20-7946-0018"], WindowOptions(new="phone", number="tel:+44-20-7946-0018")),
        (
            ["--demo", "intake-call:020?x=1"],
            WindowOptions(new="phone", number="intake-call:020?x=1", demo=True),
        ),
        (["--demo"], WindowOptions(demo=True)),
        (["--practise", "--language", "cy"], WindowOptions(practise=True, language="cy")),
    ],
)
def test_options_of_the_window(arguments: list[str], options: WindowOptions) -> None:
    assert parse(arguments) == options


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["--help"], ["--version"], ["--data-dir"], ["--demo=1"], ["--practise=1"],
     ["--colour", "red"], ["--data-dir", "/data", "export"], ["http:example.com"]],
)  # fmt: skip
def test_anything_else_is_for_the_cli(arguments: list[str]) -> None:
    assert parse(arguments) is None


def test_a_number_can_come_by_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("020 7946 0018\nmore\n"))

    assert parse(["--new", "phone", "--from", "-"]) == WindowOptions(new="phone", number="020 7946 0018")


@pytest.mark.parametrize(
    "given", [io.TextIOWrapper(io.BytesIO(b"\xff\xfe\xff"), encoding="utf-8"), io.StringIO(""), None]
)
def test_an_input_without_a_number_is_a_call_without_one(
    monkeypatch: pytest.MonkeyPatch, given: io.TextIOBase | None
) -> None:
    monkeypatch.setattr(sys, "stdin", given)

    assert parse(["--from", "-"]) == WindowOptions(new="phone")


def test_an_endless_line_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("0" * 10_000_000))

    options = parse(["--from", "-"])
    assert options is not None
    assert len(options.number) == 400


def test_a_sub_command_loads_no_qt() -> None:
    code = (
        "import sys\nfrom ui.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_first_paint_loads_no_enumerations_store_or_babel() -> None:
    """What makes the window slow to open must not creep back in."""
    code = "import sys\nimport ui.start\nprint(*sorted(sys.modules))"

    late = {"babel", "sqlalchemy", "pydantic", "tomllib", "platformdirs", "keyring", "hashlib",
            "PySide6.QtNetwork", "ui.accessibility", "ui.style", "intake_app.errors",
            "intake_app.store"}  # fmt: skip
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set(shown.stdout.split()) & late == set()
