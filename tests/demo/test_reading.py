"""A content file that does not fit is refused with the place named."""

from dataclasses import dataclass
from typing import Literal

import pytest

from bancheng.config.demo.reading import BadContent, Raw, build
from bancheng.config.demo.steps import Reply, read_step


@dataclass(frozen=True)
class Shop:
    code: str
    size: Literal["small", "large"]
    open: bool = False
    rooms: tuple[int, ...] = ()
    owner: str | None = None


def test_text_becomes_the_declared_types() -> None:
    raw: Raw = {"code": "0012", "size": "small", "open": "true", "rooms": ["1", "2"], "owner": ""}

    assert build(Shop, raw, "shop") == Shop("0012", "small", True, (1, 2), None)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"code": "1"}, "shop: Shop needs size"),
        ({"code": "1", "size": "small", "colour": "red"}, "shop: Shop knows no colour"),
        ({"code": "1", "size": "huge"}, "shop.size: 'huge' is not one of small, large"),
        ({"code": "1", "size": "small", "open": "yes"}, "shop.open: 'yes' is neither"),
        ({"code": "1", "size": "small", "rooms": ["x"]}, r"shop.rooms\[0\]: 'x' is no int"),
        ({"code": "1", "size": "small", "rooms": "3"}, "shop.rooms: a list is needed"),
        ({"code": ["1"], "size": "small"}, "shop.code: a single value is needed"),
        ("1", "shop: a mapping is needed"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(raw: Raw, message: str) -> None:
    with pytest.raises(BadContent, match=message):
        build(Shop, raw, "shop")


def test_a_step_is_read_as_its_own_kind() -> None:
    step = read_step(
        {"do": "reply", "t": ["1", "30"], "answer": "已办", "solved": "yes", "outcome": "done"}, "s"
    )

    assert isinstance(step, Reply)
    assert (step.day, step.minute, step.role) == (1, 30, "dept_handler")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"do": "dance", "t": ["0", "1"]}, "no step is called 'dance'"),
        ({"do": "sign", "t": ["0", "421"]}, "no working day and minute"),
        ({"do": "sign", "t": ["0"]}, "no working day and minute"),
        ({"do": "sign", "t": ["0", "1"], "note": "x"}, "Sign knows no note"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(raw: Raw, message: str) -> None:
    with pytest.raises(BadContent, match=message):
        read_step(raw, "s")
