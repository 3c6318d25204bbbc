"""Every page and dialog of the window in every language at both sizes: nothing may be cut off.

python3 dev.py prove languages
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
WHOLE = ROOT / "tests" / "ui" / "languages" / "whole_matrix.py"


def main() -> int:
    import pytest

    return int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", str(WHOLE)]))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    sys.exit(main())
