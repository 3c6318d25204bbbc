"""Entry point ``intake``: hands sub-commands to the CLI without loading Qt, else opens the window."""

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. ``arguments`` are those after the program's name."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # No plugin of pydantic is wanted, and looking for one reads what each installed package says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from ui.command_line import parse

    options = parse(given)
    if options is None:
        from intake_app.cli import main as command_line
        from ui.messages import sentence

        return command_line(given, sentence)
    from ui.plain_imports import use_plain_imports

    gc.disable()  # nothing to find while modules are loaded; ui.garbage takes over after the first paint
    use_plain_imports()
    from ui.start import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
