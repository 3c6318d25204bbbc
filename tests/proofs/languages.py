"""Every page and dialog of the window in every language at both sizes: nothing may be cut off.

python3 dev.py prove languages
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHOLE = Path("tests", "ui", "languages", "whole_matrix.py")


def main() -> int:
    env = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    return subprocess.call([sys.executable, "-m", "pytest", "-q", "-s", str(WHOLE)], cwd=ROOT, env=env)


if __name__ == "__main__":
    sys.exit(main())
