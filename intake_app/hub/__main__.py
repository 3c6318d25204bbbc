"""``intake-hub``: says in one sentence what is missing, else hands over to the commands."""

import importlib.util
import sys

_NEEDED = ("fastapi", "uvicorn", "alembic", "sqlmodel")


def main(argv: list[str] | None = None) -> int:
    """Exit code 0, or 1 with a sentence on standard error."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        sys.stderr.write('The hub needs its extra packages: pip install "intake-app[hub]"\n')
        return 1
    # Imported late: without the extra packages the commands themselves cannot be imported.
    from intake_app.hub.commands import run

    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
