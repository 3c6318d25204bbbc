"""``look-at-responses`` and ``import-responses``: what people answered on a form of the internet."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.cli.output import Output
from intake_app.errors import ResponsesRefused
from intake_app.folding import fold
from intake_app.i18n import _
from intake_app.records import spaced_reference
from intake_app.store.store import Store
from intake_app.times import Clock

if TYPE_CHECKING:
    from intake_app.channels.webform.mapping import FormMapping
    from intake_app.channels.webform.taking_in import LeftOut, TakenIn

_MOST_SHOWN = 10

_REASONS: dict[str, Callable[[], str]] = {
    "quotes": lambda: _("its quotation marks do not fit, so its cells cannot be told apart"),
    "too_many": lambda: _("it has more cells than the file has titles, so its cells may be in wrong columns"),
    "shifted": lambda: _("cells are missing in it, so its cells may be in wrong columns"),
    "damaged": lambda: _("from here on the sheet is damaged"),
    "nothing": lambda: _("nothing was answered in it"),
    "changed": lambda: _(
        "it is here as record {reference}, and reads otherwise now; the record stays as it is"
    ),
    "erased": lambda: _("its record was erased for good, so it is not brought in again"),
}


def add_parsers(of: Any, common: argparse.ArgumentParser) -> None:
    one = of.add_parser("look-at-responses", parents=[common], help=_("the columns of a file of responses"))
    one.add_argument("file", metavar="FILE")

    one = of.add_parser(
        "import-responses", parents=[common], help=_("bring in what people answered on a web form")
    )
    one.add_argument("file", metavar="FILE")
    one.add_argument("--mapping", required=True, metavar="NAME", help=_("the form, as it was named here"))
    one.add_argument("--partner", default="", metavar="NAME", help=_("the organisation whose form it was"))
    one.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))


def look(store: Store, given: argparse.Namespace, output: Output, stop: Callable[[], bool]) -> None:
    """Raises ResponsesRefused."""
    # Imported when asked for, so that other sub-commands start sooner.
    from intake_app.channels.webform.looking import look_at
    from intake_app.channels.webform.table import read_table
    from intake_app.forms.library import Library

    table = read_table(Path(given.file))
    # The one that was kept last is asked first.
    known = tuple(reversed(_forms(store).values()))
    found = look_at(table, Library.shipped(), known, output.progress, stop)
    columns = [
        {
            "title": one.use.title,
            "target": one.use.target,
            "values": one.values,
            "answers": one.answers,
            "filled": one.filled,
            "order": one.order,
        }
        for one in found.columns
    ]
    words = "\n".join(f"{one['title']}: {one['target']}" for one in columns)
    values = {
        "columns": columns,
        "rows": found.rows,
        "encoding": table.encoding,
        "sheet": table.sheet,
        "other_sheets": table.others,
        "mapping": found.mapping.model_dump(mode="json"),
        "known": found.known,
    }
    output.result(words, values)


def bring_in(
    store: Store, given: argparse.Namespace, clock: Clock, output: Output, stop: Callable[[], bool]
) -> None:
    """Raises ResponsesRefused, Cancelled, StoreError."""
    from intake_app.channels.webform.table import read_table
    from intake_app.channels.webform.taking_in import Wish, take_in
    from intake_app.forms.library import Library

    mapping = _forms(store).get(fold(given.mapping))
    if mapping is None:
        raise ResponsesRefused(path=given.file, reason="no_mapping", name=given.mapping)
    table = read_table(Path(given.file))
    shown = _MOST_SHOWN if given.progress_json and given.dry_run else 0
    wish = Wish(given.partner, given.dry_run, shown)
    report = take_in(store, Library.shipped(), table, mapping, wish, clock, output.progress, stop)
    told = [_left_out(one) for one in report.left_out]
    if not given.progress_json:
        sys.stderr.writelines(f"{line}\n" for line in told)
    output.result(_counts(report), _values(report, told))


def _forms(store: Store) -> dict[str, "FormMapping"]:
    """By folded name; one that a newer program kept and this one cannot read is passed over."""
    from intake_app.channels.webform.mapping import FormMapping

    found = {}
    for name, values in store.web_forms.forms().items():
        try:
            found[fold(name)] = FormMapping.model_validate(values)
        except ValueError:
            continue
    return found


def _counts(report: "TakenIn") -> str:
    """The one line that scripts read; never translated in its words or order."""
    counted = (
        ("added", report.added), ("to check", report.to_check), ("already there", report.known),
        ("changed", report.changed), ("erased before", report.erased), ("refused", report.refused),
    )  # fmt: skip
    return ", ".join(f"{name} {count}" for name, count in counted)


def _values(report: "TakenIn", told: list[str]) -> dict[str, Any]:
    names = ("added", "to_check", "known", "changed", "erased", "refused", "danger")
    values: dict[str, Any] = {name: getattr(report, name) for name in names}
    # The first records travel to the window that asked for them, and to nothing else.
    first = [[row, draft.to_json()] for row, draft in report.first]
    return values | {"left_out": told, "codes": [asdict(one) for one in report.left_out], "first": first}


def _left_out(one: "LeftOut") -> str:
    reason = _REASONS[one.reason]().format(reference=spaced_reference(one.reference))
    return _("Row {row}: {reason}").format(row=one.row, reason=reason)
