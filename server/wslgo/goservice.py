"""Where a Go program listens, told from its text: net/http, net, gRPC and the usual web frameworks.

A port is known where it is written plainly or as a constant of the package; else there is still a service, without a
port. Port 0 (any that is free; `nil` for a `net.UDPAddr` says the same) and Unix sockets are no service for others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from wslgo.goproject import GoFile, Package, Project
from wslgo.knowledge import services
from wslgo.knowledge.services import LISTENERS, Listener
from wslgo.pattern import pattern
from wslgo.syntax import gocode, gosource
from wslgo.syntax.gocode import Call, Code
from wslgo.text import Span


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
_PACKAGES = frozenset(one.package for one in LISTENERS)


def services_of(project: Project, package: Package, files: Iterable[GoFile]) -> tuple[Service, ...]:
    """Every place in a program made of these files that listens, its own package before those it imports."""
    return tuple(
        service for here, built in project.reached(package, files) for service in _in_package(project, here, built)
    )


def _in_package(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Service]:
    for file in files:
        if not any(_plain(one.path) in _PACKAGES for one in file.head.imports):
            continue
        for heard in project.read(file.path, _listening):
            address = _server_address(project, file, files) if heard.address is None else heard.address
            service = _service(file.path, heard, address, _constants(project, package, files, address))
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
    port = services.NAMED_PORTS.get(match[2]) or (int(match[2]) if match[2].isdecimal() else None)
    return None if port == 0 else Service(path, heard.span, heard.protocol, match[1].strip("[]"), port)


# What is written


def _value(written: str, constants: Mapping[str, str]) -> str | None:
    """A string that is written plainly, as a constant, or as a sum of such."""
    parts = [gocode.literal(constants.get(part.strip(), part.strip())) for part in written.split("+")]
    return "".join(part or "" for part in parts) if all(part is not None for part in parts) else None


def _constants(project: Project, package: Package, files: tuple[GoFile, ...], written: str | None) -> Mapping[str, str]:
    """The constants of a package, where an address could be made of them."""
    if not written or gocode.literal(written) is not None:
        return {}
    return {name: value for file in files for name, value in project.read(file.path, _constants_in).items()}


def _constants_in(text: str) -> dict[str, str]:
    return gocode.constants(gocode.code(text)) if "const" in text else {}


def _server_address(project: Project, file: GoFile, files: tuple[GoFile, ...]) -> str | None:
    """What the one `http.Server` of a file, else of its package, has as address; "" for none; None: which one?"""
    here = project.read(file.path, _server_addresses)
    found = here or [address for other in files for address in project.read(other.path, _server_addresses)]
    return found[0] if len(found) == 1 else None


# Calls


def _server_addresses(text: str) -> list[str]:
    """The addresses of the `http.Server` literals in a file."""
    if "Server" not in text:
        return []
    source = gocode.code(text)
    servers = _literals(source, _names(gosource.parse(text)), services.SERVER_PACKAGE, services.SERVER)
    return [_field(server, services.SERVER_ADDRESS) for server in servers]


def _literals(source: Code, names: Mapping[str, str], package: str, name: str) -> Iterator[Call]:
    wanted = re.compile(rf"\b(\w+)\.({name})\b(?=[ \t]*\{{)")
    return (one for one in gocode.calls(source, wanted, "{") if names.get(one.receiver) == package)


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
    source = gocode.code(text)
    names = _names(gosource.parse(text))
    return tuple(heard for call in gocode.calls(source, _CALL) if (heard := _heard(call, source, names)) is not None)


def _heard(call: Call, source: Code, names: Mapping[str, str]) -> _Heard | None:
    if call.receiver in names:
        listener = _listener_of(call, names[call.receiver])
    else:
        if call.name in services.SERVER_METHODS and not call.arguments and services.SERVER_PACKAGE in names.values():
            protocol = services.SERVER_METHODS[call.name]
            return _Heard(call.span, protocol, None, services.DEFAULT_PORTS[protocol])
        listener = _listener_made(call, source, names)
    if listener is None or _is_no_network(listener, call):
        return None
    address = _argument(call, listener.address)
    protocol = _served(source, names) or listener.protocol if listener.protocol == services.TCP else listener.protocol
    return _Heard(call.span, protocol, address, listener.default)


def _listener_of(call: Call, package: str) -> Listener | None:
    """The function of a package that is called."""
    known = (one for one in LISTENERS if one.package == package and one.name == call.name and not one.makers)
    return next(known, None)


def _listener_made(call: Call, source: Code, names: Mapping[str, str]) -> Listener | None:
    """The method that is called: of what a framework has made in this file, or with an address as only argument."""
    for name, package in names.items():
        for one in LISTENERS:
            if one.package == package and one.name == call.name and one.makers:
                is_plain = len(call.arguments) == 1 and _ADDRESS.match(gocode.literal(call.arguments[0]) or "")
                if is_plain or call.receiver.rpartition(".")[2] in _made(source, name, one.makers):
                    return one
    return None


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
        if local and re.search(rf"\b{local}\.{function}[ \t]*\(", source.blanked):
            return protocol
    return None


# Imports


def _names(head: gosource.Head) -> dict[str, str]:
    """The names by which a file calls the packages it imports; of a path its major version does not count."""
    return {one.alias or _plain(one.path).rpartition("/")[2]: _plain(one.path) for one in head.imports}


def _plain(path: str) -> str:
    return _MAJOR.sub("", path)
