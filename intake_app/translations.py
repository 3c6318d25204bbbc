"""For translators and developers: brings the catalogues up to date, checks them and says how far they are.

``python -m intake_app.translations`` does all; ``update``, ``check``, ``statistics``, ``add TAG`` one thing;
``letters TAG`` gives texts of a draft that share an access key in one window a letter of their own.
Catalogues of three domains are kept here: ``intake`` (the screens), ``questions`` (what staff read of the
question sets, and what callers say in practice) and ``qt`` (the words of Qt where it lacks the language).
Whether the fonts have every letter is looked at by ``python -m ui.legible``, since nothing here knows Qt.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from intake_app.assets import asset
from intake_app.translating.faults import check
from intake_app.translating.files import add, statistics, update
from intake_app.translating.letters import settle


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a check found something or the command is not known."""
    command, *rest = (sys.argv[1:] if arguments is None else list(arguments)) or ["all"]
    root = asset("locales").parent
    if command == "add" and len(rest) == 1:
        add(root, rest[0])
        return 0
    if command == "letters" and len(rest) == 1:
        sys.stdout.writelines(f"{line}\n" for line in settle(root, rest[0]))
        return 0
    if command not in ("all", "update", "check", "statistics") or rest:
        sys.stderr.write(f"{__doc__}\n")
        return 1
    if command in ("all", "update"):
        update(root)
    findings = check(root) if command in ("all", "check") else []
    if command in ("all", "statistics"):
        sys.stdout.writelines(f"{line}\n" for line in statistics(root))
    sys.stderr.writelines(f"{finding}\n" for finding in findings)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
