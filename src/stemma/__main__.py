"""``python -m stemma`` is the command ``stemma``."""

from stemma.cli import main

main()
