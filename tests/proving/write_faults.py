"""Tries every deed while writing fails: nothing acknowledged is missing, and it can be done after."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from intake_app.errors import IntakeError
from tests.proving.deeds import Deed, Desk, State, desk
from tests.proving.failing import NthWrite, SmallDisk
from ui.messages import sentence

TRIES_AFTER = 3


class Missing(Exception):
    """What a failed write may not do, it did."""


@dataclass(frozen=True)
class Attempt:
    """One deed tried once while writing failed. ``error`` is what it said, empty where it went through."""

    deed: str
    fault: str
    failed: bool
    error: str = ""
    broken: str = ""


def at_write(deed: Deed, nth: int) -> Attempt:
    """The ``nth`` write of the deed fails; ``failed`` is false where it has fewer."""
    with tempfile.TemporaryDirectory(prefix="intake-writes-") as name:
        folder = Path(name) / "desk"
        folder.mkdir()
        fault = NthWrite(nth)
        error, broken = _tried(deed, folder, f"{deed.name} {nth}", fault, lambda: None)
        return Attempt(deed.name, f"write {nth}", fault.failed, error, broken)


def on_full_disk(deed: Deed, disk: SmallDisk, kilobytes: int) -> Attempt:
    """The deed is tried with so much room left, then with enough."""
    folder = disk.folder / f"{deed.name}-{kilobytes}"
    folder.mkdir()

    @contextmanager
    def full() -> Iterator[None]:
        disk.leave(kilobytes)
        yield

    try:
        error, broken = _tried(deed, folder, f"{deed.name} {kilobytes}", full(), disk.empty)
    finally:
        disk.empty()
        shutil.rmtree(folder)
    return Attempt(deed.name, f"{kilobytes} kB left", bool(error), error, broken)


def _tried(
    deed: Deed,
    folder: Path,
    seed: str,
    fault: AbstractContextManager[object],
    mended: Callable[[], object],
) -> tuple[str, str]:
    with (
        tempfile.TemporaryDirectory(prefix="intake-writes-") as beside,
        desk(folder, Path(beside), seed) as at,
    ):
        act = deed.begin(at)
        before = at.state()
        said = ""
        try:
            with fault:
                said = _said(act)
            mended()
            _all_there(deed, at, before)
            if said:
                _again(deed, act)
            if not deed.done(at):
                raise Missing(
                    "it was not done, though nothing was said" if not said else "it was not done after"
                )
            if findings := at.store.check().findings:
                raise Missing(f"the store does not check clean: {findings}")
        except Missing as error:
            return said, f"{deed.name}, {seed}: {error}"
        return said, ""


def _said(act: Callable[[], object]) -> str:
    """The error's name; empty where the deed went through all the same."""
    try:
        act()
    except IntakeError as error:
        if not sentence(error).strip():
            raise Missing(f"no words for {type(error).__name__}") from error
        return type(error).__name__
    except Exception as error:
        raise Missing(f"no error that staff can act on: {type(error).__name__}") from error
    return ""


def _again(deed: Deed, act: Callable[[], object]) -> None:
    for _ in range(TRIES_AFTER):
        try:
            act()
        except IntakeError as error:
            said = type(error).__name__
        else:
            return
    raise Missing(f"it cannot be done afterwards: {said}")


def _all_there(deed: Deed, at: Desk, before: State) -> None:
    if at.store.check().findings:
        raise Missing("the store does not check clean after the failure")
    versions, drafts = at.state()
    kept, begun = before
    if deed.name == "erase" and deed.done(at):
        gone = {mutation for mutation in kept if mutation not in versions}
        kept = {mutation: sha256 for mutation, sha256 in kept.items() if mutation not in gone}
    if any(versions.get(mutation) != sha256 for mutation, sha256 in kept.items()):
        raise Missing("a version that was acknowledged is missing or another")
    for record, body in begun.items():
        finished = bool(at.mine.rows("SELECT 1 FROM projected_record WHERE id = ?", record))
        if (record in drafts) is finished:
            raise Missing("a draft is missing, or is draft and record at once")
        if record in drafts and drafts[record] != body and deed.name != "type":
            raise Missing("a draft has other words than were acknowledged")
