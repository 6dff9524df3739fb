"""Several files on one machine, checked together as editor and terminal do, and the report as lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.linter.check import check
from wslgo.linter.finding import SEVERITY_WORDS, Reported
from wslgo.linter.fix import FixedFile, fix_file
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import LAUNCH, family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import decode
from wslgo.text.span import Lines, Span


class Scenario(NamedTuple):
    """The files of known families, the machine, and the Go workspace of the launch configurations."""

    files: tuple[File, ...]
    host: Host = UNKNOWN
    project: Project | None = None

    def check(self, file: File) -> list[Reported]:
        """Return the findings of one of the files, with the others beside it."""
        project = self.project if file.family.name == LAUNCH else None
        return check(file, others=self.beside(file), host=self.host, project=project)

    def fix(self, file: File, *, unsafe: bool = False) -> FixedFile:
        """Return one of the files after its fixes."""
        project = self.project if file.family.name == LAUNCH else None
        return fix_file(file, others=self.beside(file), unsafe=unsafe, host=self.host, project=project)

    def with_fixes(self, *, unsafe: bool = False) -> "Scenario":
        """Return all files after their fixes; each sees the ones before it after theirs."""
        done = self
        for place in range(len(self.files)):
            after = done.fix(done.files[place], unsafe=unsafe).after
            done = done._replace(files=(*done.files[:place], after, *done.files[place + 1 :]))
        return done

    def findings(self) -> Iterator[tuple[File, Reported]]:
        return ((file, reported) for file in self.files for reported in self.check(file))

    def beside(self, file: File) -> tuple[File, ...]:
        return tuple(other for other in self.files if other is not file)

    def text(self, path: str) -> str:
        """Return the text of a path that a finding names."""
        texts = [file.source.text for file in self.files if file.path == path]
        return texts[0] if texts else self.project.text_of_shown_path(path) if self.project else ""

    def position(self, path: str, span: Span) -> str:
        """Return `path:line:column`, counted from one."""
        line, column = Lines(self.text(path)).position(span.start)
        return f"{path}:{line + 1}:{column + 1}"


def scenario(
    texts: Mapping[str, bytes], place_of: Callable[[str], str], host: Host = UNKNOWN, workspace: str = ""
) -> Scenario:
    """Return a scenario of files by the path that findings show; `place_of` returns their path on the machine.

    The Go workspace consists of the files under the shown path `workspace`.
    """
    inside = {path[len(workspace) :]: decode(data).text for path, data in texts.items() if path.startswith(workspace)}
    return Scenario(tuple(_files(texts, place_of)), host, Project(MemoryListing(inside), prefix=workspace))


def summary(scene: Scenario) -> list[str]:
    """Return `path:line:column severity rule` for every finding."""
    return [
        f"{scene.position(file.path, reported.finding.span)} {reported.severity.name.lower()} {reported.rule}"
        for file, reported in scene.findings()
    ]


def report(scene: Scenario) -> list[str]:
    """Return every finding as users read it, with related places and fixes."""
    return [line for file, reported in scene.findings() for line in _lines(scene, file, reported)]


def _files(texts: Mapping[str, bytes], place_of: Callable[[str], str]) -> Iterable[File]:
    for path, data in texts.items():
        family = family_of(path)
        if family is not None:
            yield read(path, family, decode(data), place_of(path))


def _lines(scene: Scenario, file: File, reported: Reported) -> Iterator[str]:
    finding, severity = reported.finding, SEVERITY_WORDS[reported.severity].en
    place = scene.position(file.path, finding.span)
    yield f"{place}: {severity}: {finding.message.render()} [{reported.rule}]"
    for related in finding.related:
        yield f"  {scene.position(related.path or file.path, related.span)}: {related.message.render()}"
    for fix in finding.fixes:
        yield f"  {fix.safety.value} fix: {fix.title.render()}"
