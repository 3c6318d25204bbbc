"""The same way from one computer to another, as scripts go it: enrol, sync, status."""

import json
from pathlib import Path

import pytest

from intake_app import drafting, taking_down
from intake_app.cli.main import main
from intake_app.forms.library import Library
from intake_app.store.opening import open_store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, system_clock
from tests.hub.hub_fixtures import RunningHub
from tests.intake_app.services.service_files import ods_row, written

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Types a sub-command for a data folder; returns exit code, standard output and standard error."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    monkeypatch.setenv("INTAKE_PASSPHRASE_FILE", str(secret))

    def run(folder: str, *arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(tmp_path / folder)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_two_computers_set_up_by_script_share_a_record(hub: RunningHub, tmp_path: Path, typed) -> None:
    for folder in ("here", "there"):
        code, printed, _complaint = typed(folder, "enrol", "--hub", hub.url, "--code", hub.code())
        assert (code, "Healthwatch Anyshire" in printed) == (0, True)

    clock = system_clock
    ids = IdMaker(clock)
    library = Library.shipped()
    with open_store(tmp_path / "here", PASSPHRASE, clock=clock, ids=ids) as store:
        draft = taking_down.new_draft(library, ids, clock(), store.device)
        draft = drafting.with_narrative(draft, "Nobody rang me back", ids)
        record = store.records.save(taking_down.finish(draft, library, clock()))

    assert json.loads(typed("here", "status", "--json")[1])["waiting"] == 1
    assert typed("here", "sync")[0] == 0
    assert typed("there", "sync")[0] == 0
    status = json.loads(typed("there", "status", "--json")[1])
    assert (status["records"], status["waiting"], status["conflicts"]) == (1, 0, 0)
    assert status["last_sync"]
    with open_store(tmp_path / "there", PASSPHRASE, clock=clock, ids=ids) as store:
        assert [row.id for row in store.records.find(RecordQuery(words="rang")).rows] == [record.id]
        token = store.sync.enrolment().token
        device = store.device

    hub.revoke(device)
    code, printed, complaint = typed("there", "sync")
    assert (code, printed) == (1, "")
    assert complaint.strip()
    assert token not in complaint


def test_services_shared_by_script_arrive_with_the_next_sync(hub: RunningHub, tmp_path: Path, typed) -> None:
    for folder in ("here", "there"):
        typed(folder, "enrol", "--hub", hub.url, "--code", hub.code())
    file = written(tmp_path, "epraccur.csv", ods_row())
    code, printed, _complaint = typed("here", "import-services", "--share", str(file))
    assert (code, printed.split(",")[0]) == (0, "added 1")
    assert typed("here", "sync")[0] == 0
    before = json.loads(typed("there", "status", "--json")[1])["services"]
    assert typed("there", "sync")[0] == 0
    assert json.loads(typed("there", "status", "--json")[1])["services"] == before + 1


@pytest.mark.parametrize("code", ["1234-1234-1234-1234", "not a code"])
def test_a_wrong_code_is_one_sentence_and_exit_code_1(hub: RunningHub, typed, code: str) -> None:
    status, printed, complaint = typed("here", "enrol", "--hub", hub.url, "--code", code)
    assert status == 1
    assert "Joined" not in printed
    assert complaint.strip()


def test_a_computer_that_has_joined_no_hub_says_so(hub: RunningHub, typed) -> None:
    typed("here", "enrol", "--hub", hub.url, "--code", "1234-1234-1234-1234")
    status, _printed, complaint = typed("here", "sync")
    assert status == 1
    assert len(complaint.strip().splitlines()) == 1
