"""Switches the language of a window with a full page until it is painted again: switching_window.py FOLDER

Prints JSON: how many controls were open, and for each language the median of its switches in milliseconds.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTROLS = 60
ROUNDS = 5
LONG_ENOUGH_S = 30


def main() -> int:
    sys.path.insert(0, str(ROOT))

    from intake_app import i18n
    from intake_app.forms.library import Library
    from intake_app.settings import Settings
    from intake_app.store.opening import create_store
    from intake_app.times import IdMaker, system_clock
    from ui import audit, start
    from ui.background import Background
    from ui.main_window import MainWindow, build_pages
    from ui.rows import button
    from ui.shell import ShellWindow
    from ui.translation import use_language
    from ui.workplace import Workplace

    folder, ids = Path(sys.argv[1]), IdMaker(system_clock)
    app = start.make_application()
    start.complete(app)
    use_language(app, "en", folder / "cache")
    store = create_store(
        folder / "store", "Benchmark", staff_name="Sam", passphrase="three unrelated words",
        clock=system_clock, ids=ids,
    ).store  # fmt: skip
    shell = ShellWindow()
    shell.resize(1366, 768)
    shell.show()
    workplace = Workplace(
        folder=folder, store=store, library=Library.shipped(folder / "cache"), background=Background(),
        sync_background=Background(name="sync"), settings=Settings(), clock=system_clock, ids=ids,
        announce=shell.status.say,
    )  # fmt: skip
    for _slice in build_pages(shell, workplace):
        app.processEvents()
    (window,) = shell.findChildren(MainWindow)
    shell.narrative.insertPlainText("She waited.")
    window.record.act("section_3")
    app.processEvents()
    open_now = len(list(audit._tab_stops(shell)))
    foot = shell.record_area.layout()
    assert foot is not None
    # Beside the page itself as many buttons as make up the most that a page may hold.
    for number in range(max(0, CONTROLS - open_now)):
        made = button(lambda: i18n._("Browse …"), f"more_{number}", lambda: None)
        made.setParent(shell.record_area)
        made.show()
    app.processEvents()
    took: dict[str, list[float]] = {}
    for round_ in range(ROUNDS + 1):
        for language in (*(one.tag for one in i18n.languages()[1:]), *i18n.PSEUDO_LANGUAGES):
            began = time.perf_counter()
            use_language(app, language)
            app.processEvents()
            shell.repaint()
            milliseconds = (time.perf_counter() - began) * 1000
            # The first round reads catalogues and fonts, as the first switch of a day does; it is told apart.
            if round_:
                took.setdefault(language, []).append(milliseconds)
    controls = len(list(audit._tab_stops(shell)))
    print(
        json.dumps(
            {"controls": controls, "switches": {one: statistics.median(ms) for one, ms in took.items()}}
        )
    )
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
