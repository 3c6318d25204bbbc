"""Reads the arguments, runs one sub-command and turns what went wrong into one sentence and exit code 1."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import NoReturn

from intake_app import logs, settings
from intake_app.cli import commands, responses
from intake_app.cli.output import Output, stopped_by_signals
from intake_app.cli.words import Sentence, sentence_of
from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.times import IdMaker, system_clock

DONE = 0
FAILED = 1


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line with exit code 1: the contract knows no other code."""

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None, sentence: Sentence | None = None) -> int:
    """The exit code: 0, or 1 with one sentence on standard error and never a traceback.

    ``sentence`` gives the words for an error, as the window says them.
    """
    try:
        given = parser().parse_args(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    folder = settings.data_folder(given.data_dir)
    output = Output(given.progress_json)
    try:
        with stopped_by_signals() as stop, logs.Log(folder) if os.path.isdir(folder) else nullcontext():
            ids = IdMaker(system_clock)
            try:
                return commands.run(given, commands.Work(folder, output, stop, system_clock, ids))
            except IntakeError as error:
                logs.fault("command.failed", error)
                sys.stderr.write(sentence_of(error, sentence) + "\n")
                return FAILED
    except BrokenPipeError:
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write(_("Stopped. What was done until then stays.") + "\n")
        return FAILED


def parser() -> argparse.ArgumentParser:
    """All sub-commands; common options may stand behind the sub-command's own."""
    common = _common()
    found = _Parser(prog="intake", description=_("Takes down what people say about health and social care."))
    found.add_argument("--version", action="version", version=commands.version())
    # Options of the window are listed for --help; the window reads them itself.
    window = found.add_argument_group(_("without a sub-command, to open the window"))
    window.add_argument("--language", metavar="TAG", help=_("language of the screens"))
    window.add_argument("--new", metavar="CHANNEL", help=_("begin a record, such as “phone”"))
    window.add_argument("--from", metavar="NUMBER", help=_("the caller’s number; “-” reads it from input"))
    window.add_argument("--demo", action="store_true", help=_("fictitious sample data in a folder apart"))
    window.add_argument("--practise", action="store_true", help=_("a folder apart, for practice only"))
    found.add_argument("--data-dir", metavar="DIR", help=_("the data folder"), default=None)
    of = found.add_subparsers(dest="command", required=True, metavar=_("SUB-COMMAND"))

    one = of.add_parser("import-services", parents=[common], help=_("bring care services in from files"))
    one.add_argument("files", nargs="+", metavar="FILE")
    one.add_argument("--older", action="store_true", help=_("also an edition older than the one held"))
    one.add_argument("--share", action="store_true", help=_("give it to the other computers through the hub"))

    one = of.add_parser("import-mail", parents=[common], help=_("bring emails in from files or folders"))
    one.add_argument("files", nargs="+", metavar="FILE-OR-FOLDER")

    one = of.add_parser("fetch-mail", parents=[common], help=_("fetch what is new in the shared mailbox"))
    one.add_argument("--message", default="", help=argparse.SUPPRESS)
    of.add_parser(
        "sign-in-mailbox",
        parents=[common],
        help=_("sign in to the shared mailbox by a code, as Microsoft has it"),
    )

    responses.add_parsers(of, common)

    one = of.add_parser(
        "keep-attachments", parents=[common], help=_("keep the files of an email with its record")
    )
    one.add_argument("--message", required=True)
    one.add_argument("--draft", required=True)

    one = of.add_parser("export", parents=[common], help=_("write all records to a file"))
    one.add_argument("--format", choices=("jsonl", "csv", "xlsx", "html"), required=True)
    one.add_argument("out", metavar="OUT")
    one.add_argument("--encrypt", action="store_true", help=_("write an encrypted package instead"))
    one.add_argument("--with-persons", action="store_true", help=_("also names and numbers; needs --reason"))
    one.add_argument("--with-equality", action="store_true", help=_("also equality answers; needs --reason"))
    one.add_argument("--events", action="store_true", help=_("the events alone, a row for each"))
    one.add_argument("--reason", default="", help=_("why; it is written down"))
    one.add_argument("--passphrase-file", metavar="FILE", default="", help=_("the package’s passphrase"))

    one = of.add_parser("print-forms", parents=[common], help=_("write forms of paper as a web page"))
    one.add_argument("out", metavar="OUT")
    one.add_argument("--language", metavar="TAG", default="en", help=_("language of the forms, such as “ur”"))
    one.add_argument("--no-english", action="store_true", help=_("without the English beside it"))
    one.add_argument("--size", type=int, default=12, metavar="POINTS", help=_("size of the letters"))
    one.add_argument("--kind", choices=("feedback", "enquiry"), default="feedback")
    one.add_argument("--short", action="store_true", help=_("only the questions that are needed most"))
    one.add_argument("--no-equality", action="store_true", help=_("without the equality questions"))
    one.add_argument("--event", default="", metavar="NAME", help=_("printed on each form"))
    one.add_argument("--count", type=int, default=1, metavar="COUNT", help=_("how many"))
    one.add_argument("--from", dest="first", type=int, default=1, metavar="NUMBER", help=_("first number"))

    one = of.add_parser("unpack", parents=[common], help=_("open an encrypted export"))
    one.add_argument("package", metavar="PACKAGE")
    one.add_argument("out", metavar="OUT")
    one.add_argument("--passphrase-file", metavar="FILE", default="", help=_("the package’s passphrase"))

    of.add_parser("sync", parents=[common], help=_("one round with the hub"))
    one = of.add_parser("status", parents=[common], help=_("what this computer holds"))
    one.add_argument("--json", action="store_true")
    one = of.add_parser("check-store", parents=[common], help=_("is everything whole"))
    one.add_argument("--mend", action="store_true", help=_("mend what can be mended"))

    one = of.add_parser("enrol", parents=[common], help=_("join an organisation’s hub"))
    one.add_argument("--hub", metavar="URL", default="")
    one.add_argument("--code", required=True, metavar="CODE")
    one.add_argument("--send-earlier", action="store_true", help=_("also send records taken before"))

    one = of.add_parser("back-up", parents=[common], help=_("back everything up into one encrypted file"))
    one.add_argument("target", metavar="FOLDER")
    one = of.add_parser("restore", parents=[common], help=_("put a backup into an empty data folder"))
    one.add_argument("package", metavar="PACKAGE")
    one.add_argument("--recovery-code", action="store_true", help=_("read a recovery code, not a passphrase"))
    one = of.add_parser("make-demo", parents=[common], help=_("fictitious sample data in a folder apart"))
    one.add_argument("--records", type=int, default=60, metavar="COUNT")
    return found


def _common() -> _Parser:
    common = _Parser(add_help=False)
    # SUPPRESS: what was said before the sub-command is not overwritten by a default behind it.
    common.add_argument("--data-dir", metavar="DIR", default=argparse.SUPPRESS, help=_("the data folder"))
    common.add_argument("--key-stdin", action="store_true", help=argparse.SUPPRESS)
    common.add_argument("--secret-stdin", action="store_true", help=_("read the passphrase from input"))
    common.add_argument("--progress-json", action="store_true", help=argparse.SUPPRESS)
    return common
