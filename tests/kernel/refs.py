"""Halls that no database knows."""

from uuid import UUID

from bancheng.kernel.hall import HallRef, Level


def hall_named(slug: str) -> HallRef:
    return HallRef(
        id=UUID(int=len(slug)),
        schema_name=f"h_{slug}",
        slug=slug,
        name=slug,
        desk_name="“办不成事”反映窗口",
        level=Level.STREET,
        network_id=UUID(int=0),
        network_name="云江市",
        parent_id=None,
        host=f"{slug}.localhost",
    )


A, B = hall_named("binhe"), hall_named("guzhen")
