"""Filling a mirror: what is needed is found out, what is missing is fetched, and only what is verified appears in it.

A run that is killed has published whole modules only. The next one finds them there, and what go had fetched beyond
them in the cache of the first.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.mirror import checksums, lists, tools, workspace, zip_hash
from wslgo.mirror.checksums import Known
from wslgo.mirror.go_modules import Fetched, GoModules, content_of, seed
from wslgo.mirror.needs import Needs
from wslgo.mirror.pinned import INFO, MOD, TOOLCHAIN, ZIP, Pinned, Sums, of_file
from wslgo.mirror.store import Store
from wslgo.mirror.workspace import Root
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.http import Web
from wslgo.provision.session import scratch_of
from wslgo.provision.toolchain.policy import Policy
from wslgo.system.reader import open_regular
from wslgo.text.message import Message, Text

MISMATCH = Message(
    en="Checksum mismatch for {module}: {found}, but {origin} has {wanted}. Nothing of it was published",
    zh="{module} 的校验和不符：{found}，而 {origin} 中是 {wanted}。未发布其任何内容",
)
NOTHING = Message(
    en="No go.mod or go.work here or above, and neither --tools nor --toolchain is given",
    zh="当前及上级文件夹中没有 go.mod 或 go.work，也没有给出 --tools 或 --toolchain",
)
LISTS = Message(en="Listing the modules of {path}", zh="列出 {path} 的模块")
CHECKS = Message(en="Verifying modules that are there: {count}", zh="校验已有的模块：{count} 个")
FETCHES = Message(en="Downloaded {done} of {count} modules", zh="已下载 {done} / {count} 个模块")
ARRIVES = Message(en="Downloading modules: {megabytes} MB", zh="正在下载模块：{megabytes} MB")
RECORDS = Message(en="Checksum database: {done} of {count} records", zh="校验和数据库：{done} / {count} 条记录")
DAMAGED = Message(
    en="{module} was damaged in the mirror and is fetched again", zh="镜像中的 {module} 已损坏，将重新下载"
)

_ENDINGS = (ZIP, MOD, INFO)  # in the order of publication: with its .info a version is there for go
_EVERY = 20  # records between two reports


class Wish(NamedTuple):
    """The workspace of a folder to mirror, tools, and toolchains for platforms such as `linux/arm64`."""

    folder: str
    environment: Mapping[str, str]
    tools: tuple[str, ...] = ()
    toolchain: bool = False
    platforms: tuple[str, ...] = ()
    everything: bool = False
    drops_gone: bool = False  # workspaces that do not exist any more need nothing


class Module(NamedTuple):
    """A module with its zip in the mirror. `verified` names what vouches for it, "" if nothing does."""

    module: Pinned
    size: int
    was_there: bool
    verified: str


class Report(NamedTuple):
    """The result: modules, what go calls the settings, and the files that no workspace needs any more."""

    modules: tuple[Module, ...]
    database: str
    records: int
    variables: Mapping[str, str]
    removable: tuple[str, ...]
    tools: tuple[str, ...] = ()
    toolchains: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    problem: Text | None = None  # why records of the checksum database are missing


class _Wanted(NamedTuple):
    """A main module with what it needs: zips, and further files that go reads for the graph."""

    root: Root
    zips: tuple[Pinned, ...]
    names: tuple[str, ...]


def demand_content(wish: Wish) -> None:
    """Raise ProvisionError if nothing would be put into a mirror."""
    if workspace.find(Path(wish.folder), wish.environment) is None and not wish.tools and not wish.toolchain:
        raise ProvisionError(NOTHING())


def fill(store: Store, wish: Wish, hear: Callable[[Text], None]) -> Report:
    """Fill a mirror, whose lock the caller holds. Raises ProvisionError; what was published until then stays."""
    run = _Filling(store, wish, hear)
    demand_content(wish)
    path = workspace.find(Path(wish.folder), wish.environment)
    wanted = list(run.wanted(path))
    published = run.publish(wanted)
    files = {name for part in wanted for name in part.names}
    run.needs.put(str(path.parent) if path else "", map(str, published), files)
    run.needs.write()
    lists.write(store)
    gone = tuple(filter(_is_gone, run.needs.workspaces)) if wish.drops_gone else ()
    for folder in gone:
        run.needs.drop(folder)
    outcome, problem = run.update_records()
    needed = run.needs.files()
    kept = needed | outcome.files | lists.names(needed)
    removable = tuple(name for name in store.names() if name not in kept and (outcome.name or not _is_record(name)))
    run.go.forget()
    vouched = {module: run.voucher(module, outcome) for module in published}
    modules = tuple(
        Module(module, store.size(module.file(ZIP)), was_there, vouched[module])
        for module, was_there in sorted(published.items())
    )
    return Report(
        modules,
        outcome.name,
        len(outcome.covered),
        run.go.variables,
        removable,
        tuple(run.tools),
        tuple(module.version for module in published if module.path == TOOLCHAIN),
        gone,
        problem,
    )


def prune(store: Store, report: Report) -> None:
    """Remove what a report calls removable."""
    for name in report.removable:
        store.remove(name)
    lists.write(store)
    needs = Needs(store)
    for folder in report.gone:
        needs.drop(folder)
    needs.forget_hashes()
    needs.write()


def _is_gone(folder: str) -> bool:
    return bool(folder) and not any(Path(folder, name).is_file() for name in (workspace.MOD, workspace.WORK))


def _is_record(name: str) -> bool:
    return name.startswith("sumdb/")


class _Filling:
    """One run."""

    def __init__(self, store: Store, wish: Wish, hear: Callable[[Text], None]) -> None:
        self.store = store
        self._wish = wish
        self._hear = hear
        key = hashlib.sha256(os.fsencode(store.path)).hexdigest()[:16]
        self._stage = scratch_of(wish.environment).parent / "mirror" / key
        self._stage.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.needs = Needs(store)
        self.go = GoModules(self._stage, wish.environment, (wish.folder, store.path))
        self._sums: list[Sums] = []
        self.tools: list[str] = []
        value = self.go.variables.get
        self._policy = Policy(value("GOPROXY", ""), value("GOSUMDB", ""))
        self._web = Web(wish.environment)
        seed(self.go.downloads, store.names(), store.read)

    def wanted(self, path: Path | None) -> Iterator[_Wanted]:
        """Yield what is needed, workspace first."""
        found = []
        if path is not None:
            self._hear(LISTS(path=str(path)))
            found.append(workspace.copy(path, self._stage / "workspace"))
            yield self._of_root(found[0])
        if not self._wish.tools and not self._wish.toolchain:
            return
        module = f"module wslgo.invalid/none\n\ngo {self.go.version}\n".encode()
        none = workspace.of_texts(module, b"", self._stage / "none", "none")
        for number, word in enumerate(self._wish.tools):
            tool = tools.find(word, self.go, none, self._policy, self._web)
            self.tools.append(tool.text)
            self._hear(LISTS(path=tool.text))
            self._publish(none, (tool.module,))
            yield _Wanted(none, (tool.module,), ())
            data = tools.go_sum(self.store, tool.module)
            text = self.store.read(tool.module.file(MOD)) or b""
            yield self._of_root(workspace.of_texts(text, data, self._stage / f"tool-{number}", tool.text))
        if self._wish.toolchain:
            versions = found[0].versions if found else ()
            yield _Wanted(none, tuple(tools.toolchains(self.go, versions, self._wish.platforms)), ())

    def publish(self, wanted: Sequence[_Wanted]) -> dict[Pinned, bool]:
        """Fetch and publish everything; return the modules, and whether each was there."""
        everything = dict.fromkeys(module for part in wanted for module in part.zips)
        there = {module: self.store.has(module.file(ZIP)) for module in everything}
        count = sum(there.values())
        if count:
            self._hear(CHECKS(count=count))
        kept = {module for module, is_there in there.items() if is_there and self._is_whole(module)}
        missing = len(everything) - len(kept)
        done = 0
        for part in wanted:
            left = [module for module in part.zips if module not in kept]
            for batch in self.go.fetch(part.root, left, self._hear_bytes) if left else ():
                for fetched in batch:
                    self._take(fetched)
                    kept.add(fetched.module)
                done += len(batch)
                self._hear(FETCHES(done=done, count=missing))
            for name in part.names:
                self._take_name(name)
        return {module: is_there and module not in self.needs.new for module, is_there in there.items()}

    def update_records(self) -> tuple[checksums.Outcome, Text | None]:
        """Bring the records of the checksum database up to date, for all workspaces of the mirror.

        Return why if the database cannot be reached: go.sum vouches for modules all the same. Raises DistrustError if
        it contradicts itself or a module.
        """
        known: dict[Pinned, Known] = {}
        for name in self.needs.files():
            found = of_file(name)
            if found is not None and found[1] == MOD:
                data = self.store.read(name)
                h1 = self.needs.hash_of(found[0])
                known[found[0]] = Known(h1, zip_hash.of_mod(data) if data is not None else "")
        last = [0]

        def hear(done: int, count: int) -> None:
            if done == count or done - last[0] >= _EVERY:
                last[0] = done
                self._hear(RECORDS(done=done, count=count))

        exempt = self.go.variables.get("GONOSUMDB", "")
        try:
            return checksums.update(self.store, known, self._policy, exempt, self._web, hear), None
        except checksums.DistrustError:
            raise
        except ProvisionError as error:
            return checksums.stored(self.store, known, self._policy), error.text

    def voucher(self, module: Pinned, outcome: checksums.Outcome) -> str:
        """Return what vouches for a module: go.sum, or the name of the checksum database."""
        if any(sums.of_zip(module) for sums in self._sums):
            return workspace.SUM
        return outcome.name if module in outcome.covered else ""

    def _hear_bytes(self, count: int) -> None:
        self._hear(ARRIVES(megabytes=round(count / 1e6, 1)))

    def _of_root(self, root: Root) -> _Wanted:
        self._sums.append(root.sums)
        build = self.go.modules(root)
        paths, summed = {module.path for module in root.required}, set(root.sums.zips())
        zips = [module for module in build if self._wish.everything or module.path in paths or module in summed]
        return _Wanted(root, tuple(zips), self.go.read_by(root))

    def _publish(self, root: Root, modules: Sequence[Pinned]) -> None:
        """Publish a few modules at once: a tool must be there before its needs are known."""
        left = [module for module in modules if not self._is_whole(module)]
        for batch in self.go.fetch(root, left, self._hear_bytes) if left else ():
            for fetched in batch:
                self._take(fetched)

    def _is_whole(self, module: Pinned) -> bool:
        """Return whether a module in the mirror is right. Raises ProvisionError if it is not what go.sum wants."""
        if not self.store.has(module.file(ZIP)):
            return False
        try:
            found = self._hash(module)
        except ProvisionError:
            found = ""
        recorded = self.needs.hash_of(module)
        wanted = self._wanted_hashes(module)
        if found and (set(wanted) == {found} or (not wanted and found == recorded)):
            self.needs.put_hash(module, found)
            return self._is_completed(module)
        if found and found == recorded:
            raise _mismatch(str(module), found, wanted)
        self._hear(DAMAGED(module=str(module)))
        return False

    def _is_completed(self, module: Pinned) -> bool:
        """Return whether a module with its zip has the other files, too; a killed run can leave them in the cache."""
        for ending in (MOD, INFO):
            name = module.file(ending)
            if not self.store.has(name):
                if not (self.go.downloads / name).is_file():
                    return False
                self._take_name(name)
        return True

    def _hash(self, module: Pinned) -> str:
        descriptor = self.store.open(module.file(ZIP))
        if descriptor is None:
            return ""
        with os.fdopen(descriptor, "rb") as file:
            return zip_hash.of_zip(file, str(module))

    def _take(self, fetched: Fetched) -> None:
        """Verify what go has fetched, and publish it. Raises ProvisionError before anything of it appears."""
        module = fetched.module
        with os.fdopen(open_regular(fetched.files[ZIP], follows=False), "rb") as file:
            found = zip_hash.of_zip(file, str(module))
        wanted = self._wanted_hashes(module) or {fetched.h1: "go mod download"}
        if set(wanted) != {found}:  # as for go, one line of go.sum that contradicts is enough
            raise _mismatch(str(module), found, wanted)
        self._check_mod(module, content_of(fetched.files[MOD]))
        self.needs.put_hash(module, found, is_new=True)
        self.needs.write()
        for ending in _ENDINGS:
            if ending == ZIP:
                self.store.take(module.file(ending), fetched.files[ending])
            else:  # it stays in the cache, too: go reads it for the next module
                self.store.write(module.file(ending), content_of(fetched.files[ending]))

    def _take_name(self, name: str) -> None:
        """Publish a file of the module graph."""
        found = of_file(name)
        data = content_of(self.go.downloads / name)
        if found is not None and found[1] == MOD:
            self._check_mod(found[0], data)
        self.store.write(name, data)

    def _check_mod(self, module: Pinned, data: bytes) -> None:
        wanted = {h1: origin for sums in self._sums for h1, origin in sums.of_mod(module).items()}
        found = zip_hash.of_mod(data)
        if wanted and set(wanted) != {found}:
            raise _mismatch(f"{module}/go.mod", found, wanted)

    def _wanted_hashes(self, module: Pinned) -> dict[str, str]:
        return {h1: origin for sums in self._sums for h1, origin in sums.of_zip(module).items()}


def _mismatch(name: str, found: str, wanted: Mapping[str, str]) -> ProvisionError:
    h1, origin = next((pair for pair in wanted.items() if pair[0] != found), ("?", "?"))
    return ProvisionError(MISMATCH(module=name, found=found, wanted=h1, origin=origin))
