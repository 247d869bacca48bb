"""Editing one page and adding one, in Russian like all of the office."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons import EditCancel, EditField, EditMore, EditPage, EditSave, FieldGroup, Open
from bot.views.history import undo_button
from bot.views.text import bold, plain
from bot.views.view import Row, View, button, keyboard, lines, pairs, paragraphs
from directory.edit import CLEAR, Proposal, Step
from directory.file.columns import PAGE_COLUMNS, PAGES
from directory.store.drafts import Draft

_GROUP_NAMES: dict[FieldGroup, str] = {
    "place": "Что это и где",
    "links": "Ссылки",
    "other": "Отметки и прочее",
}
_GROUPS = {
    group: [column.name for column in PAGES.values() if column.group == group]
    for group in _GROUP_NAMES
}
"""The fields that can be edited, as they are offered; a page's id never changes."""

COLUMNS = frozenset(column for columns in _GROUPS.values() for column in columns)

QUESTION = "Новое значение: "
"""What every question for a field begins with, before the field's name."""

MEANWHILE = "Эту страницу тем временем изменили. Посмотрите ещё раз, что получится."


def fields(draft: Draft, title: str, group: FieldGroup) -> View:
    """The choice of a field; `title` is the page's, empty for a new one."""
    heading = f"Правка: {bold(title)}" if title else "<b>Новая страница</b>"
    text = paragraphs(heading, f"{_GROUP_NAMES[group]}. Выберите поле, которое хотите изменить.")
    offered = [button(PAGE_COLUMNS[c], EditField(draft=draft.id, column=c)) for c in _GROUPS[group]]
    others = [
        button(f"{words} →", EditMore(draft=draft.id, group=other))
        for other, words in _GROUP_NAMES.items()
        if other != group
    ]
    return View(text, keyboard([*pairs(offered), others, [_cancel(draft)]]))


def question(column: str) -> str:
    """The question for a field, in plain text."""
    return f"{QUESTION}{PAGE_COLUMNS[column]}"


def hints(column: str, now: str, categories: Sequence[str], wrong: str = "") -> list[str]:
    """What helps to answer: what was `wrong` with the last try, the present value, the form."""
    takes = PAGES[column].meaning
    if column == "category" and categories:
        takes = f"Бывает: {', '.join(map(plain, categories[:20]))}."
    how = "Ответьте на это сообщение"
    clears = "" if column == "title" else f"; слово «{CLEAR}» сотрёт значение"
    refused = f"Не подходит: {plain(wrong, 300)}." if wrong else ""
    return [refused, f"Сейчас: {plain(now, 300) or 'пусто'}", takes, f"{how}{clears}."]


def proposal(draft: Draft, of: Proposal, *, above: str = "") -> View:
    """The preview: было → стало, what is wrong or odd, and the buttons that decide.

    What cannot be saved has no button to save it. `above` is plain text to begin with.
    """
    title = of.before.title if of.before else ""
    heading = f"Правка: {bold(title)}" if title else "<b>Новая страница</b>"
    text = paragraphs(
        plain(above),
        heading,
        "\n\n".join(_step(step, new=of.before is None) for step in of.steps),
        "" if of.steps else "Пока ничего не изменено.",
        lines(*[f"Обратите внимание: {plain(why, 300)}." for why in of.warnings]),
        lines(*[f"Сохранить нельзя: {plain(refused.text, 300)}." for refused in of.refused]),
    )
    rows: list[Row] = []
    if of.changes and not of.refused:
        rows.append([button("Сохранить", EditSave(draft=draft.id))])
    rows.append([button("Изменить ещё поле", EditMore(draft=draft.id))])
    rows.append([_cancel(draft)])
    return View(text, keyboard(rows))


def saved(title: str, page: str, revision: int, *, new: bool) -> View:
    """The edit is done."""
    what = "добавлена" if new else "изменена"
    text = f"Сохранено: страница {bold(title)} {what}, изменение {revision}."
    rows: list[Row] = [
        [undo_button(revision)],
        [button("Открыть карточку", Open(page=page)), button("Изменить ещё", EditPage(page=page))],
    ]
    return View(text, keyboard(rows))


def cancelled(draft: Draft) -> View:
    """The edit is given up."""
    rows: list[Row] = [[button("Открыть карточку", Open(page=draft.page))]] if draft.page else []
    return View("Отменено: ничего не изменилось.", keyboard(rows))


def gone() -> str:
    """The notice that the draft is no more."""
    return _("This edit was saved, cancelled or begun anew already.")


def no_page() -> View:
    """The page is no more."""
    return View("Такой страницы в справочнике больше нет.")


def foreign(title: str, given: str) -> View:
    """The page is not this person's to edit."""
    return View(f"Страница {bold(title)} вне ваших прав; вам поручено: {plain(given)}.")


def _step(step: Step, *, new: bool) -> str:
    name = f"<b>{PAGE_COLUMNS[step.column]}</b>"
    after = plain(step.after, 300) or "пусто"
    if new:
        return f"{name}: {after}"
    return lines(name, f"было: {plain(step.before, 300) or 'пусто'}", f"стало: {after}")


def _cancel(draft: Draft) -> InlineKeyboardButton:
    return button("Отменить правку", EditCancel(draft=draft.id))
