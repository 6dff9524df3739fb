"""The list of proposals that the client shows: what it says about one is sent when somebody looks at that one."""

import itertools
from collections.abc import Sequence

from lsprotocol import types

from wslgo.ide.completion.wsl_key import Item


class Proposals:
    """The last list alone: no editor shows two."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._list = 0
        self._items: Sequence[Item] = ()

    def keep(self, items: Sequence[Item], shown: types.CompletionList | list[types.CompletionItem]) -> None:
        """Mark the items as they are shown with the number of their list, so that they are found again."""
        self._list, self._items = next(self._numbers), items
        for one in (shown.item_defaults,) if isinstance(shown, types.CompletionList) else shown:
            if one is not None:
                one.data = self._list

    def find(self, shown: types.CompletionItem) -> Item | None:
        """The item behind what the client shows; None for one of an older list."""
        items = self._items if shown.data == self._list else ()
        return next((item for item in items if item.label == shown.label), None)
