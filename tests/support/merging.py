"""Merges of launch entries into texts."""

from typing import Any

from wslgo.launch.generate.entry import Generated, LaunchEntry
from wslgo.launch.merge.merge import (
    EVERYTHING,
    Files,
    MergeRequest,
    MergeResult,
    merge_entries,
)
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.text import plain
from wslgo.text.source import Source


def launch(
    text: str, *entries: LaunchEntry, request: MergeRequest = EVERYTHING, inputs: tuple[LaunchEntry, ...] = ()
) -> MergeResult:
    return merge_entries(Files(Source(text)), Generated(entries, inputs=inputs), request)


def after(text: str, *entries: LaunchEntry, request: MergeRequest = EVERYTHING) -> str:
    done = launch(text, *entries, request=request)
    assert not done.unwritable
    return done.files.launch.text


def value(source: Source | str) -> Any:
    root = jsonc.parse(Source(source) if isinstance(source, str) else source).root
    return None if root is None else plain(root)
