"""Errors of the commands as one line of Russian."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

from directory.imports.read import UnreadableError
from directory.store.copies import DamagedError
from directory.store.database import fault_of
from directory.store.faults import DatabaseLostError, DatabaseUrlError, Fault

_BUSY = "база занята другим процессом; подождите, пока он закончит, и повторите"
_READ_ONLY = "база или её папка недоступна для записи; проверьте права и DATABASE_URL"
_NO_SPACE = (
    "кончилось место на диске; в справочнике ничего не изменено: освободите место и повторите"
)
_NOT_OURS = (
    "файл базы повреждён или это не база справочника; проверьте DATABASE_URL или верните копию"
)

_BY_CODE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "базу не удалось открыть; проверьте DATABASE_URL и права на папку",
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_IOERR: "диск не записал или не прочитал базу: проверьте, есть ли на нём место",
    sqlite3.SQLITE_NOTADB: _NOT_OURS,
    sqlite3.SQLITE_CORRUPT: _NOT_OURS,
}

_BY_FAULT = {
    Fault.FULL: _NO_SPACE,
    Fault.READ_ONLY: "на сервере нет прав менять эту базу; проверьте пользователя в DATABASE_URL",
    Fault.LOCKED: _BUSY,
    Fault.BROKEN: "сервер не читает или не пишет свои файлы; смотрите его журнал",
}
"""What a server may say; a file's errors are told apart more finely."""

_BY_ERRNO = {
    errno.ENOENT: "нет такого файла или папки",
    errno.EACCES: "нет доступа; проверьте права",
    errno.EPERM: "нет доступа; проверьте права",
    errno.EISDIR: "это папка, а нужен файл",
    errno.ENOTDIR: "в пути вместо папки стоит файл",
    errno.EROFS: "диск открыт только для чтения",
    errno.ENOSPC: "кончилось место на диске; освободите его и повторите",
    errno.EFBIG: "файл вышел больше, чем здесь разрешено",
}


def in_words(error: Exception) -> str:
    """What is wrong and what to do."""
    if isinstance(error, UnreadableError | DatabaseUrlError | DamagedError):
        return str(error)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # Extended codes keep the plain one in their lowest byte.
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return f"База данных: {_BY_CODE.get(code, cause)}."
    if isinstance(error, DatabaseLostError) and error.why:
        return f"База данных недоступна ({error.why}); проверьте DATABASE_URL или повторите позже."
    if fault := fault_of(error):
        return f"База данных: {_BY_FAULT[fault]}."
    if isinstance(error, OSError):
        if error.errno is None:
            return f"База данных: {_BY_CODE[sqlite3.SQLITE_CANTOPEN]} ({error})."
        what = f"«{error.filename}»: " if error.filename else ""
        return f"{what}{_BY_ERRNO.get(error.errno, error.strerror)}."
    return f"Неожиданная ошибка ({type(error).__name__}): {error}"
