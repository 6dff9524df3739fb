"""Messages that are JSON already, and are sent as they are."""

import json

from wslgo.lsp.wire.methods import PUBLISH_DIAGNOSTICS


class JsonText(str):
    """A text in JSON: a message, or a part of one."""

    __slots__ = ()


def answer(request: object, result: JsonText) -> JsonText:
    """Return the answer to the request with this id."""
    return JsonText(f'{{"jsonrpc": "2.0", "id": {json.dumps(request)}, "result": {result}}}')


def publication(uri: str, items: JsonText, version: int | None) -> JsonText:
    """Return the message that publishes diagnostics."""
    counted = "" if version is None else f'"version": {version}, '
    params = f'{{"uri": {json.dumps(uri)}, {counted}"diagnostics": [{items}]}}'
    return JsonText(f'{{"jsonrpc": "2.0", "method": "{PUBLISH_DIAGNOSTICS}", "params": {params}}}')
