"""Python's garbage is collected where Qt's objects live, and nowhere else."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.garbage import GarbageCollection


class Knot:
    """Holds itself, so that only a collection frees it; tells on which thread."""

    def __init__(self, freed_on: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_on.append(threading.get_ident()))


@pytest.fixture
def collection(app: QApplication) -> Iterator[GarbageCollection]:
    owner = QObject()
    yield GarbageCollection(owner)
    owner.deleteLater()


def allocate_much() -> None:
    kept = [[number] for number in range(100_000)]
    kept.clear()


def test_worker_that_allocates_frees_nothing_of_ours(collection: GarbageCollection) -> None:
    freed_on: list[int] = []
    Knot(freed_on)
    worker = threading.Thread(target=allocate_much)
    worker.start()
    worker.join()
    assert freed_on == []
    gc.collect()
    assert freed_on == [threading.get_ident()]


def test_what_is_due_is_collected_on_this_thread(collection: GarbageCollection) -> None:
    freed_on: list[int] = []
    Knot(freed_on)
    kept = [[number] for number in range(gc.get_threshold()[0] + 10)]
    collection.look()
    assert freed_on == [threading.get_ident()]
    assert kept
