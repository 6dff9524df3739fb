"""A Go package, its files, and the build target that decides which of them are built."""

from itertools import combinations

from wslgo.golang.paths import joined_path
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a launch.json need not have Go files beside it
    from wslgo.syntax.go.build_constraint import Constraint
    from wslgo.syntax.go.file_head import Head

_MOST_TAGS = 8  # in one file; every combination of them is tried
_LONGEST_CONSTRAINT = 100  # words


class BuildTarget(NamedTuple):
    """The platform and the tags of a build."""

    tags: frozenset[str] = frozenset()
    has_cgo: bool = True
    system: str = "linux"
    architecture: str = "amd64"

    def has(self, tag: str) -> bool:
        """Return whether a build tag is set; all tags of Go releases count as set."""
        if tag in self.tags or tag in (self.system, self.architecture, "gc"):
            return True
        if tag == "unix":
            return self.system not in ("windows", "plan9", "js", "wasip1")
        return (tag == "cgo" and self.has_cgo) or tag.startswith("go1.")


DEFAULT_TARGET = BuildTarget()


class GoFile(NamedTuple):
    """A `.go` file; `constraint` combines the constraints in its head and in its name."""

    path: str
    head: "Head"
    constraint: "Constraint | None"

    @property
    def is_test(self) -> bool:
        return self.path.endswith("_test.go")

    def fits(self, target: BuildTarget) -> bool:
        """Return whether a build for `target` includes the file."""
        from wslgo.syntax.go import build_constraint  # see above

        return build_constraint.holds(self.constraint, target.has) and (target.has_cgo or not self.head.uses_cgo)


class Package(NamedTuple):
    """The files of a folder: `files` and `tests` are built, `left_out` not; `others` are not Go."""

    folder: str
    target: BuildTarget
    files: tuple[GoFile, ...]
    tests: tuple[GoFile, ...]
    left_out: tuple[GoFile, ...]
    others: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the package clause, or the one in the tests if there are only tests."""
        test = self.tests[0].head.package if self.tests else ""
        return self.files[0].head.package if self.files else test.removesuffix("_test")

    @property
    def is_main(self) -> bool:
        """True for a program."""
        return bool(self.files) and self.name == "main"

    @property
    def uses_cgo(self) -> bool:
        return any(file.head.uses_cgo for file in self.files)

    @property
    def cuda_files(self) -> tuple[str, ...]:
        """The `.cu` and `.cuh` files in the folder, which `go list` does not report in any field."""
        return tuple(joined_path(self.folder, name) for name in self.others if name.endswith((".cu", ".cuh")))

    def tags_needed(self) -> tuple[str, ...] | None:
        """Return the fewest tags that leave a file to build (or to test, if there are only tests); None if none do."""
        if self.files or self.tests:
            return ()
        files = [file for file in self.left_out if not file.is_test] or self.left_out
        needed = (_tags_needed(file, self.target) for file in files)
        return min((tags for tags in needed if tags), key=lambda tags: (len(tags), tags), default=None)


def _tags_needed(file: GoFile, target: BuildTarget) -> tuple[str, ...] | None:
    """Return the fewest tags with which a build includes a file: only the tags in its constraint can matter."""
    from wslgo.syntax.go import build_constraint  # see above

    tags = sorted({*build_constraint.tags(file.constraint)} - build_constraint.FIXED_TAGS)
    if len(tags) > _MOST_TAGS or len(file.constraint or ()) > _LONGEST_CONSTRAINT:
        return None
    choices = (choice for count in range(1, len(tags) + 1) for choice in combinations(tags, count))
    return next((tags for tags in choices if file.fits(target._replace(tags=target.tags | {*tags}))), None)
