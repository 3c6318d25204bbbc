"""The hub as whoever runs it sees it: health, description, one shape for every failure."""

import socket
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from intake_app.hub.app import create_app
from intake_app.hub.database import Database
from intake_app.hub.errors import Busy, DatabaseNewer, DatabaseUnavailable
from intake_app.hub.settings import HubSettings
from tests.hub.hub_fixtures import RunningHub


def test_healthz_names_the_schema(hub: RunningHub) -> None:
    answer = hub.http.get(hub.url + "/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "schema": "0005"})


def test_the_api_is_described(hub: RunningHub) -> None:
    described = hub.http.get(hub.url + "/openapi.json").json()
    files = {"/v1/attachment", "/v1/attachment/chunk"}
    assert set(described["paths"]) == {"/healthz", "/v1/enrol", "/v1/push", "/v1/pull", "/v1/split", *files}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/v1/push", 405, "method_not_allowed"),
        ("POST", "/v1/push", 401, "token_unknown"),
        ("GET", "/v1/pull", 401, "token_unknown"),
        ("POST", "/v1/enrol", 400, "request_unreadable"),
        ("GET", "/docs", 404, "not_found"),
    ],
)
def test_every_failure_has_the_same_shape(
    hub: RunningHub, method: str, path: str, status: int, code: str
) -> None:
    answer = hub.http.request(method, hub.url + path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "details"}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff", b'{"documents": 1}', b'{"documents": null}', b"[" * 100_000, b"null"],
    ids=lambda body: repr(body[:12]),
)
def test_a_push_that_is_no_message_is_refused_whole(hub: RunningHub, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {hub.device()._token}"}
    answer = hub.http.post(hub.url + "/v1/push", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "request_unreadable")


@pytest.mark.parametrize("query", ["since=x", "since=-1", "since=1.5"])
def test_a_cursor_that_is_none_is_refused_without_repeating_it(hub: RunningHub, query: str) -> None:
    headers = {"Authorization": f"Bearer {hub.device()._token}"}
    answer = hub.http.get(f"{hub.url}/v1/pull?{query}", headers=headers)
    assert answer.status_code == 400
    assert answer.json() == {"code": "request_unreadable", "details": {"field": "since"}}


def test_a_request_beyond_the_limit_is_not_read_to_its_end(
    hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Authorization": f"Bearer {hub.device()._token}"}
    monkeypatch.setitem(hub.settings.__dict__, "batch_documents", 500)
    answer = hub.http.post(hub.url + "/v1/push", content=b"x" * 33_000_000, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")


def test_what_was_sent_is_not_repeated_in_any_failure(hub: RunningHub) -> None:
    for path in ("/v1/push", "/v1/enrol", "/v1/pull", "/v1/Doreen"):
        answer = hub.http.post(hub.url + path, content=b'{"code": 7, "said": "Doreen"}')
        assert b"Doreen" not in answer.content


class LosesRaces:
    """Work that loses against another transaction a number of times."""

    def __init__(self, times: int, state: str = "40001") -> None:
        self.left, self.calls, self.state = times, 0, state

    def __call__(self, _connection: object) -> str:
        self.calls += 1
        if self.left:
            self.left -= 1
            lost = psycopg.errors.lookup(self.state)("could not serialize")
            raise OperationalError("UPDATE", {}, lost)
        return "done"


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_a_transaction_that_lost_a_race_is_tried_again_whole_with_growing_pauses(
    tmp_path: Path, state: str
) -> None:
    pauses: list[float] = []
    settings = HubSettings(f"sqlite:///{tmp_path / 'x.sqlite'}", wait=pauses.append, jitter=lambda: 0.5)
    database = Database(settings)
    work = LosesRaces(3, state)
    assert database.write(work) == "done"
    assert work.calls == 4
    assert pauses == [0.02, 0.04, 0.08]
    with pytest.raises(Busy):
        database.write(LosesRaces(100))
    database.close()


@pytest.mark.parametrize("state", ["55P03", "57014"])
def test_who_waited_too_long_is_sent_away_at_once_rather_than_made_to_wait_again(
    tmp_path: Path, state: str
) -> None:
    database = Database(HubSettings(f"sqlite:///{tmp_path / 'x.sqlite'}", wait=pytest.fail))
    work = LosesRaces(1, state)
    with pytest.raises(Busy):
        database.write(work)
    assert work.calls == 1
    database.close()


def test_a_busy_hub_says_when_to_come_back(tmp_path: Path) -> None:
    from tests.hub.hub_fixtures import running_hub

    with running_hub(f"sqlite:///{tmp_path / 'x.sqlite'}", lock_seconds=0.05, tries=2) as hub:
        device = hub.device()
        with hub.database.engine.connect() as other, other.begin():
            answer = hub.http.post(
                hub.url + "/v1/push",
                json={"documents": []},
                headers={"Authorization": f"Bearer {device._token}"},
            )
            assert hub.http.get(hub.url + "/healthz").status_code == 200
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert answer.headers["retry-after"] == "2"


def test_a_database_of_a_newer_hub_is_left_alone(tmp_path: Path) -> None:
    settings = HubSettings(f"sqlite:///{tmp_path / 'x.sqlite'}")
    database = Database(settings)
    database.migrate()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(DatabaseNewer) as refused:
        create_app(settings)
    assert refused.value.details == {"found": "9999"}


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "oracle://x", "sqlite:////nowhere/at/all/x.sqlite", "postgresql+psycopg://x@{closed}/y"],
)
def test_a_database_that_is_not_there_is_one_clear_error(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        closed = f"127.0.0.1:{reserved.getsockname()[1]}"
    with pytest.raises(DatabaseUnavailable):
        create_app(HubSettings(url.format(closed=closed)))


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"Dear Sir or Madam, " * 400)
    with pytest.raises(DatabaseUnavailable):
        create_app(HubSettings(f"sqlite:///{tmp_path / 'x.sqlite'}"))
