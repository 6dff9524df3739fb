"""`wslgo mirror --serve`: a mirror as a module proxy on loopback, until Ctrl-C."""

import ipaddress
import json
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wslgo.cli.call import Call
from wslgo.cli.terminal import CLEAN, shown
from wslgo.text.message import Message

if TYPE_CHECKING:
    from wslgo.mirror.serve import Ask
    from wslgo.mirror.store import Store

SERVES = Message(en="{path} is served at {url} until Ctrl-C", zh="{path} 正在 {url} 提供服务，按 Ctrl-C 结束")
ALONE = Message(en="Use it alone:", zh="仅使用它：")
FIRST = Message(en="Or first, and then what is set now:", zh="或首先使用它，然后使用当前的设置：")
OPEN = Message(
    en="{address} is not loopback: everyone who reaches this machine can read all modules in the mirror",
    zh="{address} 不是回环地址：任何能访问本机的人都可以读取镜像中的所有模块",
)
NOT_AN_ADDRESS = Message(en="--listen takes an IP address, not '{value}'", zh="--listen 需要 IP 地址，而不是 '{value}'")
NOT_A_PORT = Message(
    en="--port takes a number up to 65535, not '{value}'", zh="--port 需要不大于 65535 的数字，而不是 '{value}'"
)
ENDED = Message(en="Stopped", zh="已停止")

_LARGEST_PORT = 65535
_MOST_DIGITS = 5


class ServeOptions(Protocol):
    """The options of `wslgo mirror --serve`."""

    folder: list[str]
    listen: str
    port: str
    offline: bool
    format: str


def serve(call: Call[ServeOptions]) -> int:
    """Serve a mirror until Ctrl-C. Raises ProvisionError."""
    options = call.options
    if not options.port.isdecimal() or len(options.port) > _MOST_DIGITS or int(options.port) > _LARGEST_PORT:
        return call.fail([NOT_A_PORT(value=options.port)])
    try:
        address = str(ipaddress.ip_address("127.0.0.1" if options.listen == "localhost" else options.listen))
    except ValueError:
        return call.fail([NOT_AN_ADDRESS(value=options.listen)])
    from wslgo.mirror.serve import Proxy, hosts_of, server_of
    from wslgo.mirror.store import existing_mirror

    store = existing_mirror(options.folder[0] if options.folder else os.curdir)
    variables = _variables(call, store)
    database, ask = _database(call, store, variables)
    hosts = hosts_of(address)
    server = server_of(Proxy(store, database, ask, hosts), address, int(options.port))
    if hosts is None:
        call.complain(OPEN(address=address))
    _say(call, store, _url(address, server.effective_port), variables, has_records=bool(database))
    try:
        server.run()
    finally:
        server.close()
    call.complain(ENDED)
    return CLEAN


def _url(address: str, port: int) -> str:
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def _variables(call: Call[ServeOptions], store: "Store") -> Mapping[str, str]:
    """Return Go's variables; without a go command, those of the environment."""
    from wslgo.mirror.go_modules import GoModules
    from wslgo.provision.errors import ProvisionError

    environment = call.terminal.environment
    try:
        return GoModules(Path(store.path), environment, (os.getcwd(), store.path)).variables
    except ProvisionError:
        return environment


def _database(call: Call[ServeOptions], store: "Store", variables: Mapping[str, str]) -> tuple[str, "Ask | None"]:
    """Return the name of the database that is served, "" for none, and a function that passes questions on to it."""
    from wslgo.mirror import checksums
    from wslgo.mirror.serve import first_of
    from wslgo.provision.net.http import Web
    from wslgo.provision.toolchain.policy import Policy
    from wslgo.provision.toolchain.sumdb.client import SumDb, database

    gosumdb = variables.get("GOSUMDB", "")
    name = checksums.name_of(gosumdb)
    if not name or call.options.offline:
        return (name if name and store.has(f"sumdb/{name}/supported") else "", None)
    client = SumDb(Policy(variables.get("GOPROXY", ""), gosumdb), Web(call.terminal.environment), Path(store.path))
    return name, first_of(partial(client.first_answer, database(gosumdb)))


def _say(
    call: Call[ServeOptions], store: "Store", url: str, variables: Mapping[str, str], *, has_records: bool
) -> None:
    from wslgo.mirror import export

    alone = export.settings(url, variables, int(has_records))
    if call.options.format == "json":
        call.terminal.say_json(json.dumps({"version": 1, "folder": store.path, "url": url, "settings": alone}) + "\n")
        call.terminal.flush()
        return
    call.say(SERVES(path=store.path, url=url))
    call.say(ALONE)
    call.terminal.say(f"  {shown(export.line(alone))}")
    if variables.get("GOPROXY", "") not in ("", "off"):
        # Not its value: it can hold a password. Without GONOPROXY=none: a private module that is missing here must not
        # be asked for in public.
        call.say(FIRST)
        call.terminal.say(f'  export GOPROXY="{url},$(go env GOPROXY)"')
    call.terminal.flush()
