"""The practice folder: made without a question, marked for good, and nothing in it gets out or is counted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app import drafting, settings, taking_down
from intake_app.cli import main
from intake_app.errors import PracticeOnly, StoreForeign
from intake_app.forms.library import Library
from intake_app.practice import place
from intake_app.reports.export import Asked, export
from intake_app.settings import Settings
from intake_app.store.opening import create_store, open_store
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.sync.enrolment import Enrolment
from intake_app.times import IdMaker
from tests.fakes import DictionaryKeyring, HandClock
from ui.messages import sentence

CLOCK = HandClock()
IDS = IdMaker(CLOCK)
LIBRARY = Library.shipped()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place.prepare(tmp_path / "intake-practice", tmp_path / "intake", CLOCK, IDS)
    return tmp_path / "intake-practice"


def opened(folder: Path) -> Store:
    return open_store(folder, place.PASSPHRASE, clock=CLOCK, ids=IDS)


def record(store: Store, words: str) -> str:
    draft = taking_down.new_draft(LIBRARY, IDS, CLOCK(), store.device)
    draft = drafting.with_narrative(draft, words, IDS)
    return store.records.save(taking_down.finish(draft, LIBRARY, CLOCK())).id


def test_it_lies_beside_the_real_one(tmp_path: Path) -> None:
    practice = settings.practice_folder(str(tmp_path / "intake"))
    assert practice == tmp_path / "intake-practice"
    assert settings.real_folder(practice) == tmp_path / "intake"
    assert settings.real_folder(tmp_path / "elsewhere") == settings.data_folder()


def test_it_opens_without_a_question_and_has_services_and_no_record(folder: Path) -> None:
    with opened(folder) as store:
        assert store.practice
        assert "nothing here is real" in store.organisation.name
        assert store.directory.search("imaginary oaks")
        assert store.records.totals() == (0, 0)
        assert store.drafts.all() == ()


def test_what_was_practised_is_still_there_the_next_time(folder: Path) -> None:
    with opened(folder) as store:
        record(store, "one")
    place.prepare(folder, folder.with_name("intake"), CLOCK, IDS)
    with opened(folder) as store:
        assert store.records.totals()[0] == 1


def test_it_looks_as_the_real_window_does(folder: Path) -> None:
    real = folder.with_name("intake")
    settings.save(Settings(theme="high_contrast").with_text_size(200), real)
    place.prepare(folder, real, CLOCK, IDS)
    assert settings.load(folder).theme == "high_contrast"
    assert settings.load(folder).text_size == 200


def test_a_start_that_was_cut_off_is_made_good(folder: Path) -> None:
    (folder / place.READY_FILE).unlink()
    place.prepare(folder, folder.with_name("intake"), CLOCK, IDS)
    with opened(folder) as store:
        assert store.directory.search("imaginary oaks")


def test_a_real_store_in_its_place_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "intake-practice"
    create_store(folder, clock=CLOCK, ids=IDS, keyring=DictionaryKeyring()).store.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(StoreForeign):
        place.prepare(folder, tmp_path / "intake", CLOCK, IDS)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_emptying_takes_everything_but_the_services(folder: Path) -> None:
    with opened(folder) as store:
        kept = record(store, "heard once")
        store.drafts.keep(taking_down.new_draft(LIBRARY, IDS, CLOCK(), store.device))
        store.empty_practice()
        assert store.records.totals() == (0, 0)
        assert store.drafts.all() == ()
        assert store.records.find(RecordQuery(words="heard")).rows == ()
        assert store.directory.search("imaginary oaks")
        assert store.check().whole
        assert record(store, "heard again") != kept
        assert len(store.records.find(RecordQuery(words="heard")).rows) == 1
        assert store.check().whole


def test_a_real_store_is_never_emptied(tmp_path: Path) -> None:
    made = create_store(tmp_path / "intake", clock=CLOCK, ids=IDS, keyring=DictionaryKeyring())
    with made.store as store:
        record(store, "real")
        with pytest.raises(ValueError, match="real"):
            store.empty_practice()
        assert store.records.totals()[0] == 1


def joins(store: Store) -> None:
    values = dict.fromkeys(Enrolment.__dataclass_fields__, "x") | {"organisation_key": "00" * 32}
    store.sync.save_enrolment(Enrolment(**values))


WAYS_OUT: dict[str, Callable[[Store, Path], object]] = {
    "export": lambda store, out: export(store, LIBRARY, Asked("jsonl", out / "x.jsonl"), CLOCK),
    "package": lambda store, out: export(
        store, LIBRARY, Asked("jsonl", out / "x.jsonl", passphrase="long enough"), CLOCK
    ),
    "backup": lambda store, out: store.back_up(out),
    "hub": lambda store, _out: joins(store),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_nothing_gets_out(folder: Path, tmp_path: Path, way: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with opened(folder) as store:
        record(store, "practised")
        with pytest.raises(PracticeOnly):
            WAYS_OUT[way](store, out)
        assert store.sync.enrolment() is None
    assert list(out.iterdir()) == []


@pytest.fixture
def unattended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE_FILE", str(folder / place.PASSPHRASE_FILE))


@pytest.mark.usefixtures("unattended")
@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--json"],
        ["export", "--format", "csv", "out.csv"],
        ["export", "--format", "csv", "--encrypt", "out.csv"],
        ["sync"],
        ["back-up", "."],
        ["enrol", "--hub", "https://hub.example", "--code", "AAAA"],
    ],
    ids=lambda one: " ".join(one),
)
def test_the_command_line_refuses_with_a_sentence(
    folder: Path, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    before = sorted(folder.parent.iterdir())
    assert main([*arguments, "--data-dir", str(folder)], sentence) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("This is practice: nothing in ")
    assert sorted(folder.parent.iterdir()) == before


@pytest.mark.usefixtures("unattended")
def test_the_command_line_still_checks_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-store", "--data-dir", str(folder)], sentence) == 0
    assert "whole" in capsys.readouterr().out
