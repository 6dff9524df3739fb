"""CUDA_VISIBLE_DEVICES as the driver reads it, with the examples of its documentation."""

import pytest

from wslgo.machine.host import Card
from wslgo.machine.visible_devices import Visible, is_none, visible_devices

CARDS = tuple(
    Card(number, f"card {number}", uuid=f"GPU-{uuid}-d72c-4106-c12f-20bd9faed9f6")
    for number, uuid in enumerate(("8932f937", "8932aaaa", "12345678"))
)


@pytest.mark.parametrize(
    ("value", "visible"),
    [
        ("2,1", Visible((2, 1), "", has_numbers=True)),
        ("0,2,-1,1", Visible((0, 2), "-1", has_numbers=True)),
        ("GPU-8932f937-d72c-4106-c12f-20bd9faed9f6", Visible((0,))),
        ("GPU-8932f", Visible((0,))),
        ("gpu-8932f", Visible((), "gpu-8932f")),
        ("GPU-8932F", Visible((0,))),
        ("GPU-8932", Visible((), "GPU-8932")),
        ("GPU-", Visible((), "GPU-")),
        ("", Visible((), "")),
        ("all", Visible((), "all")),
        (" 0 , 1 ", Visible((0, 1), "", has_numbers=True)),
        ("1,9,0", Visible((1,), "9", has_numbers=True)),
        ("MIG-GPU-8932f937-d72c-4106-c12f-20bd9faed9f6/1/2", None),
    ],
)
def test_a_list_ends_at_the_first_item_that_names_no_card(value: str, visible: Visible | None) -> None:
    assert visible_devices(value, CARDS) == visible


def test_a_uuid_is_not_judged_where_those_of_the_cards_are_unknown() -> None:
    assert visible_devices("GPU-8932", (Card(0, "card"),)) is None
    assert visible_devices("0", (Card(0, "card"),)) == Visible((0,), "", has_numbers=True)


@pytest.mark.parametrize(
    ("value", "none"), [("", True), (" ", True), ("-1", True), ("0", False), ("none", True), ("all", False)]
)
def test_usual_ways_to_leave_none(value: str, none: bool) -> None:
    assert is_none(value) is none
