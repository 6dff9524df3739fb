"""The examples in the docstring of a rule: the texts in its fences."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing import MemoryListing
from tree import HOSTS as _HOSTS
from wslgo.golang.project import Project
from wslgo.golang.workspace import CudaLink, Library, OutsideModule, Repository, Workspace
from wslgo.linter.documentation import place_of
from wslgo.linter.policy import Policy, joined
from wslgo.linter.rules import BINARY, MACHINE, SHARED, Rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.settings import Settings
from wslgo.linter.team_requirements import requirements_of
from wslgo.linter.team_yaml import parse_nodes
from wslgo.machine.binary import Binary
from wslgo.machine.host import UNKNOWN, Host
from wslgo.machine.host_json import from_json
from wslgo.syntax.family import LAUNCH, by_name, family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.json import record
from wslgo.text.source import UTF8, UTF16_BE, UTF16_LE, Source

_FENCE = re.compile(r"```(\w+)([^\n]*)\n(.*?)```", re.DOTALL)
_DEFAULT_PATHS = {
    "wslconfig": ".wslconfig",
    "wslconf": "wsl.conf",
    "gomod": "go.mod",
    "gowork": "go.work",
    "launch": ".vscode/launch.json",
    "goenv": ".config/go/env",
    "resolvconf": "resolv.conf",
    "fstab": "etc/fstab",
    "shell": ".bashrc",
    "dotenv": ".env",
    "workflow": ".github/workflows/test.yml",
    "gitlab": ".gitlab-ci.yml",
    "dockerfile": "Dockerfile",
    "cgo": "main.go",
    "file": ".wslconfig",
    "team": "wslgo.yaml",
}
_ENCODINGS = {"utf16": UTF16_LE, "utf16be": UTF16_BE}


_HEALTHY = "ubuntu-24.04-mirrored"  # the machine that an example of a rule about machines or programs changes
# The program that an example of a rule about programs changes.
_DEBUGGABLE = {
    "path": "bin/app",
    "system": "linux",
    "processor": "amd64",
    "go": "go1.25.3",
    "package": "example.com/app",
    "dwarf": True,
    "optimized": "none",
}


class Example(NamedTuple):
    """One `## Example` or `## No finding` section: the files before, and after the fix (empty when none is shown).

    Fences with the word `project` are the Go workspace around them, one with the word `host` is the machine; a file
    with `host=NAME` is on the recorded machine of that name, and a fence `host` then changes that machine. An example
    of a rule about machines changes a healthy machine, and `cured` is that machine after the cure: fences with a place
    (`path=/...`) are its files, one with the word `workspace` has the needs of the Go workspace. An example of a rule
    about programs changes one that is built for debugging, in fences with the word `binary`. A fence with the word
    `policy` is a `wslgo.yaml` whose policy holds.
    """

    title: str
    before: tuple[File, ...]
    after: tuple[File, ...]
    project: Project | None = None
    host: Host = UNKNOWN
    cured: Host | None = None
    scene: MachineScene = MachineScene()
    cured_scene: MachineScene = MachineScene()
    binary: Binary | None = None
    cured_binary: Binary | None = None
    policy: Policy | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the example: its policy alone."""
        return Settings(policy=self.policy)


def examples(rule: Rule) -> list[Example]:
    """Return the examples for the family of `rule`, in order."""
    family = rule.id.partition("/")[0]
    sections = re.split(r"^## ", rule.documentation, flags=re.MULTILINE)[1:]
    if family == MACHINE:
        return [_machine_example(section) for section in sections]
    if family == BINARY:
        return [_binary_example(section) for section in sections]
    found = [_example(section, family) for section in sections]
    is_shared = family in SHARED or place_of(rule)[0] == LAUNCH
    return [example for example in found if example.before and (is_shared or example.before[0].family.name == family)]


def _example(section: str, family: str) -> Example:
    title, _, body = section.partition("\n")
    before, _, after = body.partition("\nbecomes\n")
    files = _files(before, family), _files(after, family)
    return Example(title.strip(), *files, _project(body), _host(before), policy=_policy(body))


def _machine_example(section: str) -> Example:
    title, _, body = section.partition("\n")
    before, _, after = body.partition("\nbecomes\n")
    cured = _host(after, _HEALTHY) if after else None
    workspace = _workspace(body)
    policy = _policy(body)
    scene, cured_scene = (MachineScene(tuple(_files_of_machine(part)), workspace, policy) for part in (before, after))
    return Example(title.strip(), (), (), None, _host(before, _HEALTHY), cured, scene, cured_scene, policy=policy)


def _binary_example(section: str) -> Example:
    """Return an example about a program: what is after `becomes` changes the program or the machine of the example."""
    title, _, body = section.partition("\n")
    before, _, after = body.partition("\nbecomes\n")
    cured = _host(after if "json host" in after else before, _HEALTHY) if after else None
    binaries = (_binary(before), _binary(after if "json binary" in after else before) if after else None)
    return Example(
        title.strip(), (), (), None, _host(before, _HEALTHY), cured, MachineScene(), MachineScene(), *binaries
    )


def _binary(text: str) -> Binary:
    fences = [body for _, words, body in _FENCE.findall(text) if words.split() == ["binary"]]
    found = record.from_json(Binary, merge(_DEBUGGABLE, next(map(json.loads, fences), {})), "binary")
    assert isinstance(found, Binary)
    return found


def _files_of_machine(text: str) -> Iterator[File]:
    """Yield the fences with a place."""
    for _, words, body in _FENCE.findall(text):
        if any(word.startswith("path=/") for word in words.split()):
            yield _file(words, body, MACHINE)


def _workspace(text: str) -> Workspace | None:
    """Return what the workspace needs: the members in a fence with the word `workspace`."""
    fences = (body for _, words, body in _FENCE.findall(text) if words.split() == ["workspace"])
    members = next(map(json.loads, fences), None)
    lists = {name: tuple(value) for name, value in (members or {}).items() if isinstance(value, list)}
    if "c_libraries" in lists:
        lists["c_libraries"] = tuple(Library(*value) for value in lists["c_libraries"])
    if "cuda_links" in lists:
        lists["cuda_links"] = tuple(CudaLink(name, module, tuple(rest)) for name, module, rest in lists["cuda_links"])
    if "rejected" in lists:
        lists["rejected"] = Repository(*lists["rejected"])
    if "outside_module" in lists:
        folder, file, modules = lists["outside_module"]
        lists["outside_module"] = OutsideModule(folder, file, tuple(modules))
    return None if members is None else Workspace(**{**members, **lists})


def _host(text: str, base: str = "") -> Host:
    fences = [(words.split(), body) for _, words, body in _FENCE.findall(text)]
    names = (word.removeprefix("host=") for words, _ in fences for word in words if word.startswith("host="))
    name = next(names, base)
    recorded = json.loads((_HOSTS / f"{name}.json").read_text(encoding="utf-8")) if name else {}
    changes = (json.loads(body) for words, body in fences if "host" in words)
    return from_json(merge(recorded, next(changes, {})))


def merge(base: object, more: object) -> object:
    """Return an object of JSON with the members of another one over its own."""
    if not isinstance(base, dict) or not isinstance(more, dict):
        return more
    return base | {name: merge(base.get(name), value) for name, value in more.items()}


def _project(text: str) -> Project | None:
    fences = ((words.split(), body) for _, words, body in _FENCE.findall(text))
    texts = {_path(flags, ""): body for flags, body in fences if "project" in flags}
    return Project(MemoryListing(texts)) if texts else None


def _policy(text: str) -> Policy | None:
    """Return the policy of the fences with the word `policy`, which has no mistakes."""
    found = []
    for _, words, body in _FENCE.findall(text):
        if "policy" in words.split():
            read = requirements_of(parse_nodes(body), _path(words.split(), "wslgo.yaml"), body)
            assert not read.problems
            found.append(read.policy)
    return joined(found)


def _path(flags: list[str], default: str) -> str:
    return next((word.removeprefix("path=") for word in flags if word.startswith("path=")), default)


def _files(text: str, family: str) -> tuple[File, ...]:
    fences = (
        (words, body)
        for _, words, body in _FENCE.findall(text)
        if not {"project", "host", "policy"} & set(words.split())
    )
    return tuple(_file(words, body, family) for words, body in fences)


def _file(words: str, body: str, family: str) -> File:
    """Return a fence as a file.

    Its words are `path=NAME`, `bom`, `crlf`, `utf16`, `utf16be`, `no-newline`, `escapes`, and `times=NUMBER` for a text
    that is repeated.
    """
    flags = words.split()
    path = _path(flags, _DEFAULT_PATHS.get(family, ""))
    text = body.encode().decode("unicode_escape").encode("latin-1").decode() if "escapes" in flags else body
    text *= next((int(word.removeprefix("times=")) for word in flags if word.startswith("times=")), 1)
    text = text.removesuffix("\n") if "no-newline" in flags else text
    text = text.replace("\n", "\r\n") if "crlf" in flags else text
    text = "\ufeff" + text if "bom" in flags else text
    encoding = next((_ENCODINGS[word] for word in flags if word in _ENCODINGS), UTF8)
    found = family_of(path) or by_name(family)
    assert found is not None
    return read(path, found, Source(text, encoding), place=path if path.startswith("/") else "")
