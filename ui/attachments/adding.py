"""Attaches files: read in small steps, kept encrypted with the draft, and told in one sentence."""

import io
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from intake_app import formats
from intake_app.attaching import attach
from intake_app.attachments import MOST_FILES, AttachedFile, Origin, media_type_of, safe_name
from intake_app.drafting import Draft
from intake_app.errors import AttachmentRefused, DraftMissing, IntakeError
from intake_app.i18n import _, ngettext
from intake_app.store.attachments import AttachmentStore, Kept
from intake_app.store.store import Store
from intake_app.text import fsi
from ui.attachments.steps import Steps
from ui.messages import sentence
from ui.record.open_record import OpenRecord
from ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to be attached: at ``path``, or a picture that was pasted."""

    name: str
    origin: Origin
    path: Path | None = None
    image: QImage | None = None


class Adding(QObject):
    """One file after another; whichever is refused, the rest is attached all the same.

    Signals: ``changed()`` a file is read, was attached or refused: ``words`` tells
    """

    changed = Signal()

    def __init__(self, record: OpenRecord, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._workplace = workplace
        self._waiting: deque[tuple[str, Offered]] = deque()
        self._steps: Steps | None = None
        self._now = ""
        self._percent = 0
        self._attached: list[str] = []
        self._refused: list[str] = []

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def words(self) -> str:
        """What is being read; empty where nothing is."""
        if not self.busy:
            return ""
        return _("Reading {name}, {percent}").format(
            name=fsi(self._now), percent=formats.percent(self._percent / 100)
        )

    def add(self, offered: Sequence[Offered]) -> None:
        """To the record that is open now, whatever is open when they are read."""
        draft = self._record.draft
        self._waiting.extend((draft.id, one) for one in offered)
        if not self.busy:
            self._next()

    def cancel(self) -> None:
        """What was attached until now stays."""
        self._waiting.clear()
        if self._steps is not None:
            self._steps.cancel()

    def _next(self) -> None:
        if not self._waiting:
            self._tell()
            return
        draft_id, one = self._waiting.popleft()
        self._now, self._percent = one.name, 0
        store = self._workplace.store
        self._steps = Steps(
            self._workplace.background,
            _reading(store.attachments, draft_id, one),
            self,
            self._on_progress,
            lambda kept: self._kept(draft_id, one, kept),
            lambda error: self._on_failed(one, error),
            self._on_stopped,
        )
        self.changed.emit()

    def _on_progress(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if percent != self._percent:
            self._percent = percent
            self.changed.emit()

    def _kept(self, draft_id: str, one: Offered, kept: Kept) -> None:
        name = safe_name(one.name) or _("File without a name")
        file = AttachedFile(
            id=self._workplace.ids(),
            name=name,
            media_type=media_type_of(name, kept.start),
            size=kept.size,
            sha256=kept.sha256,
            origin=one.origin,
            by=self._record.by,
            added=self._workplace.clock(),
        )
        draft = self._record.current()
        if draft.id == draft_id:
            if len(draft.record.attachments) >= MOST_FILES:
                self._on_failed(one, AttachmentRefused(reason="too_many"))
                return
            if (changed := attach(draft, file)) is draft:
                self._refused.append(_("{name} is attached already.").format(name=fsi(name)))
                self._ended()
                return
            self._record.apply(changed)
            # At once, not after the pause for typing.
            self._record.keep()
            self._on_attached(file)
            return
        store = self._workplace.store
        self._workplace.background.run(
            self,
            lambda: _attach_to(store, draft_id, file),
            lambda _none: self._on_attached(file),
            lambda error: self._on_failed(one, error),
        )

    def _on_attached(self, file: AttachedFile) -> None:
        self._attached.append(_("{name}, {size}").format(name=fsi(file.name), size=formats.size(file.size)))
        self._ended()

    def _on_failed(self, one: Offered, error: IntakeError) -> None:
        if isinstance(error, AttachmentRefused):
            error = AttachmentRefused(**(error.details | {"name": safe_name(one.name)}))
        self._refused.append(sentence(error))
        self._ended()

    def _on_stopped(self) -> None:
        self._refused.append(_("Stopped. {name} is not attached.").format(name=fsi(self._now)))
        self._ended()

    def _ended(self) -> None:
        self._steps = None
        self.changed.emit()
        self._next()

    def _tell(self) -> None:
        """One sentence for all that were given together: a screen reader drops the first of several."""
        attached, refused = self._attached, self._refused
        self._attached, self._refused = [], []
        told = []
        if len(attached) == 1:
            told.append(_("Attached: {file}.").format(file=attached[0]))
        elif attached:
            told.append(
                ngettext("{count} file attached.", "{count} files attached.", len(attached)).format(
                    count=len(attached)
                )
            )
        if told or refused:
            self._workplace.announce(" ".join([*told, *refused]))


def offered_by(data: QMimeData) -> tuple[Offered, ...]:
    """Files of this computer, or a picture, dropped or on the clipboard; nothing of the network."""
    paths = [Path(one.toLocalFile()) for one in data.urls() if one.isLocalFile()]
    if paths:
        return tuple(Offered(one.name, Origin.FILE, one) for one in paths)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (Offered(_("Pasted picture") + ".png", Origin.PASTED, image=image),)
    return ()


def holds_files(data: QMimeData) -> bool:
    return any(one.isLocalFile() for one in data.urls()) or (data.hasImage() and not data.hasText())


def _as_png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


def _reading(store: AttachmentStore, draft_id: str, one: Offered) -> Generator[tuple[int, int], None, Kept]:
    """On the worker."""
    try:
        with _opened(one) as source:
            return (yield from store.taking_in(draft_id, source))
    except OSError as error:
        raise AttachmentRefused(reason="unreadable") from error


def _opened(one: Offered) -> BinaryIO:
    if one.path is None:
        return io.BytesIO(b"" if one.image is None else _as_png(one.image))
    if one.path.is_dir():
        raise AttachmentRefused(reason="folder")
    if not one.path.is_file():
        # A pipe or a device would never end.
        raise AttachmentRefused(reason="unreadable")
    return one.path.open("rb")


def _attach_to(store: Store, draft_id: str, file: AttachedFile) -> None:
    """On the worker: the record was parked, or even finished, while the file was read."""
    try:
        store.drafts.keep(attach(store.drafts.load(draft_id), file))
    except DraftMissing:
        draft: Draft = store.records.draft_for_edit(draft_id)
        store.records.save(attach(draft, file))
