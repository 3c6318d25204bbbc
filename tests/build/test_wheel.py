"""What is installed from a built wheel is whole: both packages, every asset, the two programs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing of the checkout."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def python(installed: Path, code: str) -> str:
    """What `code` prints with the installed wheel alone on the path: -S leaves site-packages out."""
    env = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=installed.parent, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("folder", ["docs/manual", "locales", "resources"])
def test_wheel_holds_every_asset(wheel: Path, folder: str) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assets = [path for path in (ROOT / folder).rglob("*") if path.is_file() and not path.name.startswith(".")]
    wanted = {f"intake_app/{path.relative_to(ROOT).as_posix()}" for path in assets if path.suffix != ".mo"}
    assert wanted
    assert not wanted - names


@pytest.mark.parametrize("package", ["intake_app", "ui"])
def test_wheel_holds_every_module(wheel: Path, package: str) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
    assert not modules - names


def test_wheel_holds_no_test_and_no_tool(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"intake_app", "ui"}


def test_package_called_ui_is_ours(installed: Path) -> None:
    asked = "from importlib.metadata import packages_distributions as p; print(p()['ui'], p()['intake_app'])"
    assert python(installed, asked) == "['intake-app'] ['intake-app']"


def test_both_programs_are_installed(installed: Path) -> None:
    programs = "sorted(p.name for p in entry_points(group='console_scripts'))"
    asked = f"from importlib.metadata import entry_points; print(*{programs})"
    assert python(installed, asked) == "intake intake-hub"


def test_installed_program_finds_its_own_assets(installed: Path) -> None:
    asked = "from intake_app.assets import asset; print(asset('resources/code_lists'))"
    assert python(installed, asked) == str(installed / "intake_app" / "resources" / "code_lists")
