"""URIs of documents and their paths, as pygls converts them; importing pygls would delay the first diagnostics."""

from urllib.parse import quote, unquote, urlsplit


def path_of(uri: str) -> str:
    """Return the path of a document; an untitled one gets a path that does not exist."""
    try:
        parts = urlsplit(uri)
    except ValueError:  # a host in brackets without a closing one
        return uri
    if parts.scheme != "file":
        return uri
    host, path = unquote(parts.netloc), unquote(parts.path)
    if host and path:
        return f"//{host}{path}"
    if _has_drive(path):
        return path[1].lower() + path[2:]
    return path or uri


def uri_of(path: str) -> str:
    """Return the URI of an absolute path."""
    host = ""
    if path.startswith("//"):
        host, slash, rest = path[2:].partition("/")
        path = slash + rest
    if _has_drive(path):
        path = path[0] + path[1].lower() + path[2:]
        return f"file://{quote(host)}{path[:3]}{quote(path[3:])}"
    return f"file://{quote(host)}{quote(path)}"


def _has_drive(path: str) -> bool:
    return path[:1] == "/" and path[2:3] == ":" and path[1].isascii() and path[1].isalpha()
