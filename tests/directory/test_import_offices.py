"""Made-up office files of all shapes, read, checked and planned: nothing wrong in silence."""

from __future__ import annotations

import pytest

from bench.offices.judging import Score, judged


@pytest.fixture(scope="module")
def score() -> Score:
    return judged(range(160))


@pytest.mark.slow
def test_rows_of_office_files_are_read_right(score: Score) -> None:
    assert score.rows > 2_000
    assert score.right >= 0.97 * score.rows
    assert len(score.wrong) <= 0.002 * score.rows, score.wrong[:5]


@pytest.mark.slow
def test_every_filled_row_of_office_files_is_read_or_named(score: Score) -> None:
    assert score.lost == 0
