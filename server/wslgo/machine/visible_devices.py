"""The GPUs that CUDA programs see, by CUDA_VISIBLE_DEVICES.

As in the CUDA programming guide (appendix on environment variables, 13.0): numbers as in nvidia-smi, or UUIDs, of which
the first digits suffice if no other GPU has them. The list ends at the first item that names no GPU.
"""

from wslgo.machine.host import Card
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

BY_BUS = "PCI_BUS_ID"
BY_SPEED = "FASTEST_FIRST"  # the default

_NUMBER = pattern(r"[0-9]{1,4}")
_NONE = ("", "NoDevFiles", "none", "void")
_UUID, _INSTANCE = "GPU-", "MIG-"


class Visible(NamedTuple):
    """The numbers of the GPUs that are left, and the item at which the list ends; "" if it is read to its end."""

    numbers: tuple[int, ...]
    rejected: str = ""
    has_numbers: bool = False


def visible_devices(value: str, cards: tuple[Card, ...]) -> Visible | None:
    """Return what a value leaves of the cards; None if that is not known, as for a part of a GPU (MIG)."""
    found: list[int] = []
    items = [item.strip() for item in value.split(",")]
    has_numbers = any(_NUMBER.fullmatch(item) for item in items)
    for item in items:
        if item.startswith(_INSTANCE):
            return None
        if item.startswith(_UUID) and any(card.uuid is None for card in cards):
            return None
        number = _card(item, cards)
        if number is None:
            return Visible(tuple(found), item, has_numbers)
        found.append(number)
    return Visible(tuple(found), "", has_numbers)


def is_none(value: str) -> bool:
    """Return whether a value is a usual way to leave no GPU: a negative number, or a word of Slurm and containers."""
    return value.strip() in _NONE or value.strip().startswith("-")


def is_device(item: str) -> bool:
    """Return whether an item could name a GPU of some machine."""
    return _NUMBER.fullmatch(item) is not None or (item.startswith(_UUID) and item != _UUID)


def _card(item: str, cards: tuple[Card, ...]) -> int | None:
    if _NUMBER.fullmatch(item):
        return next((card.number for card in cards if card.number == int(item)), None)
    if not item.startswith(_UUID) or item == _UUID:
        return None
    named = [card.number for card in cards if (card.uuid or "").lower().startswith(item.lower())]
    return named[0] if len(named) == 1 else None
