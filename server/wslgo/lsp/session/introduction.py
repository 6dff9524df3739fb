"""The introduction of a client, which is its `initialize`, read without lsprotocol."""

from typing import Any, NamedTuple

from wslgo.lsp.extensions import Options, options_of
from wslgo.lsp.session.capabilities import Client, client_of


class Folder(NamedTuple):
    """A folder of the workspace, by its URI."""

    uri: str
    name: str


class Introduction(NamedTuple):
    """The process, the folders, the language, the options and the abilities of a client."""

    process: int | None = None
    root: str | None = None
    folders: tuple[Folder, ...] = ()
    locale: str | None = None
    options: Options = Options()
    client: Client = Client()

    @property
    def roots(self) -> tuple[str, ...]:
        """The URIs of the folders; older clients have one."""
        return tuple(folder.uri for folder in self.folders) or ((self.root,) if self.root else ())


def introduction_of(params: object) -> Introduction:
    """Return the introduction in the params of `initialize`; raises ValueError if they are of the wrong shape.

    Members that wslgo does not use are not checked.
    """
    if not isinstance(params, dict):
        raise ValueError("the params of 'initialize' are an object")
    options = options_of(params.get("initializationOptions"))
    return Introduction(
        process=_optional(params, "processId", int),
        root=_optional(params, "rootUri", str),
        folders=_folders(params.get("workspaceFolders")),
        locale=_optional(params, "locale", str),
        options=options,
        client=client_of(params.get("capabilities"), options),
    )


def _folders(value: object) -> tuple[Folder, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(folder, dict) for folder in value):
        raise ValueError("'workspaceFolders' is a list of folders")
    return tuple(Folder(_text(folder, "uri"), _text(folder, "name")) for folder in value)


def _text(params: dict[str, Any], name: str) -> str:
    value = params.get(name)
    if not isinstance(value, str):
        raise ValueError(f"'{name}' is a string")
    return value


def _optional(params: dict[str, Any], name: str, kind: type[Any]) -> Any:
    value = params.get(name)
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
        raise ValueError(f"'{name}' is of the wrong type")
    return value
