"""The whole tree keeps its rules: imports, lint, locks, and nothing of any one machine or registry."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "intake_app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
LOCKS = ("app", "hub", "dev")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)


def tracked_files() -> list[Path]:
    """What git holds; where git holds nothing (a source archive), everything but generated folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    left_out = {".venv", ".git", "build", "dist", ".mypy_cache", ".ruff_cache", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not left_out & set(path.parts)]


def locked(name: str) -> dict[str, str]:
    """Package → version of one lock, names as PyPI's rule spells them."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(";")[0].strip(" \\").split("==") for line in lines if line[:1].isalpha()]
    return {canonical(package.split("[")[0]): version for package, version in pairs}


def canonical(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def test_every_part_imports_only_what_its_contract_allows() -> None:
    done = run("-c", "from importlinter.cli import lint_imports_command as command; command()")
    assert done.returncode == 0, done.stdout


def test_linter_finds_nothing() -> None:
    done = run("-m", "ruff", "check", "--output-format=concise", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_types_are_right_throughout() -> None:
    done = run("-m", "mypy")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_says_in_its_first_sentence_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert words, f"{path} has no docstring"
    assert words.splitlines()[0].rstrip().endswith((".", ":", "?")) or "." in words, words


def test_dev_py_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    imported |= {
        str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_a_hash_for_every_package_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host", text)
    for block in re.split(r"\n(?=\S)", text):
        assert block.startswith("#") or "--hash=sha256:" in block, block


def test_larger_lock_serves_the_smaller() -> None:
    app, hub, dev = map(locked, LOCKS)
    assert app.items() <= hub.items() <= dev.items()


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "app": [*project["project"]["dependencies"], *groups["build"]],
        "hub": project["project"]["optional-dependencies"]["hub"],
        "dev": groups["dev"],
    }
    for lock, requirements in wanted.items():
        names = {canonical(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in requirements}
        assert names <= set(locked(lock)), f"run: python3 dev.py lock ({names - set(locked(lock))})"


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    # The patterns are put together here, so that this file does not name them either.
    hosts = [r"pypi\.", "pythonhosted", r"npm" + r"js\.", r"deb\." + "debian", "index-" + "url ?="]
    paths = ["/wo" + "rk/", "/ro" + "ot/", "/op" + "t/pypi", "/tmp/" + "bash_jobs", r"C:\\" + "Users"]
    forbidden = re.compile("|".join([*(rf"https?://[\w.-]*{host}" for host in hosts[:4]), hosts[4], *paths]))
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture or a font
            continue
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in forbidden.finditer(text)]
    assert not found
