"""Run every command of the README's shell and Python blocks, as a reader would; stop at the first that fails.

``./run test`` and ``./run report`` are left out: CI runs them as steps of their own.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN_STEPS = ("./run test", "./run report")


def main() -> int:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for language, block in re.findall(r"```(sh|python)\n(.*?)```", text, flags=re.DOTALL):
        calls = [[sys.executable, "-c", block]] if language == "python" else [["sh", "-c", c] for c in commands(block)]
        for call in calls:
            print("$", call[-1] if language == "sh" else "python (the README's example)", flush=True)
            if subprocess.run(call, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
                print(f"the README's command failed: {call[-1]}", file=sys.stderr)
                return 1
    return 0


def commands(block: str) -> list[str]:
    """The lines of a shell block that are commands and no steps of their own."""
    return [line for line in block.splitlines() if line.strip() and line.strip() not in OWN_STEPS]


if __name__ == "__main__":
    sys.exit(main())
