"""A small made-up directory for the tests of the search. No name in it is of a real page."""

from __future__ import annotations

from directory.model import SETTLEMENT, Level, Page, Status, Territory
from directory.search.index import Index
from directory.territories import Territories

TERRITORIES = Territories(
    [
        Territory(1, "Придуманная область", None, "область"),
        Territory(2, "Кракозябский муниципальный округ", 1, "муниципальный округ", "Кракозябово",
                  former_names=("Бурмистровский район",)),
        Territory(3, "с. Кракозябово", 2, SETTLEMENT),
        Territory(4, "Город Выдумск", 1, "город"),
        Territory(5, "г. Выдумск", 4, SETTLEMENT),
        Territory(6, "Тридевятый муниципальный округ", 1, "муниципальный округ"),
        Territory(7, "д. Ложкино", 6, SETTLEMENT),
    ]
)  # fmt: skip

MUNICIPAL = Level.MUNICIPAL
PAGES = [
    Page("governor", "Пётр Небывалов", "Губернатор Придуманной области", level=Level.REGIONAL,
         territory=1, person="Небывалов Пётр Иванович", post="Губернатор Придуманной области"),
    Page("head", "Глава Кракозябского округа", level=MUNICIPAL, territory=2,
         person="Выдумщикова Анна Сергеевна", post="Глава Кракозябского муниципального округа"),
    Page("city-hall", "Администрация города Выдумска", level=MUNICIPAL, territory=5),
    Page("ministry", "Министерство здравоохранения Придуманной области", level=Level.REGIONAL,
         territory=1),
    Page("school-5", "МБОУ «СОШ № 5» г. Выдумска", level=MUNICIPAL, territory=5,
         person="Сочинённый Иван Петрович", post="директор"),
    Page("school-15", "МБОУ «СОШ № 15» г. Выдумска", level=MUNICIPAL, territory=5),
    Page("school-5-village", "Школа № 5 с. Кракозябово", level=MUNICIPAL, territory=3),
    Page("arts-5", "Детская школа искусств № 5", level=MUNICIPAL, territory=5),
    Page("garden", "МБДОУ «Теремок»", "Детский сад «Теремок» села Кракозябова", level=MUNICIPAL,
         territory=3, aliases=("Кракозябский детсад",)),
    Page("garden-old", "Детский сад «Теремок» д. Ложкино", level=MUNICIPAL, territory=7,
         status=Status.CLOSED),
    Page("hospital", "ГБУ «Кракозябская ЦРБ»", level=MUNICIPAL, territory=3),
    Page("children", "Детская больница г. Выдумска", level=MUNICIPAL, territory=5),
    Page("club", "Ложкинский СДК", level=MUNICIPAL, territory=7),
    Page("secret", "Тайная канцелярия", level=MUNICIPAL, territory=5, status=Status.HIDDEN),
    Page("abolished", "Упразднённая палата", level=MUNICIPAL, territory=5, status=Status.RETIRED),
]  # fmt: skip

INDEX = Index.build(PAGES, TERRITORIES)
