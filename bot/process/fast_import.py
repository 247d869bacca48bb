"""Import aiogram in a quarter of the time that it takes by itself.

aiogram completes each of its 400 pydantic models as it is imported, and each anew with all the
models it refers to: fifteen seconds on a small machine. Deferred (pydantic's own `defer_build`),
they are completed at their first use, a few tenths of a second for each of the few that a bot
needs. All they lack for that is the names their annotations refer to, which aiogram knows only at
the end of its import.
"""

from __future__ import annotations

import sys
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel, ConfigDict


def import_aiogram() -> None:
    """Import aiogram so that its models are completed at their first use.

    Does nothing when aiogram is there already: all else works the same either way.
    """
    if "aiogram" in sys.modules:
        return
    config, complete = BaseModel.model_config, BaseModel.__dict__["model_rebuild"]
    BaseModel.model_config = ConfigDict(defer_build=True)
    BaseModel.model_rebuild = classmethod(lambda cls, **_options: None)  # type: ignore[assignment,method-assign]
    try:
        from aiogram import types
    finally:
        BaseModel.model_config = config
        BaseModel.model_rebuild = complete  # type: ignore[method-assign]

    from aiogram.client.default import Default
    from aiogram.methods import Response, TelegramMethod
    from aiogram.types import TelegramObject

    names = {name: getattr(types, name) for name in types.__all__}
    names |= {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal}
    names["Default"] = Default

    def complete_by_name(cls: type[BaseModel], /, **options: Any) -> bool | None:
        options.pop("_parent_namespace_depth", None)
        result: bool | None = complete.__func__(cls, **options | {"_types_namespace": names})
        return result

    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(complete_by_name)  # type: ignore[assignment]
