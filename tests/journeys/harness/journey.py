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
# Nor is a place in a text, or a row of a list, that Orca asked about while another was put there.
_NOISE_OF_QT = (
    r"^qt\.accessibility\.atspi: |^QSpiApplication::|^QTextCursor::setPosition: Position '\d+' out of range$"
    r"|^QAccessibleList::child: Invalid index at: "
)
# A shorter pause mixes the speech of two steps; on a busy computer a longer one hears more.
QUIET_SECONDS = float(os.environ.get("INTAKE_QUIET_SECONDS", "0.45"))
LONGEST_SECONDS = 90.0
LOOK_EVERY_SECONDS = 0.05
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


class Patience:
    """Waiting that counts only while every program of the screen sleeps, so not on a full computer.

    Keys, the window, the accessibility bus and Orca are programs without a common clock. What is still to
    come from one of them shows in that it runs, or would if it got a processor. With ``starts_again`` the
    quiet must be in one piece.
    """

    def __init__(
        self, screen: PrivateScreen, seconds: float, longest: float, starts_again: bool = True
    ) -> None:
        self._screen, self._seconds, self._starts_again = screen, seconds, starts_again
        self._end = time.monotonic() + longest
        self._quiet, self._before = 0.0, set[int]()

    def over(self) -> bool:
        """Looks once, a moment later; True when it has been quiet for long enough."""
        began = time.monotonic()
        time.sleep(LOOK_EVERY_SECONDS)
        busy = self._screen.busy()
        # Seen twice: a blinking caret keeps a program running for a moment only.
        if not busy & self._before:
            self._quiet += time.monotonic() - began
        elif self._starts_again:
            self.again()
        self._before = busy
        return self._quiet >= self._seconds or time.monotonic() > self._end

    def again(self) -> None:
        """Something was heard: the quiet begins anew."""
        self._quiet = 0.0


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
        self._another_code: Callable[[], str] = str
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
        opened = self.steps[-1].said
        self._listen("(ready)", time.time()).said[:0] = opened

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
        self._another_code = lambda: ask("enrol", organisation).split("\n")[0].strip()
        code = self._another_code()
        self.screen.start("hub", *hub, "serve", "--database", database, "--listen", address, cwd=ROOT)
        wait_until("the hub", lambda: _listens(address), 60)
        return f"http://{address}", code

    def join(self, address: str, code: str) -> None:
        """This journey's computer joins the hub, before its window is opened."""
        self.intake("enrol", "--hub", address, "--code", code)

    def elsewhere(self, deed: str, address: str = "", words: str = "", file: Path | None = None) -> str:
        """What somebody does at another computer, or what became of this one's store: see elsewhere.py."""
        folder = self.data if deed in ("refused", "show_drafts") else self.screen.folder / "elsewhere"
        folder = file or folder
        code = self._another_code() if deed in ("change", "details") else ""
        script = Path(__file__).with_name("elsewhere.py")
        done = subprocess.run(
            [PYTHON, script, deed, folder, PASSPHRASE, address, code, words],
            check=True, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return done.stdout.strip()

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

    def burst(self, *names: str) -> Step:
        """Press keys with no time between them, faster than anybody: letters and shortcuts in one go."""
        self.presses += len(names)
        before, began = self._late(), time.time()
        subprocess.run(["xdotool", "key", "--delay", "0", *names], check=True)
        return self._listen("burst " + " ".join(names), began, before)

    def tab_to(self, identifier: str, most: int = 40, back: bool = False) -> Step:
        """Press Tab until the control with that identifier has the focus."""
        for _ in range(most):
            step = self.key("shift+Tab" if back else "Tab")
            if self.focused() == identifier:
                return step
        raise CannotContinue(
            f"{identifier} was not reached with {most} presses of Tab; the focus is on {self.focused()}"
        )

    def ring(self, number: str, link: bool = False) -> Step:
        """The phone system hands a call over by a second start: its number by standard input, or a link."""
        told = [f"tel:{number}"] if link else ["--new", "phone", "--from", "-"]
        before, began = self._late(), time.time()
        command = [*self._command, "--data-dir", str(self.data), *told]
        done = subprocess.run(
            command, cwd=ROOT, input=f"{number}\n", capture_output=True, text=True, timeout=60
        )
        step = self._listen("a call comes by a link" if link else "a call comes", began, before)
        if done.returncode:
            self.fault(f"the second start ended with {done.returncode}: {done.stderr.strip()[-400:]}")
        return step

    # -- what is heard and seen

    def expect(self, pattern: str, within: float = 10.0) -> None:
        """The last step must have said something that matches, in any case; waits for what is to come."""
        step, patience = self.steps[-1], self._patience(within)
        while not re.search(pattern, step.words(), re.IGNORECASE | re.DOTALL):
            if patience.over():
                step.faults.append(f"expected to hear {pattern!r}")
                return
            step.said += self._spoken()

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
        patience = self._patience(within)
        while not holds():
            if patience.over():
                self.fault(f"not so: {what}")
                return

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

        patience = self._patience(6)
        while not there() and not patience.over():
            pass
        if found[0] is None:
            there_are = sorted(accessible.identifiers(self._root))
            raise CannotContinue(f"no control {identifier!r} on the screen; there are {there_are}")
        return found[0]

    def status(self) -> str:
        """What the spoken status line shows."""
        return accessible.name(self.control("status_line"))

    # -- listening

    def _patience(self, seconds: float) -> "Patience":
        return Patience(self.screen, seconds, LONGEST_SECONDS, starts_again=False)

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
        quiet = Patience(self.screen, QUIET_SECONDS, longest)
        while not quiet.over():
            for heard in self._orca.heard():
                quiet.again()
                if heard.kind == "speech" and heard.text.strip():
                    step.said.append(heard.text)
                    if step.first_word_ms is None:
                        step.first_word_ms = round((heard.at - began) * 1000)
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
        """What the application wrote to its error output, and the faults that it noted; none is good."""
        written = self.screen.log("application")
        lines = written.read_text(errors="replace").splitlines() if written.exists() else []
        noted = self.data / "logs" / "intake.log"
        lines += _faults(noted.read_text(errors="replace")) if noted.exists() else []
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


def _faults(log: str) -> list[str]:
    """Each fault of the log with the places that it came through."""
    lines: list[str] = []
    is_fault = False
    for line in log.splitlines():
        if not line.startswith(" "):
            is_fault = " ERROR " in line
        if is_fault:
            lines.append(line)
    return lines


def _listens(address: str) -> bool:
    host, _, port = address.partition(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
        return True
    return False
