"""The policy for a file: what the machine, the user and the repositories around it require, all together.

Each requirement holds by itself, so the strictest wins. A policy only restricts: what a repository may ask a machine
for is another question (`wslgo.provision.model.spec`).
"""

from collections.abc import Iterable

from wslgo.linter.finding import Related
from wslgo.linter.named import is_named
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

FAMILY = "policy"
# Rules that say what a key of a policy forbids: with that key their findings are errors that nothing ignores.
HARDENED = {"caches": ("goenv/folder-on-windows-drive",)}
# Rules about the machine that compare it with a policy.
OF_MACHINE = ("machine/limits-not-set", "machine/older-than-policy")

HERE = Message(en="{name} of {path}", zh="{path} 中的 {name}")


class Requirement(NamedTuple):
    """A key of a `policy:` with its values; `span` is the key in the file at `path`."""

    keys: tuple[str, ...]
    values: tuple[str, ...]
    span: Span
    path: str

    @property
    def name(self) -> str:
        return ".".join((FAMILY, *self.keys))

    @property
    def place(self) -> Related:
        """The line of the policy, for the finding about what breaks it."""
        return Related(self.span, HERE(name=self.name, path=self.path), self.path)


class PolicyFile(NamedTuple):
    """A file with a `policy:`."""

    path: str
    text: str


class Policy(NamedTuple):
    """The requirements that hold for a file, those of the machine first, and the files that they are in."""

    requirements: tuple[Requirement, ...] = ()
    files: tuple[PolicyFile, ...] = ()

    def of(self, *keys: str) -> tuple[Requirement, ...]:
        """Return the requirements of a key."""
        return tuple(found for found in self.requirements if found.keys == keys)

    def below(self, key: str) -> tuple[Requirement, ...]:
        """Return the requirements of the keys below one."""
        return tuple(found for found in self.requirements if found.keys[0] == key and len(found.keys) > 1)

    def keeps(self, rule: str) -> bool:
        """Return whether nothing may ignore a rule: one about the policy, or one that the policy names."""
        return self.judges(rule) or any(is_named(rule, found.values) for found in self.of("never-ignore"))

    def judges(self, rule: str) -> bool:
        """Return whether the findings of a rule are violations of the policy."""
        return rule.startswith(f"{FAMILY}/") or rule in OF_MACHINE or bool(self.hardens(rule))

    def hardens(self, rule: str) -> tuple[Requirement, ...]:
        """Return the requirements that make every finding of a rule an error."""
        return tuple(found for key, rules in HARDENED.items() if rule in rules for found in self.of(key))

    def text_of(self, path: str) -> str | None:
        """Return the text of one of the files."""
        return next((file.text for file in self.files if file.path == path), None)


def joined(policies: Iterable[Policy]) -> Policy | None:
    """Return the policies as one; None if they require nothing."""
    known = tuple(policies)
    requirements = tuple(dict.fromkeys(found for policy in known for found in policy.requirements))
    if not requirements:
        return None
    used = {found.path for found in requirements}
    files = dict.fromkeys(file for policy in known for file in policy.files if file.path in used)
    return Policy(requirements, tuple(files))


def places(requirements: Iterable[Requirement]) -> tuple[Related, ...]:
    """Return the lines of requirements, each once."""
    return tuple(dict.fromkeys(found.place for found in requirements))
