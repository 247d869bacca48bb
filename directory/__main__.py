"""`python -m directory`: the commands."""

import sys

from directory.cli import main

if __name__ == "__main__":
    sys.exit(main())
