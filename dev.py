#!/usr/bin/env python3
"""Everything a developer, a tester or a build machine does with Intake, in one file.

    python3 dev.py run [-- ARGS]           open the application, after installing what it lacks
    python3 dev.py test [-- PYTEST ARGS]   every test, the screen-reader journeys too
    python3 dev.py check                   lint, types, import contracts, catalogues
    python3 dev.py bench [-- ARGS]         the benchmarks, each figure beside its limit
    python3 dev.py prove [NAME …] [-- ARGS] the long proofs, a table each; ARGS such as --seed 7 --steps 1000
    python3 dev.py hub [-- ARGS]           a hub on this computer
    python3 dev.py screenshots [-- ARGS]   pictures of every screen into build/pictures
    python3 dev.py translations [-- ARGS]  bring the catalogues up to date with the code, and check
    python3 dev.py lock                    choose and hash the versions of every dependency anew

Standard library only. It writes nothing outside this folder, but for Debian packages, as root or with sudo.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
PEER = ROOT / "build" / "anki-venv"
OLDEST_PYTHON = (3, 11)
SKIPPED = 77

# What PySide6 loads on a bare Debian 12, found with ldd in a minimal installation.
SCREEN_LIBRARIES = (
    *("libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0"),
    *("fonts-dejavu-core", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-randr0", "libxcb-shape0", "libxcb-xkb1", "libxcb-xfixes0", "libxcb-sync1", "libx11-xcb1"),
)
# What the journeys need to hear the real Orca on a screen of their own.
JOURNEY_PACKAGES = (
    *("xvfb", "xauth", "x11-utils", "dbus", "at-spi2-core", "python3-gi", "python3-pyatspi"),
    *("gir1.2-atspi-2.0", "xdotool", "orca", "openbox"),
)
# A real mail server for the tests of reading a shared mailbox.
SERVER_PACKAGES = ("dovecot-imapd",)


class CannotGoOn(Exception):
    """A step failed in a way that the person at the keyboard has to know about; the text says what to do."""


# ---------------------------------------------------------------- saying and running


def say(text: str) -> None:
    print(f"[dev] {text}", flush=True)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment for what we start, with a runtime folder, without foreign Python paths."""
    env = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "PIP_REQUIRE_VIRTUALENV")
    }
    env.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore", PIP_NO_INPUT="1")
    if sys.platform.startswith("linux") and not Path(env.get("XDG_RUNTIME_DIR") or "/nowhere").is_dir():
        env["XDG_RUNTIME_DIR"] = runtime_folder()
    env.update(extra or {})
    return env


def runtime_folder() -> str:
    """A folder of our own for sockets, where the system gave none (platformdirs warns without it)."""
    login = Path(f"/run/user/{os.getuid()}")
    if os.access(login, os.W_OK):
        return str(login)
    ours = Path(tempfile.gettempdir(), f"intake-runtime-{os.getuid()}")
    ours.mkdir(mode=0o700, exist_ok=True)
    if ours.stat().st_uid == os.getuid() and not ours.is_symlink():
        ours.chmod(0o700)
        return str(ours)
    return tempfile.mkdtemp(prefix="intake-runtime-")


def call(*command: str | Path, env: Mapping[str, str] | None = None) -> int:
    """Run `command` in the project's folder with its output on our own; its exit status."""
    try:
        return subprocess.call([str(part) for part in command], cwd=ROOT, env=environment(env))
    except KeyboardInterrupt:
        return 130


def quietly(
    what: str, command: Sequence[str | Path], env: Mapping[str, str] | None = None, count: int = 0
) -> None:
    """Run `command` with its output kept back: a line when it begins and ends, all of it if it fails.

    `count` is how many lines beginning with "Collecting" are to be expected; progress is shown by them.
    """
    say(f"{what} …")
    began, lines, seen = time.monotonic(), [], 0
    with subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, env=environment(env), text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if count and line.startswith("Collecting"):
                seen += 1
                if seen % 20 == 0:
                    say(f"    {seen} of about {count} packages, {time.monotonic() - began:.0f} s")
    if process.returncode:
        sys.stdout.write("".join(lines[-60:]))
        raise CannotGoOn(f"{what}: failed with status {process.returncode}; what it printed stands above.")
    say(f"    done in {time.monotonic() - began:.0f} s")


# ---------------------------------------------------------------- what the operating system must have


def on_debian() -> bool:
    return shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None


def missing_packages(names: Iterable[str]) -> list[str]:
    """Those Debian packages of `names` that are not installed (newer releases call some …t64)."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"],
        capture_output=True,
        text=True,
        check=True,
    )
    present = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in present and f"{name}t64" not in present]


def system_packages(names: Sequence[str], purpose: str) -> bool:
    """See to it that Debian packages are there; False, and said, where we may not install them."""
    if not sys.platform.startswith("linux"):
        return True
    if not on_debian():
        say(f"This is not Debian or Ubuntu: I cannot tell whether {purpose} has all it needs.")
        say(f"    On Debian they are called: {' '.join(names)}")
        return False
    missing = missing_packages(names)
    if not missing:
        return True
    prefix = as_root()
    if prefix is None:
        say(f"For {purpose} Debian packages are missing that I may not install (not root, no sudo).")
        say(f"    Please have someone run: apt-get install --no-install-recommends {' '.join(missing)}")
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        quietly("Reading the list of Debian packages", [*prefix, "apt-get", "-q", "update"], quiet)
        install = [*prefix, "apt-get", "-q", "install", "-y", "--no-install-recommends", *missing]
        quietly(f"Installing {len(missing)} Debian packages for {purpose}", install, quiet)
    except CannotGoOn as problem:
        say(f"{problem} Going on without: {' '.join(missing)}")
        return False
    return True


def as_root() -> list[str] | None:
    """What to put before a command so that it runs as root; None where we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and (
        sys.stdin.isatty() or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    ):
        return ["sudo"]
    return None


# ---------------------------------------------------------------- the virtual environment


def new_enough_python() -> str:
    """A Python of at least OLDEST_PYTHON: this one, or a newer one found beside it."""
    if sys.version_info >= OLDEST_PYTHON:
        return sys.executable
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    wanted = ".".join(map(str, OLDEST_PYTHON))
    raise CannotGoOn(f"Intake needs Python {wanted} or newer; this is {sys.version.split()[0]}.")


def works(*command: str | Path) -> bool:
    try:
        return (
            subprocess.run([str(part) for part in command], capture_output=True, env=environment()).returncode
            == 0
        )
    except OSError:
        return False


def make_venv() -> None:
    """Make .venv with a working pip, unless it is there."""
    version = f"import sys, pip; raise SystemExit(sys.version_info[:2] < {OLDEST_PYTHON})"
    if works(PYTHON, "-c", version):
        return
    base = new_enough_python()
    if not works(base, "-c", "import venv, ensurepip"):
        # Debian keeps the two modules in a package of their own.
        say("This Python has no venv module of its own.")
        name = (
            "python3-venv"
            if base.endswith("python3") or base == "/usr/bin/python3.11"
            else Path(base).name + "-venv"
        )
        if not on_debian() or not system_packages([name], "the virtual environment"):
            raise CannotGoOn(
                f"Cannot make a virtual environment: {base} lacks venv or ensurepip ({name} on Debian)."
            )
    quietly(f"Making the virtual environment {VENV.name}", [base, "-m", "venv", "--clear", VENV])


def digest(*paths: Path) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def set_up(kind: str) -> None:
    """Make .venv hold what requirements/<kind>.txt locks, and this checkout, unless it does already.

    dev.txt holds all of hub.txt, and that all of app.txt, in the same versions: a larger serves a smaller.
    """
    make_venv()
    kinds = ("app", "hub", "dev")
    locks = {name: digest(REQUIREMENTS / f"{name}.txt") for name in kinds[kinds.index(kind) :]}
    installed, project = VENV / "intake-lock", VENV / "intake-project"
    if not installed.is_file() or installed.read_text() not in locks.values():
        lock = REQUIREMENTS / f"{kind}.txt"
        count = sum(line[:1].isalpha() for line in lock.read_text(encoding="utf-8").splitlines())
        hashed = [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--progress-bar",
            "off",
            "--require-hashes",
            "--no-deps",
            "-r",
            lock,
        ]
        quietly(
            f"Installing {count} locked Python packages ({kind}; the first time about a minute)",
            hashed,
            count=count,
        )
        installed.write_text(locks[kind])
        project.unlink(missing_ok=True)
    if not project.is_file() or project.read_text() != digest(ROOT / "pyproject.toml"):
        editable = [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "-e",
            ROOT,
        ]
        quietly("Installing this checkout into it", editable)
        project.write_text(digest(ROOT / "pyproject.toml"))


# ---------------------------------------------------------------- the commands


def run(arguments: Sequence[str]) -> int:
    system_packages(SCREEN_LIBRARIES, "the window")
    set_up("app")
    subcommand = bool(arguments) and (not arguments[0].startswith("-") or "--help" in arguments)
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not shown and not subcommand:
        raise CannotGoOn(
            "Everything is installed, but there is no screen here (DISPLAY and WAYLAND_DISPLAY are unset)."
        )
    say("Opening Intake")
    return call(PYTHON, "-m", "ui", *arguments)


def test(arguments: Sequence[str]) -> int:
    whole = system_packages([*SCREEN_LIBRARIES, *JOURNEY_PACKAGES, *SERVER_PACKAGES], "the tests")
    set_up("dev")
    env = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    if whole and sys.platform.startswith("linux"):
        env["INTAKE_JOURNEYS"] = "required"  # what they need is there, so a journey that skips is a failure
    # Every process has the same order of sets, or they would not agree about which tests there are.
    env["PYTHONHASHSEED"] = os.environ.get("PYTHONHASHSEED") or str(random.randrange(1, 2**32))
    say(f"PYTHONHASHSEED={env['PYTHONHASHSEED']}")
    # All of them on every processor; chosen ones in one process, where they can be looked into.
    spread = [] if arguments else ["-n", "auto", "--dist", "worksteal"]
    began = time.monotonic()
    status = call(PYTHON, "-m", "pytest", *spread, *arguments, env=env)
    if status == 5:  # pytest: nothing was collected
        say("No test ran: that counts as a failure.")
    result = "passed" if status == 0 else f"FAILED (status {status})"
    say(f"Tests {result} in {time.monotonic() - began:.0f} s")
    return status


def check(_: Sequence[str]) -> int:
    system_packages(SCREEN_LIBRARIES, "the look at the letters of every language")
    set_up("dev")
    parts: dict[str, list[str | Path]] = {
        "lint": [PYTHON, "-m", "ruff", "check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "imports": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        "catalogues": [PYTHON, "-m", "intake_app.translations", "check"],
        "letters": [PYTHON, "-m", "ui.legible"],
        "assets": [PYTHON, "-m", "pytest", "-q", ROOT / "tests" / "build", "-k", "asset"],
    }
    return table({name: (lambda command=command: call(*command)) for name, command in parts.items()})


def bench(arguments: Sequence[str]) -> int:
    system_packages([*SCREEN_LIBRARIES, *JOURNEY_PACKAGES], "the benchmarks of the window")
    set_up("dev")
    peer_for_sync()
    return call(PYTHON, ROOT / "tests" / "benchmarks" / "run.py", *arguments)


def peer_for_sync() -> None:
    """Put Anki, beside which sync is measured, into an environment of its own; without it, it has no rows.

    Its licence (AGPL) and its packages must not come near the project's.
    """
    python = PEER / ("Scripts/python.exe" if WINDOWS else "bin/python")
    if works(python, "-c", "import anki.syncserver"):
        return
    try:
        quietly("Making an environment for Anki", [new_enough_python(), "-m", "venv", "--clear", PEER])
        install = [python, "-m", "pip", "install", "--progress-bar", "off", "--require-hashes", "--no-deps"]
        quietly(
            "Installing Anki, the peer of the sync benchmark", [*install, "-r", REQUIREMENTS / "anki.txt"]
        )
    except CannotGoOn as problem:
        say(f"{problem}\nThe benchmark of sync goes without Anki's rows.")


def prove(arguments: Sequence[str]) -> int:
    system_packages([*SCREEN_LIBRARIES, *JOURNEY_PACKAGES], "the proofs")
    set_up("dev")
    scripts = {
        path.stem.removeprefix("real_"): path for path in sorted((ROOT / "tests" / "proofs").glob("*.py"))
    }
    names = list(itertools.takewhile(lambda one: not one.startswith("-"), arguments))
    given = [one for one in arguments[len(names) :] if one != "--"]
    if unknown := [name for name in names if name not in scripts]:
        raise CannotGoOn(
            f"No such proof: {', '.join(unknown)}. There are: {', '.join(scripts) or 'none yet'}."
        )
    chosen = {name: scripts[name] for name in names or scripts}
    return table({name: (lambda path=path: call(PYTHON, path, *given)) for name, path in chosen.items()})


def hub(arguments: Sequence[str]) -> int:
    set_up("hub")
    default = [
        "serve",
        "--database",
        f"sqlite:///{ROOT / '.hub' / 'hub.sqlite'}",
        "--listen",
        "127.0.0.1:8321",
    ]
    if not arguments:
        (ROOT / ".hub").mkdir(exist_ok=True)
        say(f"A hub for this computer alone: {' '.join(default)}")
    return call(PYTHON, "-m", "intake_app.hub", *(arguments or default))


def screenshots(arguments: Sequence[str]) -> int:
    system_packages(SCREEN_LIBRARIES, "the pictures")
    set_up("dev")
    return call(PYTHON, ROOT / "tests" / "journeys" / "pictures.py", *arguments)


def translations(arguments: Sequence[str]) -> int:
    system_packages(SCREEN_LIBRARIES, "the look at the letters of every language")
    set_up("dev")
    status = call(PYTHON, "-m", "intake_app.translations", *arguments)
    # The commands that look at all there is look at the fonts too; the others ask for one thing.
    return status or (call(PYTHON, "-m", "ui.legible") if arguments[:1] in ([], ["all"], ["check"]) else 0)


def lock(_: Sequence[str]) -> int:
    """Resolve for Linux, Windows, macOS and every Python we support in one go, which only uv can.

    The largest set is resolved first and constrains the others, so that all agree. No address is written.
    """
    make_venv()
    if not works(PYTHON, "-m", "uv", "--version"):
        quietly(
            "Installing uv, which resolves for all platforms at once", [PYTHON, "-m", "pip", "install", "uv"]
        )
    resolve = [
        PYTHON, "-m", "uv", "pip", "compile", "-q", "--universal",
        "--python-version", ".".join(map(str, OLDEST_PYTHON)),
        "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--upgrade", "--no-annotate",
        "--custom-compile-command", "python3 dev.py lock", "pyproject.toml", "--group", "build",
    ]  # fmt: skip
    dev, constrained = REQUIREMENTS / "dev.txt", ["-c", "requirements/dev.txt"]
    quietly("Locking dev.txt", [*resolve, "--extra", "hub", "--group", "dev", "-o", dev])
    quietly("Locking hub.txt", [*resolve, "--extra", "hub", *constrained, "-o", REQUIREMENTS / "hub.txt"])
    anki = ["-o", REQUIREMENTS / "anki.txt", REQUIREMENTS / "anki.in"]
    quietly("Locking anki.txt", [*resolve[: resolve.index("pyproject.toml")], *anki])
    quietly("Locking app.txt", [*resolve, *constrained, "-o", REQUIREMENTS / "app.txt"])
    return 0


def table(parts: Mapping[str, object]) -> int:
    """Run every part, whatever the others did, and print one line for each; 1 if any failed.

    A part that lacks what it needs, such as data that is not in the repository, gives back SKIPPED.
    """
    rows = []
    for name, part in parts.items():
        say(f"—— {name}")
        began = time.monotonic()
        status = part()  # type: ignore[operator]
        result = {0: "passed", SKIPPED: "SKIPPED"}.get(status, f"FAILED ({status})")
        rows.append((name, result, time.monotonic() - began))
    for name, result, seconds in rows:
        say(f"{name:<16} {result:<12} {seconds:6.0f} s")
    return int(any(result.startswith("FAILED") for _, result, _ in rows))


COMMANDS = {
    "run": run, "test": test, "check": check, "bench": bench, "prove": prove, "hub": hub,
    "screenshots": screenshots, "translations": translations, "lock": lock,
}  # fmt: skip


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- ARGS")
    options = parser.parse_args(argv)
    arguments = options.arguments[1:] if options.arguments[:1] == ["--"] else options.arguments
    try:
        return COMMANDS[options.command](arguments)
    except CannotGoOn as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # a console that cannot show a character must not end the program
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
