"""The messages that wait to be answered, and the cancellations that overtake them."""

from collections import Counter, deque
from collections.abc import Sequence

from wslgo.lsp.wire.methods import CANCEL_REQUEST, DID_CHANGE


class Inbox:
    """Messages in order of arrival; later ones may cancel or supersede earlier ones."""

    def __init__(self) -> None:
        self._waiting: deque[object] = deque()
        self._targets: Counter[tuple[str, object]] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, message: object) -> None:
        self._waiting.append(message)
        if target := target_of(message):
            self._targets[target] += 1

    def take(self) -> object:
        message = self._waiting.popleft()
        if target := target_of(message):
            self._targets[target] -= 1
        return message

    def put_back(self, messages: Sequence[object]) -> None:
        """Put messages that were taken before those that wait."""
        waiting, self._waiting = self._waiting, deque()
        for message in messages:
            self.put(message)
        self._waiting += waiting

    def cancels(self, request: object) -> bool:
        """Return whether the client has already cancelled a request."""
        return self._targets[CANCEL_REQUEST, request] > 0

    def supersedes(self, uri: str) -> bool:
        """Return whether a newer version of a document has already arrived."""
        return self._targets[DID_CHANGE, uri] > 0


def target_of(message: object) -> tuple[str, object] | None:
    """Return the request that a message cancels, or the document that it changes."""
    params = message.get("params") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(params, dict):
        return None
    if message.get("method") == CANCEL_REQUEST and is_id(params.get("id")):
        return CANCEL_REQUEST, params["id"]
    document = params.get("textDocument")
    if message.get("method") == DID_CHANGE and isinstance(document, dict):
        return DID_CHANGE, str(document.get("uri"))
    return None


def is_id(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)
