"""Which page each row is about; rows are refused where that is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from directory.imports import likeness
from directory.imports.draft import RowDraft
from directory.imports.match import AmbiguousError, Matcher, name_key
from directory.imports.problems import ProblemKind
from directory.imports.read import Row
from directory.imports.read.book import Skipped, SkipReason
from directory.model import Page
from directory.translation import quoted, say


class Identities:
    """The pages of the rows of one table; `pages` are those of the directory by id."""

    def __init__(self, pages: Mapping[str, Page], matcher: Matcher) -> None:
        self._pages = pages
        self._matcher = matcher
        self.taken: dict[str | int, tuple[int, int]] = {}
        """Number and cell hash of the row that took each page: by the page's id, or by that hash
        for a new page without one."""
        self.seen: set[str] = set()
        """The pages that the file names, also in refused rows."""
        self.renamed = {p.id: p.merged_into for p in pages.values() if p.merged_into}
        """Ids that the file uses for pages that have others."""
        self._former_titles = {
            (p.merged_into, name_key(p.title)) for p in pages.values() if p.merged_into
        }
        """Names of merged pages, with the pages that they lead to."""
        self.skipped: list[Skipped] = []
        """Rows that say just what an earlier one does."""

    def page_of(self, draft: RowDraft, is_as: Callable[[RowDraft, Page], bool]) -> Page | None:
        """The page that a draft is about, None for a new one.

        Of several the one that `is_as` the draft says already. Raises `AmbiguousError`.
        """
        found = self._matcher.find(draft)
        self.seen.update(page.id for page in found)
        if len(found) > 1:
            as_it_is = [page for page in found if is_as(draft, page)]
            if len(as_it_is) != 1:
                listed = "; ".join(f"{page.id} — {quoted([page.title])}" for page in found[:5])
                if len(found) > 5:
                    listed += " " + say("и ещё {n}", n=len(found) - 5)
                raise AmbiguousError(
                    say(
                        "подходят несколько страниц: {pages}; впишите в «Код», какая это",
                        pages=listed,
                    )
                )
            found = as_it_is
        if not found:
            return None
        if (found[0].id, name_key(draft.given("title") or "")) in self._former_titles:
            draft.values.pop("title")  # it is known by that name, and is not called so
        stated = draft.given("id")
        if stated and stated != found[0].id:
            merged = stated in self._pages
            self.renamed[stated] = found[0].id
            about = {"id": found[0].id, "title": found[0].title}
            why = (
                say("её объединили со страницей {id} — «{title}», строка о той", **about)
                if merged
                else say("такого кода нет; по ссылке это страница {id} — «{title}»", **about)
            )
            draft.warn("id", stated, why)
        return found[0]

    def is_repeated(self, draft: RowDraft, row: Row, before: Page | None) -> bool:
        """Whether an earlier row says the same, or contradicts, which is a refusal."""
        cells = hash(tuple(row.cells))
        key = before.id if before else draft.given("id") or cells
        if key not in self.taken:
            self.taken[key] = row.number, cells
            return False
        number, as_before = self.taken[key]
        if cells == as_before:
            self.skipped.append(Skipped(row.sheet, row.number, SkipReason.REPEATED_ROW))
        else:
            why = say("о той же странице говорит строка {row}: оставьте одну из них", row=number)
            column = "id" if draft.given("id") else "title"
            draft.refuse(column, draft.given(column) or "", why)
        return True

    def is_anothers_id(self, draft: RowDraft, before: Page) -> bool:
        """Ask when a row states the id of a page that it has nothing else in common with."""
        title = draft.given("title")
        if draft.given("id") != before.id or not title or likeness.same_name(title, before.title):
            return False
        given = {link for _slot, link in draft.links()}
        has = {link.link for link in before.links}
        if given & has or (not (given and has) and not before.id.isdecimal()):
            return False
        why = say(
            "код {id} — это «{title}», а в строке другое название и другие ссылки: исправьте код,"
            " или, если коды этого файла — не коды справочника, не читайте столбец",
            id=before.id,
            title=before.title,
        )
        draft.refuse("id", before.id, why, ProblemKind.FOREIGN_ID)
        return True

    def is_nameless(self, draft: RowDraft, before: Page | None, *, replaces: bool) -> bool:
        """Whether the row has no name that can be used, which is a refusal.

        `replaces`: an empty cell would clear the name of a known page.
        """
        title = draft.given("title")
        if not (before or title):
            stated = draft.given("id")
            if stated and self._matcher.is_unknown(stated):
                why = say("такого кода нет в справочнике, и названия в строке нет: проверьте код")
                draft.refuse("id", stated, why)
            else:
                draft.refuse("title", "", say("нет названия: впишите его или уберите строку"))
        elif before is None and not any(map(str.isalpha, title)):
            draft.refuse("title", title, say("в названии нет ни одной буквы: впишите название"))
        elif replaces and draft.values.get("title", "") is None:
            draft.refuse("title", "", say("нет названия: впишите его"))
        else:
            return False
        return True
