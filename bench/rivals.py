"""What one would otherwise search with, each behind one call: a query → ids, best first.

They search what they can be given without a language of their own: the title, or the title, the
legal name, the place, the person and the post as one text.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from directory.model import Page
from directory.territories import Territories

Search = Callable[[str], list[str]]
TOP = 3


def texts(pages: Sequence[Page], territories: Territories) -> list[str]:
    """All of each page that is searched, as one text."""
    return [
        " ".join(
            (
                *(page.title, page.full_name, page.person, page.post, *page.aliases),
                *(territory.name for territory in territories.path(page.territory)),
            )
        )
        for page in pages
    ]


def rapidfuzz_extract(pages: Sequence[Page], _territories: Territories) -> Search:
    """`process.extract` over the titles with its default scorer, WRatio: the usual bot."""
    titles = [page.title.lower() for page in pages]

    def search(query: str) -> list[str]:
        found = process.extract(query.lower(), titles, limit=TOP)
        return [pages[place].id for _, _, place in found]

    return search


def rapidfuzz_tokens(pages: Sequence[Page], territories: Territories) -> Search:
    """`token_set_ratio` over the titles."""
    titles = [page.title.lower() for page in pages]

    def search(query: str) -> list[str]:
        found = process.extract(query.lower(), titles, scorer=fuzz.token_set_ratio, limit=TOP)
        return [pages[place].id for _, _, place in found]

    return search


def fts5(pages: Sequence[Page], territories: Territories) -> Search:
    """SQLite's FTS5: any of the words, each as a prefix, by bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE page USING fts5(text, prefix='2 3 4')")
    db.executemany("INSERT INTO page(text) VALUES (?)", ((t,) for t in texts(pages, territories)))

    def search(query: str) -> list[str]:
        words = re.findall(r"\w+", query)
        if not words:
            return []
        asked = " OR ".join(f'"{word}"*' for word in words)
        rows = db.execute(
            "SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?", (asked, TOP)
        )
        return [pages[number - 1].id for (number,) in rows]

    return search


def tantivy(pages: Sequence[Page], territories: Territories) -> Search:
    """tantivy with its Russian stemmer and one error a word. `ImportError` where it is not."""
    import tantivy as engine

    schema = engine.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="ru_stem")
    schema.add_unsigned_field("place", stored=True)
    index = engine.Index(schema.build())
    writer = index.writer()
    for place, text in enumerate(texts(pages, territories)):
        writer.add_document(engine.Document(text=text, place=place))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[str]:
        asked = " ".join(re.findall(r"\w+", query))
        parsed, _ = index.parse_query_lenient(
            asked, ["text"], fuzzy_fields={"text": (True, 1, True)}
        )
        hits = searcher.search(parsed, TOP).hits
        return [pages[searcher.doc(address)["place"][0]].id for _, address in hits]

    return search


def postgresql(url: str) -> Callable[[Sequence[Page], Territories], Search]:
    """PostgreSQL at `url`: Russian full-text search, and pg_trgm where that finds nothing."""

    def build(pages: Sequence[Page], territories: Territories) -> Search:
        import psycopg

        db = psycopg.connect(url, autocommit=True)
        db.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        db.execute("CREATE TEMP TABLE page (place int, text text, words tsvector)")
        with db.cursor() as cursor, cursor.copy("COPY page (place, text) FROM STDIN") as copy:
            for row in enumerate(texts(pages, territories)):
                copy.write_row(row)
        db.execute("UPDATE page SET words = to_tsvector('russian', text)")
        db.execute("CREATE INDEX ON page USING gin (words)")
        db.execute("CREATE INDEX ON page USING gist (text gist_trgm_ops)")
        db.execute("ANALYZE page")

        def search(query: str) -> list[str]:
            rows = db.execute(
                "SELECT place FROM page, plainto_tsquery('russian', %s) asked"
                " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT %s",
                (query, TOP),
            ).fetchall()
            if not rows:
                rows = db.execute(
                    "SELECT place FROM page ORDER BY %s <<-> text LIMIT %s", (query, TOP)
                ).fetchall()
            return [pages[place].id for (place,) in rows]

        return search

    return build
