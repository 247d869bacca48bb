"""`python -m bench.offices`: how made-up office files are read, row by row."""

from __future__ import annotations

import argparse

from bench.offices.judging import judged

FILES = 2_000


def print_offices(count: int = FILES, first: int = 0, worst: int = 10) -> None:
    """Print how so many files are read: the shares of rows, and what is wrong in silence."""
    score = judged(range(first, first + count))
    print(f"\noffice files: {score.files}, rows that a careful person would take: {score.rows}")
    for name, rows in (
        ("read right", score.right),
        ("asked about, the whole file", score.asked),
        ("named in a warning or a refusal", score.named),
        ("wrong in silence", len(score.wrong)),
        ("rows not accounted for", score.lost),
    ):
        print(f"{name:36}{rows:8}{rows / score.rows:9.2%}")
    for line in score.wrong[:worst]:
        print(f"  {line}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.offices", description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first file")
    parser.add_argument("--worst", type=int, default=10, help="wrong rows that are named")
    chosen = parser.parse_args()
    print_offices(chosen.files, chosen.first, chosen.worst)


if __name__ == "__main__":
    main()
