"""The ports of Go programs, by text: net/http, net, gRPC and the common web frameworks.

The port is known if it is a literal or a constant of the package; otherwise the service has no port.
Port 0 (any free port; so is `nil` for a `net.UDPAddr`) and Unix sockets do not count as services.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from wslgo.golang.package import GoFile, Package
from wslgo.golang.project import Project
from wslgo.knowledge import services
from wslgo.knowledge.services import LISTENERS, Listener
from wslgo.syntax.go import file_body, file_head
from wslgo.syntax.go.file_body import Call, Code
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Service(NamedTuple):
    """A place that listens; `host` is "" for all addresses, `port` None if it is unknown."""

    path: str
    span: Span
    protocol: str
    host: str = ""
    port: int | None = None


class _ListenCall(NamedTuple):
    """A call that listens; `address` is "" for none, None for the address of the `http.Server`."""

    span: Span
    protocol: str
    address: str | None
    default: int | None


_CALL = pattern(r"\b(\w+)\.(Listen\w*|Run(?:TLS)?|Start(?:TLS|AutoTLS)?)\b(?=[ \t]*\()")
_HINT = pattern(r"\.(?:Listen|Run|Start)")  # ten times faster to search for, and most files have none
_ADDRESS = pattern(r"(.*):(\w+)\Z", re.DOTALL)
_PORT_FIELD = pattern(r"&?\w+\.(?:TCP|UDP)Addr\{.*\bPort:[ \t]*(\w+)", re.DOTALL)
_MAJOR = pattern(r"/v\d+\Z")
_TOO_LONG = 6  # digits: a port has at most five
_MOST_NAMES = 8  # that one package has in a file
_PACKAGES = frozenset(listener.package for listener in LISTENERS)


def services_of(project: Project, package: Package, files: Iterable[GoFile]) -> tuple[Service, ...]:
    """Return every place in a program built from these files that listens: its own package, then the imports."""
    return tuple(
        service
        for here, built in project.packages_of_program(package, files)
        for service in _in_package(project, here, built)
    )


def _in_package(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Service]:
    constants: Mapping[str, str] | None = None  # collected once, on demand
    for file in files:
        if not any(_path_without_major(declared.path) in _PACKAGES for declared in file.head.imports):
            continue
        server: list[str | None] = []  # on demand, too
        for call in project.read(file.path, _listen_calls):
            if call.address is None and not server:
                server.append(_server_address(project, package, file, files))
            address = server[0] if call.address is None else call.address
            if constants is None and address and file_body.literal(address) is None:
                constants = _constants(project, files)
            service = _service(file.path, call, address, constants or {})
            if service is not None:
                yield service


def _service(path: str, call: _ListenCall, address: str | None, constants: Mapping[str, str]) -> Service | None:
    if address is None:
        return Service(path, call.span, call.protocol)
    if address == "nil":
        return None
    value = _value(address, constants) if address else ""
    if value == "":
        return Service(path, call.span, call.protocol, "", call.default)
    field = _PORT_FIELD.match(address)
    value = f":{field[1]}" if field else value
    match = _ADDRESS.match(value) if value is not None else None
    if match is None:
        return Service(path, call.span, call.protocol)
    is_number = match[2].isdecimal() and len(match[2]) < _TOO_LONG
    port = services.NAMED_PORTS.get(match[2]) or (int(match[2]) if is_number else None)
    return None if port == 0 else Service(path, call.span, call.protocol, match[1].strip("[]"), port)


# Addresses


def _value(written: str, constants: Mapping[str, str]) -> str | None:
    """Return the value of a string literal, a constant, or a sum of those."""
    parts = [file_body.literal(constants.get(part.strip(), part.strip())) for part in written.split("+")]
    return "".join(part or "" for part in parts) if all(part is not None for part in parts) else None


def _constants(project: Project, files: tuple[GoFile, ...]) -> Mapping[str, str]:
    """Return the constants of a package, which an address can use."""
    return {name: value for file in files for name, value in project.read(file.path, _constants_in).items()}


def _constants_in(text: str) -> dict[str, str]:
    return file_body.constants(file_body.code(text)) if "const" in text else {}


def _server_address(project: Project, package: Package, file: GoFile, files: tuple[GoFile, ...]) -> str | None:
    """Return the address of the only `http.Server` of a file, else of its package; "" for none, None for several."""
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
    """Return the addresses of the `http.Server` literals in a file."""
    if "Server" not in text:
        return []
    source = file_body.code(text)
    servers = _literals(source, _names(file_head.parse(text)), services.SERVER_PACKAGE, services.SERVER)
    return [_field(server, services.SERVER_ADDRESS) for server in servers]


def _literals(source: Code, names: Mapping[str, str], package: str, name: str) -> Iterator[Call]:
    wanted = re.compile(rf"\b(\w+)\.({name})\b(?=[ \t]*\{{)")
    return (call for call in file_body.calls(source, wanted, "{") if names.get(call.receiver) == package)


def _field(literal: Call, name: str) -> str:
    """Return the value of a field in a composite literal."""
    for argument in literal.arguments:
        key, _, value = argument.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _listen_calls(text: str) -> tuple[_ListenCall, ...]:
    """Return the calls in a file that listen."""
    if not _HINT.search(text):
        return ()
    return _CallScan(text).listen_calls()


class _CallScan:
    """A scan of the calls in a file; facts that several calls need are found once."""

    def __init__(self, text: str) -> None:
        self._source = file_body.code(text)
        self._names = _names(file_head.parse(text))
        self._packages = frozenset(self._names.values())
        self._servers: dict[Listener, set[str]] = {}

    def listen_calls(self) -> tuple[_ListenCall, ...]:
        found = map(self._listen_call, file_body.calls(self._source, _CALL))
        return tuple(call for call in found if call is not None)

    def _listen_call(self, call: Call) -> _ListenCall | None:
        if call.receiver in self._names:
            listener = _listener_of(call, self._names[call.receiver])
        else:
            if (
                call.name in services.SERVER_METHODS
                and not call.arguments
                and services.SERVER_PACKAGE in self._packages
            ):
                protocol = services.SERVER_METHODS[call.name]
                return _ListenCall(call.span, protocol, None, services.DEFAULT_PORTS[protocol])
            listener = self._framework_listener(call)
        if listener is None or _is_unix_socket(listener, call):
            return None
        protocol = (listener.protocol == services.TCP and self._served_protocol) or listener.protocol
        return _ListenCall(call.span, protocol, _argument(call, listener.address), listener.default)

    def _framework_listener(self, call: Call) -> Listener | None:
        """Return the framework method called on a server made in this file, or with an address as only argument."""
        for listener in LISTENERS:
            if listener.package in self._packages and listener.name == call.name and listener.makers:
                is_plain = len(call.arguments) == 1 and _ADDRESS.match(file_body.literal(call.arguments[0]) or "")
                if is_plain or call.receiver.rpartition(".")[2] in self._variables(listener):
                    return listener
        return None

    def _variables(self, listener: Listener) -> set[str]:
        """Return the variables and fields that hold a server of a framework."""
        if listener not in self._servers:
            names = [name for name, package in self._names.items() if package == listener.package][:_MOST_NAMES]
            found = (_server_variables(self._source, name, listener.makers) for name in names)
            self._servers[listener] = set().union(*found)
        return self._servers[listener]

    @cached_property
    def _served_protocol(self) -> str | None:
        return _served_protocol(self._source, self._names)


def _listener_of(call: Call, package: str) -> Listener | None:
    """Return the function of a package that is called."""
    known = (
        listener
        for listener in LISTENERS
        if listener.package == package and listener.name == call.name and not listener.makers
    )
    return next(known, None)


def _server_variables(source: Code, name: str, makers: tuple[str, ...]) -> set[str]:
    """Return the variables and fields that hold, or are declared to hold, a server of a framework."""
    name = re.escape(name)
    assignment = re.compile(rf"\b(\w+)[ \t]*:?=[ \t]*{name}\.(?:{'|'.join(makers)})\b|\b(\w+)[ \t]+\*{name}\.\w+")
    return {match[1] or match[2] for match in assignment.finditer(source.blanked)}


def _is_unix_socket(listener: Listener, call: Call) -> bool:
    """Return whether it listens on a Unix socket."""
    return listener.network is not None and (_argument(call, listener.network) or "").startswith(('"unix', "`unix"))


def _argument(call: Call, place: int | None) -> str:
    return call.arguments[place] if place is not None and place < len(call.arguments) else ""


def _served_protocol(source: Code, names: Mapping[str, str]) -> str | None:
    """Return the protocol that a file serves on a listener."""
    for package, function, protocol in services.SERVERS_OF_LISTENERS:
        local = next((name for name, path in names.items() if path == package), None)
        if local and re.search(rf"\b{re.escape(local)}\.{function}[ \t]*\(", source.blanked):
            return protocol
    return None


# Imports


def _names(head: file_head.Head) -> dict[str, str]:
    """Return the names that a file gives its imports, with their paths without major versions."""
    return {
        declared.alias or _path_without_major(declared.path).rpartition("/")[2]: _path_without_major(declared.path)
        for declared in head.imports
    }


def _path_without_major(path: str) -> str:
    return _MAJOR.sub("", path)
