"""How a query was read and what each rule gave, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from directory.search.answer import Answer
from directory.search.query import Query
from directory.search.ranking import RULES
from directory.search.segment import Segment

if TYPE_CHECKING:
    from directory.search.candidates import Candidate

SHOWN = 5


def explain(
    query: Query | None, found: list[Candidate], segments: Sequence[Segment], answer: Answer
) -> str:
    """The explanation, many lines of Russian."""
    if query is None:
        return "Слов в запросе нет."
    lines = [f"Вердикт: {answer.verdict.value}", *_reading(query, segments)]
    if answer.place:
        first = "; первыми — его власть и глава" if answer.place.authorities else ""
        lines.append(f"Место: {answer.place.name}{first}")
    if answer.lacking:
        lines.append(f"Такой страницы пока нет: {answer.lacking.name}")
    for place, each in enumerate(found[:SHOWN], 1):
        lines += _ranking(place, each, query, segments)
    return "\n".join(lines)


def _reading(query: Query, segments: Sequence[Segment]) -> list[str]:
    """How the query was read: as a whole, then term by term."""
    lines = [f"Прочитано: {query.text}"]
    if query.text_read != query.typed:
        lines.append(f"В другой раскладке или письменности: {query.text_read}")
    if dropped := (*query.silent, *query.aside):
        lines.append("Не учтено: " + ", ".join(dropped))
    if numbers := [term.text for term in query.terms if term.decisive]:
        lines.append("Число: " + ", ".join(numbers))
    if kinds := [term.text for term in query.terms if term.is_kind]:
        lines.append("Вид: " + ", ".join(kinds))
    if places := sorted(p for p in query.places if any(s.places([p]) for s in segments)):
        lines.append("Может быть местом: " + ", ".join(places))
    if query.network:
        lines.append(f"Сеть: {query.network}")
    if query.need:
        lines.append(f"Нужда: {query.need} — {', '.join(query.served_by)}")
    if query.initials:
        lines.append("Инициалы: " + " ".join(query.initials))
    total = sum(term.weight for term in query.terms)
    for term in query.terms:
        options = "; ".join(
            f"{o.how.value} ×{o.worth:.2f}{'' if o.sure else ' (догадка)'}:"
            f" {o.prefix + '…' if o.prefix else ', '.join(o.keys)}"
            for o in term.options
        )
        typed = "" if term.typed == term.text else f" (набрано «{term.typed}»)"
        share = f"  {term.weight / total:4.0%} «{term.text}»{typed}"
        lines.append(f"{share}  {options or 'нет такого слова'}")
    return lines


def _ranking(
    place: int, each: Candidate, query: Query, segments: Sequence[Segment]
) -> Iterable[str]:
    """What a hit has of each term, and what each rule gave it."""
    title = segments[each.segment].title(each.page)
    yield (
        f"{place}. {title} — покрыто {each.covered:.3f}, уверенно {each.sure:.3f},"
        f" всего {each.total:.3f}"
    )
    worths = [each.ranked.parts.worth(n)[each.column] for n in range(len(query.terms))]
    words = [f"«{t.text}» {worth:.2f}" for t, worth in zip(query.terms, worths, strict=True)]
    yield "     " + ", ".join(words)
    gave = each.ranked.of_rules(each.column)
    rules = [f"{rule} {value:.2f}" for rule, value in zip(RULES, gave, strict=True)]
    yield "     " + ", ".join(rules)
