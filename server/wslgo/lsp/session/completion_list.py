"""The completion list that the client shows: the documentation of an item is sent when the user selects it."""

import itertools
from collections.abc import Sequence

from lsprotocol import types

from wslgo.ide.completion.item import CompletionItem


class LastCompletion:
    """The last completion list; no editor shows two."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._list = 0
        self._items: Sequence[CompletionItem] = ()

    def keep(self, items: Sequence[CompletionItem], shown: types.CompletionList | list[types.CompletionItem]) -> None:
        """Store the items, and mark what the client gets with the number of the list."""
        self._list, self._items = next(self._numbers), items
        for part in (shown.item_defaults,) if isinstance(shown, types.CompletionList) else shown:
            if part is not None:
                part.data = self._list

    def find(self, shown: types.CompletionItem) -> CompletionItem | None:
        """Return the item that the client shows; None if it belongs to an older list."""
        items = self._items if shown.data == self._list else ()
        return next((item for item in items if item.label == shown.label), None)
