"""What registers links to calls names the schemes that the program reads, and hands the link over."""

from configparser import RawConfigParser
from pathlib import Path

from intake_app.caller_number import is_link

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_desktop_file_opens_every_scheme_that_it_names() -> None:
    entry = RawConfigParser()
    entry.read(DEPLOY / "intake.desktop", encoding="utf-8")
    entry_of = entry["Desktop Entry"]

    schemes = [one.removeprefix("x-scheme-handler/") for one in entry_of["MimeType"].split(";") if one]
    assert schemes == ["tel", "intake-call"]
    assert all(is_link(f"{one}:02079460018") for one in schemes)
    assert entry_of["Exec"] == "intake %u"


def test_the_registry_file_hands_the_link_over_for_the_same_schemes() -> None:
    text = (DEPLOY / "intake-call.reg").read_bytes().decode("ascii")

    assert text.startswith("Windows Registry Editor Version 5.00\r\n\r\n")
    assert text.count('intake.exe\\" \\"%1\\""') == 2
    assert "Classes\\intake-call]" in text
    assert '"tel"="Intake.tel"' in text
