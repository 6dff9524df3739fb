"""The messages that wait to be answered, and the cancellations that overtake them."""

from collections import Counter, deque

from lsprotocol import types


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

    def cancels(self, request: object) -> bool:
        """Return whether the client has already cancelled a request."""
        return self._targets[types.CANCEL_REQUEST, request] > 0

    def supersedes(self, uri: str) -> bool:
        """Return whether a newer version of a document has already arrived."""
        return self._targets[types.TEXT_DOCUMENT_DID_CHANGE, uri] > 0


def target_of(message: object) -> tuple[str, object] | None:
    """Return the request that a message cancels, or the document that it changes."""
    params = message.get("params") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(params, dict):
        return None
    if message.get("method") == types.CANCEL_REQUEST and is_id(params.get("id")):
        return types.CANCEL_REQUEST, params["id"]
    document = params.get("textDocument")
    if message.get("method") == types.TEXT_DOCUMENT_DID_CHANGE and isinstance(document, dict):
        return types.TEXT_DOCUMENT_DID_CHANGE, str(document.get("uri"))
    return None


def is_id(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)
