"""The check of the fences and tables of Markdown: each is checked as its file, and the findings come home.

Documents travel: nothing of this machine decides about them. A snippet is a part of a file, so rules about what a file
lacks, or about files beside it, do not run.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from wslgo.linter.finding import Fix, Reported
from wslgo.linter.named import is_named
from wslgo.linter.settings import Settings
from wslgo.linter.snippets import refuted
from wslgo.linter.snippets.commands import TERMINAL, written
from wslgo.linter.snippets.description import (
    Description,
    Language,
    Surroundings,
    describe,
    is_typed,
    language_of,
    surroundings,
)
from wslgo.linter.snippets.fragments import whole_file
from wslgo.linter.snippets.placeholders import has_placeholder
from wslgo.linter.snippets.prose import Prose
from wslgo.linter.snippets.suppressed import suppressions
from wslgo.linter.snippets.tables import settings_tables
from wslgo.syntax.excerpt import Excerpt
from wslgo.syntax.family import DOCS, SHELL, family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.markdown import Fence, Heading, MarkdownTree, Table
from wslgo.text.source import Source
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple, cast
from wslgo.topics import topic_of

Check = Callable[[File, Settings], Iterable[Reported]]

# Rules about what is not in a file, about files beside it, or about the machine that reads it; by folder or by name.
_OF_WHOLE_FILES = (
    *("policy", "own_file", "file", "libraries", "drives", "watching", "docs"),
    *("memory-not-reclaimed", "mirrored-only-key", "bridged-only-key", "bridged-without-switch", "unread"),
    *("unprotected-binfmt", "own-resolv-conf-with-tunneling", "isolated-cgroup-v1", "misplaced-file"),
    *("gomod/broken-environment", "private-module-not-exempt", "sibling-without-go-work", "workspace-on-windows-drive"),
    *("go-line-without-patch", "directive-newer-than-go", "go-not-available", "gomod/go-out-of-support"),
    *("missing-attribute", "program-not-found", "program-outside-module", "no-launch-blocking", "unknown-task"),
    *("unknown-compound-entry", "remote-without-mapping", "test-without-tests", "duplicate-name", "literal-secret"),
    *("service-of-windows", "port-in-launch", "broken-json", "undefined-input", "reserved-port", "unknown-docker-host"),
    *("go-older-than-module", "go-not-used", "another-proxy-in-image", "go-not-released", "builds/go-out-of-support"),
    *("resolvconf/overwritten", "generated-by-wsl", "loopback-server-when-mirrored", "line-without-effect"),
    *("overridden-by-export", "go-path-for-terminals-only", "windows-line-endings", "no-fallback", "login-not-sent"),
    *("module-proxy-not-excluded", "password-in-proxy", "proxy-of-another-mode"),
)
# What a command sets for itself may be meant for one run, so it says nothing about every build.
_OF_EVERY_BUILD = (
    *("target-of-another-system", "cgo-switched-off", "trimmed-paths", "vendor-mode", "pinned-toolchain"),
    *("modules-switched-off", "verification-off", "shell", "network", "drives"),
)
# Rules about paths of Windows, which are right in a document that is not about WSL.
_OF_WSL = ("windows-path", "folder-not-absolute", "gomod/windows-path", "replace-on-windows-drive")


class _Snippet(NamedTuple):
    """A file that a part of the document shows; `is_typed`: its lines are commands of a terminal."""

    path: str
    excerpt: Excerpt
    is_typed: bool = False
    is_table: bool = False


def findings(of_rules: Iterable[Reported], file: File, settings: Settings, check: Check) -> Iterator[Reported]:
    """Yield the findings of the rules about a document, and those about its snippets, without what it ignores."""
    tree = cast("MarkdownTree", file.tree)
    whole = Lines(file.source.text)
    ignored = suppressions(tree, whole)
    if ignored.is_everything and settings.policy is None:
        return
    of_snippets = list(_of_snippets(tree, file, settings, check, whole))
    for reported in chain(_not_answered(of_rules, of_snippets), of_snippets):
        is_kept = settings.policy is not None and settings.policy.keeps(reported.rule)
        if is_kept or not ignored.cover(reported.rule, reported.finding.span.start):
            yield reported


def _not_answered(of_rules: Iterable[Reported], of_snippets: Iterable[Reported]) -> Iterator[Reported]:
    """Yield the findings about the document but for a belief that is a value about which a rule says the same."""
    answered = [(topic_of(reported.rule), reported.finding.span) for reported in of_snippets]
    for reported in of_rules:
        topic, span = reported.finding.topic, reported.finding.span
        if not any(topic == other and span.start <= place.end and place.start <= span.end for other, place in answered):
            yield reported


def _of_snippets(tree: MarkdownTree, file: File, settings: Settings, check: Check, whole: Lines) -> Iterator[Reported]:
    """Yield the findings about fences and tables, each at its place in the document."""
    mentions_wsl = "wsl" in file.source.text.casefold()
    for snippet in _snippets(tree, whole):
        family = family_of(snippet.path)
        if family is None or family.name == DOCS:
            continue
        silent = _OF_WHOLE_FILES + (_OF_EVERY_BUILD if snippet.is_typed else ()) + (() if mentions_wsl else _OF_WSL)
        shown = read(snippet.path, family, Source(snippet.excerpt.text))
        for reported in check(shown, settings):
            if not is_named(reported.rule, silent):
                yield from _at_home(reported, snippet, file, whole)


def _at_home(reported: Reported, snippet: _Snippet, file: File, whole: Lines) -> Iterator[Reported]:
    """Yield a finding with its places in the document; nothing if it is about what a reader fills in."""
    finding = reported.finding
    span = snippet.excerpt.span(finding.span)
    if span is None:
        return
    first, last = whole.span(whole.line_of(span.start)), whole.span(whole.line_of(max(span.end - 1, span.start)))
    if any(map(has_placeholder, whole.text[first.start : max(last.end, span.end)].splitlines())):
        return
    fixes = tuple(moved for fix in finding.fixes if (moved := _fix_at_home(fix, snippet)))
    related = tuple(
        place._replace(span=there)
        for place in finding.related
        if not place.path and (there := snippet.excerpt.span(place.span))
    )
    yield reported._replace(path=file.path, finding=finding._replace(span=span, fixes=fixes, related=related, about=""))


def _fix_at_home(fix: Fix, snippet: _Snippet) -> Fix | None:
    """Return a fix that edits the document; None if it changes another file, its bytes, or the shape of a table."""
    if fix.bytewise or fix.encoding:
        return None
    edits = [snippet.excerpt.edit(edit) for edit in fix.edits]
    kept = tuple(edit for edit in edits if edit is not None)
    if len(kept) < len(edits) or not kept:
        return None
    if snippet.is_table and any("\n" in edit.new or "|" in edit.new for edit in kept):
        return None
    return fix._replace(edits=kept)


def _snippets(tree: MarkdownTree, whole: Lines) -> Iterator[_Snippet]:
    headings: list[tuple[int, str]] = []
    for number, block in enumerate(tree.blocks):
        if isinstance(block, Heading):
            headings = [heading for heading in headings if heading[0] < block.level]
            headings.append((block.level, Prose(whole.text, block.lines).text))
        elif isinstance(block, (Fence, Table)):
            around = surroundings(tree, tree.blocks, number, tuple(heading for _, heading in headings))
            if around.is_wrong:
                continue
            if isinstance(block, Table):
                yield from (_Snippet(*found, is_table=True) for found in settings_tables(block, whole, around))
            else:
                yield from _of_fence(block, whole, around)


def _of_fence(fence: Fence, whole: Lines, around: Surroundings) -> Iterator[_Snippet]:
    spans = fence.lines
    rows = [whole.text[slice(*span)] for span in spans]
    language = language_of(fence)
    if language is Language.DIFF:
        kept = [number for number, row in enumerate(rows) if row[:1] in ("+", " ") and not row.startswith("+++")]
        spans = tuple(spans[number]._replace(start=spans[number].start + 1) for number in kept)
        rows = [rows[number][1:] for number in kept]
    bad = refuted.bad_lines(rows)
    if any(bad):
        # Lines that are wrong on purpose are left out; so are those that only make sense with them.
        spans = tuple(span for span, is_bad in zip(spans, bad, strict=True) if not is_bad)
        rows = [row for row, is_bad in zip(rows, bad, strict=True) if not is_bad]
    yield from _of_lines(fence, describe(fence, rows, around), rows, spans, whole, around)


def _of_lines(
    fence: Fence,
    described: Description,
    rows: Sequence[str],
    spans: Sequence[Span],
    whole: Lines,
    around: Surroundings,
) -> Iterator[_Snippet]:
    family = family_of(described.path) if described.path else None
    is_shell = family is not None and family.name == SHELL
    is_file = family is not None and (described.is_label or not is_shell or not is_typed(around))
    if family is not None and is_file and not (is_shell and _has_prompt(rows)):
        excerpt = whole_file(family.name, rows, spans, whole, fence.end)
        if excerpt is not None:
            yield _Snippet(described.path, excerpt)
        return
    is_windows = described.language is Language.WINDOWS
    if is_windows or described.language is Language.COMMANDS or _is_plain_export(described.language, rows):
        for path, found, is_rest in written(rows, spans, whole, fence.end, is_windows=is_windows):
            yield _Snippet(path, found, is_typed=is_rest or path == TERMINAL)


def _has_prompt(rows: Sequence[str]) -> bool:
    return any(row.lstrip().startswith("$ ") for row in rows)


def _is_plain_export(language: Language, rows: Sequence[str]) -> bool:
    """Return whether a fence without a language can only be commands."""
    if language is not Language.SETTINGS:
        return False
    first = next((row.strip() for row in rows if row.strip() and not row.lstrip().startswith("#")), "")
    return first.startswith(("export ", "go env -w ", "$ ", "cat >", "cat <<", "sudo tee ", "echo "))
