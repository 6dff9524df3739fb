"""Tools and toolchains for a mirror: which module and version a word means."""

import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wslgo.knowledge.go_tools import TOOLS, GoTool
from wslgo.knowledge.version import go_version
from wslgo.mirror.go_modules import GoModules
from wslgo.mirror.pinned import TOOLCHAIN, ZIP, Pinned, pinned
from wslgo.mirror.store import Store
from wslgo.mirror.workspace import Root
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.http import Web
from wslgo.provision.survey.newest_release import newest
from wslgo.provision.toolchain.policy import Policy
from wslgo.text.message import Message

UNKNOWN = Message(
    en="{word} is not a tool: name {names}, or PACKAGE@VERSION",
    zh="{word} 不是工具：请写 {names}，或 PACKAGE@VERSION",
)
NO_RELEASE = Message(
    en="No proxy of GOPROXY has a release of {name} for Go {version}: name a version, as in {name}@VERSION",
    zh="GOPROXY 中没有适用于 Go {version} 的 {name} 版本：请指定版本，例如 {name}@VERSION",
)
NO_MODULE = Message(en="No module provides {package} at {version}", zh="没有模块提供 {version} 版本的 {package}")

NAMES = tuple(tool.program for tool in TOOLS)
_LATEST = "latest"
_LARGEST_SUM = 16 << 20


class ChosenTool(NamedTuple):
    """The package to install with its version, as `go install` takes it, and its module."""

    text: str
    module: Pinned


def find(word: str, go: GoModules, none: Root, policy: Policy, web: Web) -> ChosenTool:
    """Return the tool that a word means: a usual name or a package, perhaps with a version. Raises ProvisionError."""
    package, _, version = word.partition("@")
    tool = next((tool for tool in TOOLS if tool.program == package), None)
    if tool is None and ("/" not in package or not version):
        raise ProvisionError(UNKNOWN(word=word, names=NAMES))
    if tool is not None:
        version = version or _newest(tool, go, policy, web)
        module = go.resolve(none, tool.module, version)
        package = tool.package
    else:
        module = _module_of(package, version, go, none)
    if module is None:
        raise ProvisionError(NO_MODULE(package=package, version=version))
    return ChosenTool(f"{package}@{module.version}", module)


def go_sum(store: Store, module: Pinned) -> bytes:
    """Return the go.sum in the zip of a module; nothing without one."""
    descriptor = store.open(module.file(ZIP))
    if descriptor is None:
        return b""
    with os.fdopen(descriptor, "rb") as file, zipfile.ZipFile(file) as archive:
        try:
            entry = archive.getinfo(f"{module}/go.sum")
        except KeyError:
            return b""
        with archive.open(entry) as content:
            return io.BytesIO(content.read(_LARGEST_SUM)).getvalue()


def toolchains(go: GoModules, versions: Sequence[str], platforms: Sequence[str]) -> Iterator[Pinned]:
    """Yield the toolchains as modules: those that go.mod asks for, else that of this machine, for each platform.

    A line such as `go 1.26` names a language, of which no toolchain has the name.
    """
    own = f"{go.variables.get('GOHOSTOS', '')}/{go.variables.get('GOHOSTARCH', '')}"
    named = [version for version in versions if version.count(".") == 2 or "rc" in version]
    newest_named = max(named, key=lambda version: go_version(version) or go_version("1.0"), default=go.version)  # type: ignore[arg-type, return-value]
    for platform in platforms or (own,):
        module = pinned(TOOLCHAIN, f"v0.0.1-go{newest_named}.{platform.replace('/', '-')}")
        if module is not None:
            yield module


def _newest(tool: GoTool, go: GoModules, policy: Policy, web: Web) -> str:
    version = go_version(go.version)
    found = newest((tool,), version, policy, web).get(tool.package, "") if version is not None else ""
    if not found:
        raise ProvisionError(NO_RELEASE(name=tool.program, version=go.version))
    return found


def _module_of(package: str, version: str, go: GoModules, none: Root) -> Pinned | None:
    """Return the module of a package: go, too, tries the longest path first."""
    path = package
    while path:
        module = go.resolve(none, path, version)
        if module is not None:
            return module
        path = path.rpartition("/")[0]
    return None
