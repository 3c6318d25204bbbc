"""What happens in the directory while a file is being read is not undone when it is written."""

from pathlib import Path

from intake_app.services import nicknames
from intake_app.services.directory import Directory
from intake_app.store.database import Database
from tests.intake_app.services.service_files import ods_row, written

USED = "ods:A00007"


def test_a_use_noted_and_a_nickname_given_meanwhile_are_kept(
    directory: Directory, database: Database, tmp_path: Path
) -> None:
    codes = [f"A{number:05}" for number in range(1200)]
    directory.import_files([written(tmp_path, "1.csv", "\n".join(ods_row(code) for code in codes))])
    done: list[str] = []

    def meanwhile(_done: int, _total: int) -> None:
        if not done:
            done.append(USED)
            directory.note_use(USED)
            with database.write() as connection:
                nicknames.put(connection, "document", USED, "The Walk-in")

    renamed = "\n".join(ods_row(code, f"NEW {code}") for code in codes)
    report = directory.import_files([written(tmp_path, "2.csv", renamed)], meanwhile)
    assert (report.renamed, done) == (1200, [USED])
    first = directory.search("new")[0]
    assert (first.id, first.name) == (USED, "New A00007")
    assert [hit.id for hit in directory.search("walk-in")] == [USED]
    assert [hit.was for hit in directory.search("surgery a00007")] == ["The Example Surgery"]
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO service_search (service_search) VALUES ('integrity-check')")
        uses, indexed = connection.exec_driver_sql(
            "SELECT (SELECT sum(uses) FROM service), (SELECT count(*) FROM service_search)"
        ).one()
    assert (uses, indexed) == (1, 1200)
