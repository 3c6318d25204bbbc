"""Pages of a change set: read back as they were, or not at all."""

import json
from pathlib import Path

import pytest

from intake_app.services.deltas import PageUnreadable, pages, read_page
from intake_app.services.directory import Directory
from intake_app.services.model import Scheme, Status
from tests.intake_app.services.service_files import ods_row, weekly, weekly_row, written


def _page(directory: Directory, tmp_path: Path) -> dict[str, object]:
    """What an import of a renamed practice and a care home would hand on."""
    made: list[str] = []
    directory.import_files([written(tmp_path, "1.csv", ods_row())])
    files = [
        written(tmp_path, "2.csv", ods_row(name="NEW NAME", status="C", closed="20191031")),
        written(tmp_path, "w.csv", weekly(weekly_row())),
    ]

    def share(writer, _editions):  # type: ignore[no-untyped-def]
        made.extend(pages(writer.touched()))
        return lambda _connection: None

    directory.import_files(files, share=share)
    (page,) = made
    return dict(json.loads(page))


def test_a_page_tells_services_as_they_are_now(directory: Directory, tmp_path: Path) -> None:
    found, changes = read_page(json.dumps(_page(directory, tmp_path)))
    told = {f"{one.scheme}:{one.code}": (one, former) for one, former in found}
    practice, former = told["ods:A00001"]
    assert (practice.name, practice.status, practice.closed) == ("New Name", Status.CLOSED, "2019-10-31")
    assert former == "The Example Surgery"
    assert [change[1] for change in changes["ods:A00001"]] == ["renamed", "closed"]
    assert told["cqc:1-1000000001"][0].scheme is Scheme.CQC


def test_columns_are_known_by_name_whatever_their_order_and_number(
    directory: Directory, tmp_path: Path
) -> None:
    page = _page(directory, tmp_path)
    columns, services = page["columns"], page["services"]
    assert isinstance(columns, list)
    assert isinstance(services, list)
    turned = page | {
        "columns": ["of_tomorrow", *columns[::-1]],
        "services": [["?", *row[::-1]] for row in services],
    }
    assert read_page(json.dumps(turned)) == read_page(json.dumps(page))


@pytest.mark.parametrize(
    "spoilt",
    [
        {"services": [["ods:A00001"]]}, {"columns": ["name"]}, {"services": [[1]], "columns": ["id"]},
        {"services": "none"}, {"changes": [["ods:A00001"]]}, {"changes": [[1, 2, 3, 4, 5, 6]]},
    ],
)  # fmt: skip
def test_a_page_that_does_not_hold_together_is_not_read(
    directory: Directory, tmp_path: Path, spoilt: dict[str, object]
) -> None:
    page = _page(directory, tmp_path)
    with pytest.raises(PageUnreadable):
        read_page(json.dumps(page | spoilt))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"columns": []}'])
def test_what_is_no_page_is_not_read(text: str) -> None:
    with pytest.raises(PageUnreadable):
        read_page(text)


@pytest.mark.parametrize(
    ("column", "value"), [("status", "lost"), ("id", "A00001"), ("id", "?:1"), ("name", "")]
)
def test_a_service_that_is_none_spoils_its_page(
    directory: Directory, tmp_path: Path, column: str, value: str
) -> None:
    page = _page(directory, tmp_path)
    columns, services = page["columns"], page["services"]
    assert isinstance(columns, list)
    assert isinstance(services, list)
    services[0][columns.index(column)] = value
    with pytest.raises(PageUnreadable):
        read_page(json.dumps(page))
