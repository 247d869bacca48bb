"""The plot of quality against latency."""

from __future__ import annotations

from pathlib import Path

OURS = "directory.search"


def plot(points: dict[str, list[tuple[str, float, float]]], path: Path) -> None:
    """One panel a corpus: (engine, share of right first pages, median ms) as points; a PNG file."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(
        1, len(points), figsize=(6.4 * len(points), 4.8), squeeze=False, sharey=True
    )
    for panel, (name, engines) in zip(panels[0], points.items(), strict=True):
        for engine, quality, median in engines:
            ours = engine == OURS
            panel.scatter(median, quality, s=90 if ours else 40, marker="*" if ours else "o")
            panel.annotate(
                engine, (median, quality), xytext=(6, -3), textcoords="offset points", fontsize=8
            )
        panel.set_xscale("log")
        panel.margins(x=0.35)
        panel.set_ylim(0, 1.05)
        panel.set_title(name)
        panel.set_xlabel("median time of a query, ms (logarithmic)")
        panel.grid(visible=True, alpha=0.3)
    panels[0][0].set_ylabel("right page first, share of queries")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
