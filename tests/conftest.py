"""Garbage is collected between tests on the main thread, as the program does while it runs."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _only_between_tests() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected(_only_between_tests: None) -> Iterator[None]:
    yield
    gc.collect(1)
