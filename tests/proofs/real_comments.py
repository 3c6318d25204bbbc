"""Takes 10,334 real comments about care from a file to a second computer, and counts and hashes on the way.

    python3 dev.py prove comments

Import into a fresh encrypted store, search, export, a real hub in a process of its own, a second computer.
The comments are no part of this repository: they are looked for in ../shared/data/narratives, or in the
folder that INTAKE_REAL_COMMENTS names. Everything is made in a temporary folder, which goes afterwards.
"""

import csv
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from intake_app import drafting, taking_down  # noqa: E402
from intake_app.drafting import FRAME, Draft, item_key  # noqa: E402
from intake_app.folding import fold  # noqa: E402
from intake_app.forms.library import Library  # noqa: E402
from intake_app.records import Answer, ServiceMention, Source  # noqa: E402
from intake_app.reports.export import Asked, export  # noqa: E402
from intake_app.store.opening import create_store  # noqa: E402
from intake_app.store.store import Store  # noqa: E402
from intake_app.store.summaries import RecordQuery  # noqa: E402
from intake_app.sync.enrolment import join, send_earlier  # noqa: E402
from intake_app.sync.rounds import run_round  # noqa: E402
from intake_app.text import clean_text  # noqa: E402
from intake_app.times import IdMaker, system_clock  # noqa: E402

SKIPPED = 77
COMMENTS = "pxtextmining/text_data.csv.gz"
ORGANISATION = "Proof of real comments"
WHOLE_WORDS, BEGINNINGS, PAIRS = 150, 60, 40
"""How many of each are searched for, from the commonest to the rarest."""
_WORD = re.compile(r"[^\W_]+")
Hashes = dict[str, str]
"""Of every record's body, by the record's id."""


class ProofFailed(Exception):
    """Two counts or hashes that must agree do not."""


@dataclass(frozen=True)
class Comment:
    words: str
    place: str


@dataclass
class Steps:
    """The table that is printed at the end."""

    rows: list[tuple[str, int, float, str]] = field(default_factory=list)

    def note(self, what: str, count: int, began: float, proof: str) -> None:
        seconds = time.monotonic() - began
        self.rows.append((what, count, seconds, proof))
        print(f"    {what}: {count:,} in {seconds:.1f} s", file=sys.stderr, flush=True)

    def show(self) -> None:
        print(f"\n{'step':<44}{'count':>8}{'seconds':>9}{'a second':>10}  proof")
        for what, count, seconds, proof in self.rows:
            print(f"{what:<44}{count:>8,}{seconds:>9.2f}{count / max(seconds, 1e-9):>10,.0f}  {proof}")


class Keyring:
    """Keeps keys in this process only."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, entry: str) -> bytes | None:
        return self._kept.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self._kept[entry] = key

    def remove(self, entry: str) -> None:
        self._kept.pop(entry, None)


def same(what: str, first: object, second: object) -> None:
    # Never with the values: they may be what a person wrote.
    if first != second:
        raise ProofFailed(what)


def comments(file: Path) -> list[Comment]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return [Comment(row["feedback"], row["organization"]) for row in rows]


def draft_of(comment: Comment, library: Library, ids: IdMaker, device: str) -> Draft:
    """One comment as an import makes it: it came as a web form, and what it says was not asked by us."""
    draft = taking_down.new_draft(library, ids, system_clock(), device, channel="web_form")
    channel = draft.record.frame.answers["channel"].model_copy(update={"source": Source.IMPORTED})
    draft = drafting.with_answer(draft, FRAME, "channel", channel)
    mention = ServiceMention(name=comment.place).model_dump()
    services = Answer(value=[mention], source=Source.IMPORTED)
    draft = drafting.with_answer(draft, item_key(draft.record.items[0].id), "services", services)
    draft = drafting.with_narrative(draft, clean_text(comment.words), ids)
    return taking_down.finish(draft, library, system_clock())


def bring_in(store: Store, library: Library, told: list[Comment], ids: IdMaker, steps: Steps) -> None:
    began = time.monotonic()
    drafts = [draft_of(comment, library, ids, store.device) for comment in told]
    steps.note("made into finished records", len(drafts), began, "frame, feedback item, verbatim story")
    began = time.monotonic()
    for draft in drafts:
        store.records.save(draft)
    same("records counted by the store", store.records.totals(), (len(told), len(told)))
    steps.note("saved, each durable by itself", len(drafts), began, "count equal")


def search(store: Store, told: list[Comment], steps: Steps, where: str) -> None:
    """Every count is compared with one made without an index, by looking at each comment."""
    lines = [_WORD.findall(fold(f"{one.words}\n{one.place}")) for one in told]
    queries = asked_for(lines)
    began = time.monotonic()
    found = {words: counted(store, words) for words in queries}
    steps.note(f"searches on {where}, all pages counted", len(queries), began, "")
    for words, parts in queries.items():
        *whole, last = parts
        open_ended = not words.endswith(" ")
        expected = sum(
            all(part in line for part in whole)
            and any(word == last or (open_ended and word.startswith(last)) for word in line)
            for line in lines
        )
        same(f"hits of a search on {where}", found[words], expected)
    what, count, seconds, _ = steps.rows[-1]
    steps.rows[-1] = what, count, seconds, f"{sum(found.values()):,} hits, as counted without an index"


def asked_for(lines: list[list[str]]) -> dict[str, list[str]]:
    """What is typed → the words in it. A space at the end: the last word is whole."""
    ranked = [word for word, _ in Counter(word for line in lines for word in set(line)).most_common()]

    def spread(many: int) -> list[str]:
        # Denser among the common ones: rank grows as the square.
        return list(dict.fromkeys(ranked[int((at / many) ** 2 * len(ranked))] for at in range(many)))

    queries = {f"{word} ": [word] for word in spread(WHOLE_WORDS)}
    queries |= {word[:4]: [word[:4]] for word in spread(BEGINNINGS) if len(word) > 4}
    longer = [line for line in lines if len(line) > 7]
    for at in range(PAIRS):
        line = longer[at * len(longer) // PAIRS]
        queries[f"{line[5]} {line[2]} "] = [line[5], line[2]]
    return queries


def counted(store: Store, words: str) -> int:
    ids: set[str] = set()
    before: int | None = None
    while True:
        page = store.records.find(RecordQuery(words=words), before, 500)
        ids.update(row.id for row in page.rows)
        if page.more is None:
            return len(ids)
        before = page.more


def take_out(store: Store, library: Library, told: list[Comment], folder: Path, steps: Steps) -> None:
    expected = Counter(clean_text(one.words) for one in told)
    began = time.monotonic()
    written = export(store, library, Asked("jsonl", folder / "all.jsonl"), system_clock)
    lines = (folder / "all.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    stories = Counter(json.loads(line)["body"]["narratives"][0]["text"] for line in lines)
    same("stories in the JSON lines", (written.records, stories), (len(told), expected))
    steps.note("exported as JSON lines and read back", len(lines), began, "every story letter for letter")
    began = time.monotonic()
    export(store, library, Asked("csv", folder / "all.csv"), system_clock)
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))[1:]
    same("rows of the CSV", len(rows), len(told))
    steps.note("exported as CSV and read back", len(rows), began, "count equal")


@contextmanager
def hub(folder: Path) -> Iterator[str]:
    """A hub in a process of its own; yields its address."""
    command = [sys.executable, "-m", "intake_app.hub", *on(folder), "serve", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def on(folder: Path) -> tuple[str, str]:
    return "--database", f"sqlite:///{folder / 'hub.sqlite'}"


def typed(folder: Path, *arguments: str) -> str:
    """What the hub's command prints."""
    command = [sys.executable, "-m", "intake_app.hub", *on(folder), *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def on_computer(store: Store) -> Hashes:
    """Read beneath the store's own functions, straight from its file."""
    connection = store._database.raw()
    try:
        rows = connection.execute("SELECT document, body FROM version WHERE kind = 'record'").fetchall()
    finally:
        connection.close()
    return hashed(rows)


def on_hub(folder: Path) -> Hashes:
    import sqlite3

    connection = sqlite3.connect(folder / "hub.sqlite")
    try:
        [table] = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%envelope%'"
        ).fetchall()
        query = f"SELECT document, body FROM {table[0]} WHERE kind = 'record'"
        return hashed(connection.execute(query).fetchall())
    finally:
        connection.close()


def hashed(rows: list[tuple[str, str]]) -> Hashes:
    hashes = {document: hashlib.sha256(body.encode()).hexdigest() for document, body in rows}
    same("one version of each record", len(hashes), len(rows))
    return hashes


def prove(told: list[Comment], folder: Path, steps: Steps) -> None:
    ids, library = IdMaker(system_clock), Library.shipped()
    new = {
        name: create_store(folder / name, ORGANISATION, clock=system_clock, ids=ids, keyring=Keyring())
        for name in ("here", "there")
    }
    with new["here"].store as here, new["there"].store as there:
        bring_in(here, library, told, ids, steps)
        search(here, told, steps, "the first computer")
        take_out(here, library, told, folder, steps)
        typed(folder, "create-organisation", ORGANISATION)
        with hub(folder) as url:
            joined = join(here.sync, url, typed(folder, "enrol", ORGANISATION), here.device)
            same("records taken before joining", joined.earlier_records, len(told))
            began = time.monotonic()
            send_earlier(here.sync, joined.enrolment)
            steps.note("given to the organisation joined", len(told), began, "")
            began = time.monotonic()
            report = run_round(here.sync, folder / "here")
            counts = here.sync.counts()
            same("sent", (report.pushed, report.refused, counts.waiting), (len(told), 0, 0))
            steps.note("sent to the hub", report.pushed, began, "a receipt for each, nothing waits")

            join(there.sync, url, typed(folder, "enrol", ORGANISATION), there.device)
            began = time.monotonic()
            report = run_round(there.sync, folder / "there")
            same("received", (report.pulled, there.records.totals()[0]), (len(told), len(told)))
            steps.note("received by the second computer", report.pulled, began, "count equal, searchable")
            for store, name in ((here, "here"), (there, "there")):
                began = time.monotonic()
                report = run_round(store.sync, folder / name)
                same("nothing more", (report.pushed, report.pulled), (0, 0))
                steps.note(f"another round, {name}", 1, began, "nothing to send, nothing new")
        began = time.monotonic()
        ours, of_hub, theirs = on_computer(here), on_hub(folder), on_computer(there)
        same("count on all three", [len(ours), len(of_hub), len(theirs)], [len(told)] * 3)
        same("hashes here and on the hub", ours, of_hub)
        same("hashes on the hub and there", of_hub, theirs)
        steps.note("SHA-256 of every body, here, hub, there", len(ours) * 3, began, "equal on all three")
        search(there, told, steps, "the second computer")
        began = time.monotonic()
        same("the stores' own check", [store.check().findings for store in (here, there)], [(), ()])
        steps.note("both stores checked by themselves", len(told) * 2, began, "nothing found")


def main() -> int:
    folder = Path(os.environ.get("INTAKE_REAL_COMMENTS") or ROOT.parent / "shared" / "data" / "narratives")
    file = folder / COMMENTS
    if not file.is_file():
        print(f"Skipped: the real comments are not here ({COMMENTS} in {folder}); see INTAKE_REAL_COMMENTS.")
        return SKIPPED
    steps = Steps()
    told = comments(file)
    try:
        with tempfile.TemporaryDirectory(prefix="intake-proof-") as made:
            prove(told, Path(made), steps)
    except ProofFailed as problem:
        steps.show()
        print(f"FAILED: {problem} do not agree.")
        return 1
    steps.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
