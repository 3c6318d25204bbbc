"""``python -m intake_app.cli``: the sub-commands alone, for a computer without a screen."""

import sys

from intake_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
