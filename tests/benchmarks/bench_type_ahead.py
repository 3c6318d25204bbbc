"""Finding a service while typing: beside a raw prefix query, and from the key to the painted list."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from big_store import SEED, MovingClock, new_store, raw_connection, say
from made_services import DIRECTORY_ROWS, ods_file
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget
from rows import Row, median, milliseconds, percentile

from intake_app.folding import TOKENIZER, fold, query_words
from intake_app.forms.library import Library
from intake_app.records import Sheet
from intake_app.services.model import ServiceHit
from intake_app.store.store import Store
from intake_app.times import IdMaker, system_clock
from ui import start, theme
from ui.background import Background
from ui.form.context import FormContext
from ui.form.person_language import PersonLanguage
from ui.form.services import RESULTS_ID, SEARCH_ID
from ui.form.sheet_form import SheetForm

W = TypeVar("W", bound=QWidget)

SERVICES_TYPED = 120
LONGEST = 14
LIST_LENGTH = 20
TURNS = 3
PATIENCE_S = 2.0
_RAW_TABLE = f"CREATE VIRTUAL TABLE raw_search USING fts5(words, prefix='1 2 3', tokenize=\"{TOKENIZER}\")"
_RAW_QUERY = "SELECT rowid FROM raw_search WHERE raw_search MATCH ? ORDER BY rowid LIMIT ?"
_NAMES = "SELECT place, name, address, town, postcode, provider FROM service ORDER BY place"


def rows(options: Any) -> Iterator[Row]:
    clock = MovingClock()
    store, _ = new_store(options.folder / "data", clock, IdMaker(clock))
    with store:
        say(f"bringing in {DIRECTORY_ROWS:,} made-up services")
        store.directory.import_files([ods_file(options.folder, DIRECTORY_ROWS)])
        connection = raw_connection(store)
        typed = list(keys(fill_raw(connection)))
        say(f"{len(typed):,} keys, {options.rounds} times each")
        ours, raw = [], []
        for _ in range(options.rounds):
            for text in typed:
                raw.append(milliseconds(partial(look_up, connection, text)))
                ours.append(milliseconds(partial(store.directory.search, text)))
        connection.close()
        what = f"service type-ahead, {store.directory.count():,} services"
        yield Row(
            f"{what}, p95", percentile(ours, 95), "raw FTS5 prefix query, p95", percentile(raw, 95), times=3
        )
        yield Row("the same, median", median(ours), "the same, median", median(raw))
        say("the same keys in the form")
        painted, own = with_form(store, typed, TURNS)
        yield Row("key → painted list, each key's median, p95", percentile(painted, 95), "", 0, at_most=16)
        yield Row("the same, median", median(painted), "", 0)
        yield Row("the same, the window's and its worker's own work, p95", percentile(own, 95), "", 0)


def fill_raw(connection: Any) -> list[tuple[Any, ...]]:
    """An ordinary full-text table of the same services in the same order, in the same encrypted file."""
    services = list(connection.execute(_NAMES))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(_RAW_TABLE)
    connection.executemany(
        "INSERT INTO raw_search (rowid, words) VALUES (?, ?)",
        ((place, fold(" ".join(texts))) for place, *texts in services),
    )
    connection.execute("COMMIT")
    return services


def look_up(connection: Any, text: str) -> list[Any]:
    """A list of row numbers; the words may be beginnings."""
    match = " ".join(f'"{word}"*' for word in query_words(text))
    return list(connection.execute(_RAW_QUERY, (match, LIST_LENGTH))) if match else []


def keys(services: list[tuple[Any, ...]]) -> Iterator[str]:
    """What stands in the line after each key, while names, postcodes and towns are typed."""
    chance = random.Random(SEED)
    for place, name, _address, town, postcode, _provider in chance.sample(services, SERVICES_TYPED):
        wanted = (name, name, postcode, f"{name.split()[0]} {town}")[place % 4].lower()
        for length in range(1, min(len(wanted), LONGEST) + 1):
            yield wanted[:length]


def with_form(store: Store, typed: list[str], turns: int) -> tuple[list[float], list[float]]:
    """Milliseconds from each key until the list that answers it is painted; processor time until then.

    All is typed several times; of each key the median, so that what else the computer does is left out.
    """
    app = QApplication.instance() or start.make_application()
    assert isinstance(app, QApplication)
    start.complete(app)
    theme.apply(app, "light", 100)
    background = Background()
    window = QWidget()

    def search(text: str, give: Callable[[tuple[ServiceHit, ...]], None]) -> None:
        background.run(window, lambda: tuple(store.directory.search(text)), give)

    library = Library.shipped()
    feedback = library.latest("feedback")
    person = PersonLanguage(library)
    context = FormContext(library, search, lambda _words: None, person, lambda: system_clock().civil)
    form = SheetForm(feedback, "service", Sheet(question_set=feedback.ref()), context)
    layout = QVBoxLayout(window)
    layout.addWidget(form)
    window.resize(900, 800)
    window.show()
    watch = _Painted(app, _control(window, SEARCH_ID, QLineEdit), _control(window, RESULTS_ID, QListWidget))
    took = [[watch.type(text) for text in typed] for _ in range(turns)]
    background.close()
    window.close()
    window.deleteLater()
    app.processEvents()
    of_keys = list(zip(*took, strict=True))
    return [median([ms for ms, _ in one]) for one in of_keys], [
        median([own for _, own in one]) for one in of_keys
    ]


def _control(window: QWidget, identifier: str, kind: type[W]) -> W:
    return next(one for one in window.findChildren(kind) if one.accessibleIdentifier() == identifier)


class _Painted(QObject):
    """Types into the line and waits until the answer to it stands in the painted list."""

    def __init__(self, app: QApplication, line: QLineEdit, results: QListWidget) -> None:
        super().__init__()
        self._app, self._line, self._results = app, line, results
        self._answered = self._is_painted = False
        results.model().rowsInserted.connect(self._arrived)
        results.viewport().installEventFilter(self)
        line.setFocus()
        self._waker = QTimer(self, interval=int(PATIENCE_S * 1000))  # so that no wait is for ever
        self._waker.start()

    def type(self, text: str) -> tuple[float, float]:
        """The last letter of ``text``, behind those before it or in an empty line."""
        if len(text) == 1:
            self._line.clear()
            self._turn(lambda: not self._results.isVisible())
        self._answered = self._is_painted = False
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, text[-1])
        began, own = time.perf_counter(), time.process_time()
        self._app.sendEvent(self._line, key)
        self._turn(lambda: self._is_painted)
        took = (time.perf_counter() - began) * 1000, (time.process_time() - own) * 1000
        if self._line.text() != text:
            raise RuntimeError(f"{text!r} was typed and {self._line.text()!r} stands there")
        return took

    def _turn(self, done: Callable[[], bool]) -> None:
        """Sleeps between events as the window does: a loop that looks and looks would slow the worker."""
        until = time.perf_counter() + PATIENCE_S
        while not done():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > until:
                raise RuntimeError(f"no list for {self._line.text()!r}")

    def _arrived(self) -> None:
        self._answered = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._answered:
            self._is_painted = True  # once this and the painting have returned to ``_turn``
        return False
