"""A private X server, session bus, accessibility bus and window manager for one journey.

Nothing of the caller's desktop is used or seen: settings go to a home of their own. Without a window
manager Qt never has an active window, sends no focus events, and Orca says nothing at all.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_CALLERS_OWN = (
    "DBUS_SESSION_BUS_ADDRESS",
    "AT_SPI_BUS_ADDRESS",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "SESSION_MANAGER",
)


def wait_until(what: str, check: Callable[[], bool], seconds: float = 20.0) -> None:
    """Poll `check` until it holds; TimeoutError naming `what` when it does not within `seconds`."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} was not ready after {seconds:.0f} s")
        time.sleep(0.03)


class PrivateScreen:
    """Use as a context manager; `folder` holds home, logs and the data of the application."""

    def __init__(self, size: str = "1366x900x24") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="intake-journey-"))
        self._size = size
        self._ours: list[int] = []
        self._look_again = 0.0

    def log(self, name: str) -> Path:
        return self.folder / "log" / name

    def busy(self) -> set[int]:
        """Which of our processes would compute now if they got a processor; on a full computer, many wait."""
        if time.monotonic() > self._look_again:
            self._ours, self._look_again = _descendants(os.getpid()), time.monotonic() + 0.5
        return {pid for pid in self._ours if _would_run(pid)}

    def start(self, name: str, *command: str | Path, **options: object) -> subprocess.Popen[bytes]:
        """Start a program on this screen; its output goes to `log(name)`."""
        with self.log(name).open("ab") as output:
            return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                **options,
            )

    def __enter__(self) -> Self:
        # D-Bus starts services that detach: as a subreaper we become their parent and can end them by pid.
        prctl = ctypes.CDLL(None).prctl
        prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        for name in ("home", "run", "log"):
            (self.folder / name).mkdir(mode=0o700)
        home = self.folder / "home"
        for name in _CALLERS_OWN:
            os.environ.pop(name, None)
        os.environ.update(
            HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"), XDG_DATA_HOME=str(home / ".local/share"),
            XDG_CACHE_HOME=str(home / ".cache"), XDG_STATE_HOME=str(home / ".local/state"),
            XDG_RUNTIME_DIR=str(self.folder / "run"), XDG_SESSION_TYPE="x11", GSETTINGS_BACKEND="memory",
            LANG="C.UTF-8", LC_ALL="C.UTF-8", PYTHONUNBUFFERED="1",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb",
        )  # fmt: skip
        try:
            self._start_all()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start_all(self) -> None:
        reader, writer = os.pipe()  # Xvfb picks a free display itself and writes its number there
        self.start(
            "xvfb", "Xvfb", "-displayfd", str(writer), "-screen", "0", self._size,
            "-nolisten", "tcp", "-noreset", pass_fds=[writer],
        )  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start: " + self.log("xvfb").read_text())
        os.environ["DISPLAY"] = f":{number}"
        bus = self.folder / "run" / "bus"
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus}"
        self.start(
            "dbus", "dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"
        )
        wait_until("the session bus", bus.exists)
        launcher = "/usr/libexec/at-spi-bus-launcher"
        self.start("atspi", launcher, "--launch-immediately", "--a11y=1", "--screen-reader=1")
        wait_until("the accessibility bus", self._accessibility_answers)
        self.start("openbox", "openbox", "--sm-disable")
        wait_until("the window manager", self._window_manager_answers)

    def _accessibility_answers(self) -> bool:
        question = ["--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"]
        asked = subprocess.run(["dbus-send", "--session", "--print-reply", *question], capture_output=True)
        return asked.returncode == 0

    def _window_manager_answers(self) -> bool:
        asked = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True)
        return b"window id" in asked.stdout

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for asked, grace in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 2.0)):
            for pid in _descendants(os.getpid()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, asked)
            end = time.monotonic() + grace
            while time.monotonic() < end and _descendants(os.getpid()):
                _reap()
                time.sleep(0.03)
        _reap()
        shutil.rmtree(self.folder, ignore_errors=True)


def _descendants(pid: int) -> list[int]:
    """Every live process below `pid`, found by the parent ids in /proc."""
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            after_name = Path(f"/proc/{name}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:  # it has just ended
            continue
        children.setdefault(int(after_name[1]), []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


def _would_run(pid: int) -> bool:
    """Whether one of its threads runs, or waits for a processor or a disk."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
        states = [Path(f"/proc/{pid}/task/{one}/stat").read_text().rsplit(")", 1)[1][1] for one in threads]
    except (OSError, IndexError):  # it has just ended
        return False
    return any(state in "RD" for state in states)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
