"""A journey: keys to the real window, and what the screen reader said to each. Reads like a script.

    journey.open()
    journey.type("The ward was kind.")
    journey.key("F7")
    journey.expect("Danger")

A step whose speech was not as expected is a fault; the journey goes on, so that one run hears all of them.
"""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from . import accessible
from .orca import Orca
from .private_screen import PrivateScreen, wait_until

ROOT = Path(__file__).resolve().parents[3]
PYTHON = str(ROOT / ".venv" / "bin" / "python")
INTAKE = (PYTHON, "-m", "ui")
PASSPHRASE = "brisk otter lantern"
_LISTENER = Path(__file__).with_name("focus_listener.py")

_CRASH = "Something went wrong in Intake"
# Qt's own remarks on what it does not implement, or cannot tell a bus that has gone; none is ours.
_NOISE_OF_QT = r"^qt\.accessibility\.atspi: |^QSpiApplication::"
# A shorter pause mixes the speech of two steps; on a busy computer a longer one hears more.
QUIET_SECONDS = float(os.environ.get("INTAKE_QUIET_SECONDS", "0.6"))
LONGEST_SECONDS = 20.0
LOOK_EVERY_SECONDS = 0.2
BUSY_TICKS = 3  # of 20 in that time: Orca still has events to go through
KEY_DELAY_MS = 60
TYPE_DELAY_MS = 35


@dataclass
class Step:
    """One thing done, what was said to it, and what should have been."""

    did: str
    said: list[str] = field(default_factory=list)
    focus: str = ""
    first_word_ms: int | None = None
    faults: list[str] = field(default_factory=list)

    def words(self) -> str:
        return " ".join(self.said)


class CannotContinue(Exception):
    """The journey cannot go on from here: the window or a control it needs is not there."""


class Journey:
    """Steps are kept in `steps`; `presses` counts keys pressed beyond typed words."""

    def __init__(
        self, screen: PrivateScreen, orca: Orca, python: Sequence[str] = INTAKE, name: str = "intake"
    ) -> None:
        self.screen, self.steps, self.presses, self.typed = screen, [Step("(nothing yet)")], 0, 0
        self.data = screen.folder / "data"
        self.passphrase = screen.folder / "passphrase"
        self._orca, self._command, self._name = orca, list(python), name
        self._window: subprocess.Popen[bytes] | None = None
        self._root: Any = None
        self._focus_log = screen.log("focus_listener")
        screen.start("focus_listener", sys.executable, _LISTENER)
        wait_until("the focus listener", lambda: "listening" in self._focus_log.read_text())

    # -- the application

    def prepare(self) -> None:
        """Make a store as it is after the first run, which the application can open without a question."""
        prepare = Path(__file__).with_name("prepare.py")
        subprocess.run([PYTHON, prepare, self.data, PASSPHRASE], check=True, capture_output=True, timeout=120)
        self.passphrase.write_text(PASSPHRASE)
        self.passphrase.chmod(0o600)
        os.environ["INTAKE_PASSPHRASE_FILE"] = str(self.passphrase)

    def open(self, *arguments: str) -> Step:
        """Start the application on this journey's data folder and wait until it has spoken."""
        where = ["--data-dir", str(self.data)] if self._name == "intake" else []
        began = time.time()
        self._window = self.screen.start("application", *self._command, *where, *arguments, cwd=ROOT)
        self._root = accessible.application(self._name)
        return self._listen(f"open {' '.join(arguments)}".strip(), began, longest=40.0)

    def ready(self) -> None:
        """Wait until the pages stand around the story box; the screen reader may say so earlier or later."""
        self.check("the window is ready", lambda: self.shown("section_list"), within=60)
        self.check("the status line says that it is ready", lambda: "Ready" in self.status(), within=60)
        self._listen("(ready)", time.time())

    def look_at(self, title: str) -> None:
        """From now on controls are those of the copy whose window has a title that begins so."""
        self._root = accessible.application_with(self._name, title, 60)

    def close(self) -> Step:
        """Close the window as its user does, and wait for the program to end."""
        step = self.key("alt+F4")
        self._ended(15)
        return step

    def kill(self) -> None:
        """End the program without any warning, as a power cut does."""
        assert self._window is not None
        self._window.send_signal(signal.SIGKILL)
        self._ended(5)
        self.steps.append(Step("kill -9"))

    def _ended(self, seconds: float) -> None:
        assert self._window is not None
        try:
            self._window.wait(seconds)
        except subprocess.TimeoutExpired:
            self.fault(f"the program had not ended {seconds:.0f} s after its window was closed")
            self._window.kill()
            self._window.wait()

    def intake(self, *arguments: str, seconds: float = 120) -> str:
        """What a sub-command of `intake` prints, run beside the window on the same data folder."""
        command = [*self._command, "--data-dir", str(self.data), *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds)
        if done.returncode:
            self.fault(
                f"intake {' '.join(arguments)}: status {done.returncode}: {done.stderr.strip()[-400:]}"
            )
        return done.stdout

    def start_hub(self, organisation: str) -> tuple[str, str]:
        """A hub on this computer with that organisation: its address and a one-time code."""
        database = f"sqlite:///{self.screen.folder / 'hub.sqlite'}"
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        hub = [PYTHON, "-m", "intake_app.hub"]

        def ask(*arguments: str) -> str:
            done = subprocess.run(
                [*hub, *arguments, "--database", database],
                cwd=ROOT, check=True, capture_output=True, text=True, timeout=60,
            )  # fmt: skip
            return done.stdout

        ask("create-organisation", organisation)
        code = ask("enrol", organisation).split("\n")[0].strip()
        self.screen.start("hub", *hub, "serve", "--database", database, "--listen", address, cwd=ROOT)
        wait_until("the hub", lambda: _listens(address), 60)
        return f"http://{address}", code

    # -- what a person does

    def key(self, *names: str) -> Step:
        """Press keys one after another, named as xdotool does: "Tab", "ctrl+Return", "shift+F9"."""
        self.presses += len(names)
        before, began = self._late(), time.time()
        subprocess.run(["xdotool", "key", "--delay", str(KEY_DELAY_MS), *names], check=True)
        return self._listen("key " + " ".join(names), began, before)

    def type(self, words: str) -> Step:
        """Type words on the keyboard."""
        self.typed += len(words)
        before, began = self._late(), time.time()
        subprocess.run(["xdotool", "type", "--delay", str(TYPE_DELAY_MS), "--", words], check=True)
        return self._listen(f"type {words}", began, before)

    def tab_to(self, identifier: str, most: int = 40, back: bool = False) -> Step:
        """Press Tab until the control with that identifier has the focus."""
        for _ in range(most):
            step = self.key("shift+Tab" if back else "Tab")
            if self.focused() == identifier:
                return step
        raise CannotContinue(
            f"{identifier} was not reached with {most} presses of Tab; the focus is on {self.focused()}"
        )

    # -- what is heard and seen

    def expect(self, pattern: str, within: float = 10.0) -> None:
        """The last step must have said something that matches, in any case; waits for what is to come."""
        step, end = self.steps[-1], time.monotonic() + within
        while not re.search(pattern, step.words(), re.IGNORECASE | re.DOTALL):
            if time.monotonic() > end:
                step.faults.append(f"expected to hear {pattern!r}")
                return
            step.said += self._spoken()
            time.sleep(0.05)

    def expect_not(self, pattern: str) -> None:
        """The last step must not have said this."""
        if re.search(pattern, self.steps[-1].words(), re.IGNORECASE | re.DOTALL):
            self.fault(f"did not expect to hear {pattern!r}")

    def silent(self) -> None:
        """The last step must have said nothing."""
        if self.steps[-1].said:
            self.fault("expected silence")

    def expect_focus(self, identifier: str, within: float = 10.0) -> None:
        self.check(
            f"focus on {identifier}, not on {self.focused()!r}", lambda: self.focused() == identifier, within
        )

    def expect_text(self, identifier: str, words: str, within: float = 10.0) -> None:
        """The control shows exactly these words."""
        self.check(f"{identifier} shows {words!r}", lambda: self.text(identifier) == words, within)

    def check(self, what: str, holds: Callable[[], bool], within: float = 10.0) -> None:
        """Something besides speech must hold, at once or soon; `what` names it in the report."""
        try:
            wait_until(what, holds, within)
        except TimeoutError:
            self.fault(f"not so: {what}")

    def fault(self, what: str) -> None:
        self.steps[-1].faults.append(what)

    def focused(self) -> str:
        """The accessible identifier of what has the focus; "" if it has none."""
        return str(self._focus().get("id", ""))

    def text(self, identifier: str) -> str:
        return accessible.text(self.control(identifier))

    def shown(self, identifier: str) -> bool:
        return accessible.showing(self._root, identifier) is not None

    def control(self, identifier: str) -> Any:
        """The accessible object of a control that must be on the screen by now."""
        found: list[Any] = []

        def there() -> bool:
            found[:] = [accessible.showing(self._root, identifier)]
            return found[0] is not None

        with contextlib.suppress(TimeoutError):
            wait_until(identifier, there, 6)
        if found[0] is None:
            there_are = sorted(accessible.identifiers(self._root))
            raise CannotContinue(f"no control {identifier!r} on the screen; there are {there_are}")
        return found[0]

    def status(self) -> str:
        """What the spoken status line shows."""
        return accessible.name(self.control("status_line"))

    # -- listening

    def _late(self) -> list[str]:
        """What was said after the step before had been thought finished belongs to that step."""
        late = self._spoken()
        self.steps[-1].said += late
        return late

    def _spoken(self) -> list[str]:
        return [heard.text for heard in self._orca.heard() if heard.kind == "speech" and heard.text.strip()]

    def _listen(self, did: str, began: float, _late: object = None, longest: float = LONGEST_SECONDS) -> Step:
        step = Step(did)
        self.steps.append(step)
        last, worked, next_look = time.time(), self._orca.worked(), 0.0
        while time.time() - began < longest and time.time() - max(last, began) < QUIET_SECONDS:
            for heard in self._orca.heard():
                last = time.time()
                if heard.kind == "speech" and heard.text.strip():
                    step.said.append(heard.text)
                    if step.first_word_ms is None:
                        step.first_word_ms = round((heard.at - began) * 1000)
            if time.time() > next_look:
                before, worked, next_look = worked, self._orca.worked(), time.time() + LOOK_EVERY_SECONDS
                if worked - before >= BUSY_TICKS:
                    last = time.time()
            time.sleep(0.02)
        focus = self._focus()
        step.focus = f"{focus.get('role', '?')} {focus.get('name', '')!r} [{focus.get('id', '')}]"
        if _CRASH in step.words():
            raise CannotContinue("the program met a fault of its own")
        return step

    def _focus(self) -> dict[str, str]:
        lines = [
            line for line in self._focus_log.read_text(encoding="utf-8").splitlines() if line.startswith("{")
        ]
        return dict(json.loads(lines[-1])) if lines else {}

    # -- afterwards

    def picture(self, name: str) -> None:
        """Keep a picture of the screen in the folder that INTAKE_PICTURES names; none without it."""
        if folder := os.environ.get("INTAKE_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            grab = Path(__file__).with_name("grab.py")
            subprocess.run([PYTHON, grab, Path(folder, f"{name}.png")], check=True, timeout=60)

    def complaints(self) -> list[str]:
        """What the application wrote to its error output: warnings and tracebacks, none is good."""
        log = self.screen.log("application")
        faults = self.data / "logs" / "faults.log"
        texts = [path.read_text(errors="replace") for path in (log, faults) if path.exists()]
        lines = "\n".join(texts).splitlines()
        return [line for line in lines if line.strip() and not re.search(_NOISE_OF_QT, line)]

    def report(self) -> dict[str, Any]:
        return {
            "steps": [asdict(step) for step in self.steps[1:]],
            "faults": [
                f"{step.did}: {fault} — heard {step.said}" for step in self.steps for fault in step.faults
            ],
            "presses": self.presses,
            "typed": self.typed,
            "complaints": self.complaints(),
        }


def _listens(address: str) -> bool:
    host, _, port = address.partition(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
        return True
    return False
