"""What staff call a service: found by it, kept across imports, taken away when nobody calls it so."""

from pathlib import Path

from intake_app.store.store import Store
from tests.intake_app.services.service_files import ods_row, written

WALK_IN = "ods:A00001"


def _import(store: Store, folder: Path, **changed: str) -> None:
    store.directory.import_files([written(folder, "epraccur.csv", ods_row(**changed))])


def test_a_nickname_is_found_and_named_like_an_alias(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path)
    assert store.nicknames.add(WALK_IN, "  the   Walk-in ", by="sam") == "the Walk-in"
    (hit,) = store.directory.search("walk in")
    assert (hit.id, hit.name, hit.also) == (WALK_IN, "The Example Surgery", "the Walk-in")
    service = store.directory.get(WALK_IN)
    assert service is not None
    assert service.nicknames == ("the Walk-in",)


def test_the_same_nickname_is_not_given_twice_and_none_is_empty(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path)
    assert store.nicknames.add(WALK_IN, "The Walk-in")
    assert store.nicknames.add(WALK_IN, "the walk-in") == ""
    assert store.nicknames.add(WALK_IN, " \n ") == ""
    assert store.nicknames.of_service(WALK_IN) == ("The Walk-in",)


def test_an_import_takes_no_nickname_away(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path)
    store.nicknames.add(WALK_IN, "The Walk-in")
    _import(store, tmp_path, name="NEW NAME", postcode="ZZ9 9ZZ")
    (hit,) = store.directory.search("walk-in")
    assert (hit.name, hit.also) == ("New Name", "The Walk-in")


def test_a_nickname_waits_for_its_service(store: Store, tmp_path: Path) -> None:
    store.nicknames.add(WALK_IN, "The Walk-in")
    assert store.directory.search("walk-in") == ()
    _import(store, tmp_path)
    assert [hit.also for hit in store.directory.search("walk-in")] == ["The Walk-in"]


def test_a_nickname_taken_away_finds_nothing(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path)
    store.nicknames.add(WALK_IN, "The Walk-in")
    assert store.nicknames.remove(WALK_IN, "the walk-in")
    assert not store.nicknames.remove(WALK_IN, "the walk-in")
    assert store.directory.search("walk-in") == ()
    assert store.nicknames.add(WALK_IN, "The Walk-in")
    assert store.check().whole


def test_nicknames_stand_before_former_names_and_survive_use(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path)
    store.nicknames.add(WALK_IN, "Dr Example's")
    store.directory.note_use(WALK_IN)
    assert [hit.also for hit in store.directory.search("dr")] == ["Dr Example's"]
