"""`wslgo provision --lock`: pins what this machine has in `wslgo.lock`, after showing the change."""

import os
from pathlib import Path

from wslgo.cli.call import Call
from wslgo.cli.commands.provision_usage import Options
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.output.diff import show
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.provision.apply.ledger import Ledger
from wslgo.provision.errors import ProvisionError
from wslgo.provision.inventory.items import items
from wslgo.provision.lock.comparison import OF_LOCK
from wslgo.provision.lock.file import NO_FILE, place_to_write
from wslgo.provision.lock.gather import Gathered, Network, gather
from wslgo.provision.net.http import Web, never
from wslgo.provision.plan.policy_rejection import allowed_sources
from wslgo.provision.plan.steps.toolchain import go_command
from wslgo.provision.session import Request, policies_of
from wslgo.provision.survey import trust
from wslgo.provision.survey.network import policy_of
from wslgo.provision.survey.survey import survey
from wslgo.syntax.lock_file import LARGEST, Lock, to_text
from wslgo.system.files import umask, write_atomically
from wslgo.system.journal import Journal, folder_of
from wslgo.system.place import Access
from wslgo.system.walk import place_of
from wslgo.text.message import Message
from wslgo.text.source import Source, decode

NOTHING = Message(
    en="There is nothing to pin: this machine has no Go, no tool and no certificate of wslgo",
    zh="没有可固定的内容：此机器没有 Go、工具，也没有 wslgo 安装的证书",
)
SAME = Message(en="{path} is up to date", zh="{path} 已是最新")
WRITTEN = Message(en="{path}: written", zh="{path}：已写入")
CHANGED = Message(
    en="{path} changed while the question was asked, so it was not written", zh="{path} 在询问期间被更改，因此未写入"
)


def write_lock(call: Call[Options], ledger: Ledger, request: Request) -> int:
    """Show the new lock as a diff, and write it after a yes; with `--plan` only show it."""
    path = place_to_write(request.folder)
    bound = policies_of(request.folder, request.environment)
    problems = bound.problems
    if path.is_symlink() or (path.exists() and not path.is_file()):
        problems = (*problems, NO_FILE(path=str(path)))
    if problems:
        return call.fail(problems)
    allowed = allowed_sources(request.spec.sources, bound.binding)
    spec = request.spec._replace(sources=allowed.sources, policy=bound.binding)
    try:
        gathered = _gather(call, ledger, request._replace(spec=spec))
    except ProvisionError as error:
        call.fail([error.text])
        return FINDINGS
    call.warn((*allowed.problems, *gathered.remarks))
    if gathered.lock == Lock():
        call.fail([NOTHING()])
        return FINDINGS
    return _write(path, to_text(gathered.lock).encode(), call)


def _write(path: Path, new: bytes, call: Call[Options]) -> int:
    old = _content(path)
    if old == new:
        call.say(SAME(path=str(path)))
        return CLEAN
    show(path.name, decode(old) if old is not None else Source(""), decode(new), call)
    if call.options.plan:
        return CLEAN
    if not call.options.yes:
        if not call.terminal.is_interactive:
            return call.fail([NEEDS_YES()])
        if not is_agreed(call):
            call.say(LEFT)
            return CLEAN
    if path.is_symlink() or _content(path) != old:
        call.fail([CHANGED(path=str(path))])
        return FINDINGS
    write_atomically(path, new, _access(path) if old is None else None)
    call.say(WRITTEN(path=str(path)))
    return CLEAN


def _gather(call: Call[Options], ledger: Ledger, request: Request) -> Gathered:
    target, environment = request.target, request.environment
    spec = request.spec._replace(only=OF_LOCK, go="")
    facts = survey(target, spec, environment, request.folder, request.recorded, asks_network=False)
    go = go_command(facts)
    found = items(ledger.runs(), Journal(folder_of(call.terminal.environment)), target)
    network = Network(
        policy_of(facts.host, spec), Web(trust.environment_of(target, environment)), ledger.folder / "heads", never
    )
    return gather(facts, found, (go.version if go is not None else None) or "", network)


def _content(path: Path) -> bytes | None:
    return place_of(path).content(LARGEST * 16)


def _access(path: Path) -> Access | None:
    """Return owner and mode of a new file: root writes it for the owner of its folder."""
    if os.geteuid():
        return None
    found = path.parent.stat()
    return Access(0o666 & ~umask(), found.st_uid, found.st_gid)
