"""Where a Go program listens, told from its text: net/http, net, gRPC and the usual web frameworks.

A port is known where it is written plainly or as a constant of the package; else there is still a service, without a
port. Port 0 (any that is free; `nil` for a `net.UDPAddr` says the same) and Unix sockets are no service for others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from wslgo.golang.project import GoFile, Package, Project
from wslgo.knowledge import services
from wslgo.knowledge.services import LISTENERS, Listener
from wslgo.syntax.go import file_body, file_head
from wslgo.syntax.go.file_body import Call, Code
from wslgo.text.pattern import pattern
from wslgo.text.span import Span


class Service(NamedTuple):
    """A place that listens; `host` is "" for all addresses of the machine, `port` None where the text does not say."""

    path: str
    span: Span
    protocol: str
    host: str = ""
    port: int | None = None


class _Heard(NamedTuple):
    """A call that listens: its address as it is written, "" for none, None for that of the `http.Server`."""

    span: Span
    protocol: str
    address: str | None
    default: int | None


_CALL = pattern(r"\b(\w+)\.(Listen\w*|Run(?:TLS)?|Start(?:TLS|AutoTLS)?)\b(?=[ \t]*\()")
_HINT = pattern(r"\.(?:Listen|Run|Start)")  # ten times faster to seek, and most files have none
_ADDRESS = pattern(r"(.*):(\w+)\Z", re.DOTALL)
_PORT_FIELD = pattern(r"&?\w+\.(?:TCP|UDP)Addr\{.*\bPort:[ \t]*(\w+)", re.DOTALL)
_MAJOR = pattern(r"/v\d+\Z")
_TOO_LONG = 6  # digits: no port has so many
_MOST_NAMES = 8  # by which a file imports one package
_PACKAGES = frozenset(one.package for one in LISTENERS)


def services_of(project: Project, package: Package, files: Iterable[GoFile]) -> tuple[Service, ...]:
    """Every place in a program made of these files that listens, its own package before those it imports."""
    return tuple(
        service for here, built in project.reached(package, files) for service in _in_package(project, here, built)
    )


def _in_package(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Service]:
    constants: Mapping[str, str] | None = None  # gathered once, where one is needed
    for file in files:
        if not any(_plain(one.path) in _PACKAGES for one in file.head.imports):
            continue
        server: list[str | None] = []  # likewise
        for heard in project.read(file.path, _listening):
            if heard.address is None and not server:
                server.append(_server_address(project, package, file, files))
            address = server[0] if heard.address is None else heard.address
            if constants is None and address and file_body.literal(address) is None:
                constants = _constants(project, files)
            service = _service(file.path, heard, address, constants or {})
            if service is not None:
                yield service


def _service(path: str, heard: _Heard, address: str | None, constants: Mapping[str, str]) -> Service | None:
    if address is None:
        return Service(path, heard.span, heard.protocol)
    if address == "nil":
        return None
    value = _value(address, constants) if address else ""
    if value == "":
        return Service(path, heard.span, heard.protocol, "", heard.default)
    field = _PORT_FIELD.match(address)
    value = f":{field[1]}" if field else value
    match = _ADDRESS.match(value) if value is not None else None
    if match is None:
        return Service(path, heard.span, heard.protocol)
    is_number = match[2].isdecimal() and len(match[2]) < _TOO_LONG
    port = services.NAMED_PORTS.get(match[2]) or (int(match[2]) if is_number else None)
    return None if port == 0 else Service(path, heard.span, heard.protocol, match[1].strip("[]"), port)


# What is written


def _value(written: str, constants: Mapping[str, str]) -> str | None:
    """A string that is written plainly, as a constant, or as a sum of such."""
    parts = [file_body.literal(constants.get(part.strip(), part.strip())) for part in written.split("+")]
    return "".join(part or "" for part in parts) if all(part is not None for part in parts) else None


def _constants(project: Project, files: tuple[GoFile, ...]) -> Mapping[str, str]:
    """The constants of a package, of which an address could be made."""
    return {name: value for file in files for name, value in project.read(file.path, _constants_in).items()}


def _constants_in(text: str) -> dict[str, str]:
    return file_body.constants(file_body.code(text)) if "const" in text else {}


def _server_address(project: Project, package: Package, file: GoFile, files: tuple[GoFile, ...]) -> str | None:
    """What the one `http.Server` of a file, else of its package, has as address; "" for none; None: which one?"""
    found = project.read(file.path, _server_addresses)
    if not found and files is not package.files:
        found = [address for other in files for address in project.read(other.path, _server_addresses)]
    elif not found:
        found = project.ask(package, _package_addresses)
    return found[0] if len(found) == 1 else None


def _package_addresses(project: Project, package: Package) -> list[str]:
    return [address for file in package.files for address in project.read(file.path, _server_addresses)]


# Calls


def _server_addresses(text: str) -> list[str]:
    """The addresses of the `http.Server` literals in a file."""
    if "Server" not in text:
        return []
    source = file_body.code(text)
    servers = _literals(source, _names(file_head.parse(text)), services.SERVER_PACKAGE, services.SERVER)
    return [_field(server, services.SERVER_ADDRESS) for server in servers]


def _literals(source: Code, names: Mapping[str, str], package: str, name: str) -> Iterator[Call]:
    wanted = re.compile(rf"\b(\w+)\.({name})\b(?=[ \t]*\{{)")
    return (one for one in file_body.calls(source, wanted, "{") if names.get(one.receiver) == package)


def _field(literal: Call, name: str) -> str:
    """What a field of a composite literal is set to."""
    for argument in literal.arguments:
        key, _, value = argument.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _listening(text: str) -> tuple[_Heard, ...]:
    """The calls in a file that listen."""
    if not _HINT.search(text):
        return ()
    return _Hearing(text).heard()


class _Hearing:
    """A file in which calls are looked at; what all calls ask of its text is found once."""

    def __init__(self, text: str) -> None:
        self._source = file_body.code(text)
        self._names = _names(file_head.parse(text))
        self._packages = frozenset(self._names.values())
        self._made: dict[Listener, set[str]] = {}

    def heard(self) -> tuple[_Heard, ...]:
        found = map(self._heard, file_body.calls(self._source, _CALL))
        return tuple(one for one in found if one is not None)

    def _heard(self, call: Call) -> _Heard | None:
        if call.receiver in self._names:
            listener = _listener_of(call, self._names[call.receiver])
        else:
            if (
                call.name in services.SERVER_METHODS
                and not call.arguments
                and services.SERVER_PACKAGE in self._packages
            ):
                protocol = services.SERVER_METHODS[call.name]
                return _Heard(call.span, protocol, None, services.DEFAULT_PORTS[protocol])
            listener = self._listener_made(call)
        if listener is None or _is_no_network(listener, call):
            return None
        protocol = (listener.protocol == services.TCP and self._served) or listener.protocol
        return _Heard(call.span, protocol, _argument(call, listener.address), listener.default)

    def _listener_made(self, call: Call) -> Listener | None:
        """The method that is called: of what a framework has made in this file, or with an address as only argument."""
        for one in LISTENERS:
            if one.package in self._packages and one.name == call.name and one.makers:
                is_plain = len(call.arguments) == 1 and _ADDRESS.match(file_body.literal(call.arguments[0]) or "")
                if is_plain or call.receiver.rpartition(".")[2] in self._variables(one):
                    return one
        return None

    def _variables(self, listener: Listener) -> set[str]:
        """The variables and fields that hold what a framework makes."""
        if listener not in self._made:
            named = [name for name, package in self._names.items() if package == listener.package][:_MOST_NAMES]
            self._made[listener] = {one for name in named for one in _made(self._source, name, listener.makers)}
        return self._made[listener]

    @cached_property
    def _served(self) -> str | None:
        return _served(self._source, self._names)


def _listener_of(call: Call, package: str) -> Listener | None:
    """The function of a package that is called."""
    known = (one for one in LISTENERS if one.package == package and one.name == call.name and not one.makers)
    return next(known, None)


def _made(source: Code, name: str, makers: tuple[str, ...]) -> set[str]:
    """The variables and fields that hold what a framework makes, or are declared so."""
    name = re.escape(name)
    made = re.compile(rf"\b(\w+)[ \t]*:?=[ \t]*{name}\.(?:{'|'.join(makers)})\b|\b(\w+)[ \t]+\*{name}\.\w+")
    return {match[1] or match[2] for match in made.finditer(source.blanked)}


def _is_no_network(listener: Listener, call: Call) -> bool:
    """Whether it listens at a Unix socket."""
    return listener.network is not None and (_argument(call, listener.network) or "").startswith(('"unix', "`unix"))


def _argument(call: Call, place: int | None) -> str:
    return call.arguments[place] if place is not None and place < len(call.arguments) else ""


def _served(source: Code, names: Mapping[str, str]) -> str | None:
    """The protocol that a file speaks over a listener."""
    for package, function, protocol in services.SERVERS_OF_LISTENERS:
        local = next((name for name, path in names.items() if path == package), None)
        if local and re.search(rf"\b{re.escape(local)}\.{function}[ \t]*\(", source.blanked):
            return protocol
    return None


# Imports


def _names(head: file_head.Head) -> dict[str, str]:
    """The names by which a file calls the packages it imports; of a path its major version does not count."""
    return {one.alias or _plain(one.path).rpartition("/")[2]: _plain(one.path) for one in head.imports}


def _plain(path: str) -> str:
    return _MAJOR.sub("", path)
