"""The job of GitLab CI: a marked block in `.gitlab-ci.yml` that calls the script.

It is part of that file, not a file of its own: an `include:` can be there only once, and may have any form.
"""

import json
from collections.abc import Sequence

from wslgo.ci.script import INSTALL, PATH, RECORD
from wslgo.ci.script_checks import Checks
from wslgo.ci.script_marks import blocks, marked
from wslgo.golang.paths import joined_path
from wslgo.text.message import Message, Text
from wslgo.text.typing import Any

PIPELINE = ".gitlab-ci.yml"
JOB = "go-ci"
_STAGES = ("test", "check", "verify", "lint", "build")
_DEFAULT_STAGE = "test"
# Inside of the project, or GitLab keeps neither; git does not see it, so that go's `vcs.modified` stays false.
_FOLDER = ".go-ci"
_RECORD = "/tmp/go-ci"  # noqa: S108 - in a container of this job
_MOST_KEYS = 2  # GitLab takes no more files for the key of a cache

NOT_YAML = Message(en="is not YAML, so nothing can be added: {reason}", zh="不是 YAML，因此无法添加内容：{reason}")
TAKEN = Message(en="already has a job {name}: rename it, or delete it", zh="已有作业 {name}：请将其重命名或删除")
NOT_A_MAP = Message(
    en="is not a list of keys in block style, so nothing can be added at its end",
    zh="不是块样式的键列表，因此无法在其末尾添加内容",
)


def pipeline(checks: Checks, stages: Sequence[str] | None = None) -> str:
    """Return the block, for a file of its own or for the end of another one."""
    return marked(JOB, bodies(checks, stages)[JOB])


def bodies(checks: Checks, stages: Sequence[str] | None = None) -> dict[str, str]:
    """Return the lines of the marked block; `stages` are those of the pipeline, None for GitLab's own."""
    sums = [joined_path(module.folder, "go.sum") for module in checks.modules if module.has_sums]
    lines = [f"{JOB}:"]
    if stages and _DEFAULT_STAGE not in stages:
        lines.append(f"  stage: {json.dumps(next((name for name in _STAGES if name in stages), stages[0]))}")
    lines += [
        f"  image: golang:{checks.go or 'latest'}",
        "  variables:",
        "    # The image has go stay at its own version, also where go.mod asks for a newer one.",
        "    GOTOOLCHAIN: auto",
        f"    {RECORD}: {_RECORD}",
    ]
    if sums:
        lines += [
            f"    GOMODCACHE: $CI_PROJECT_DIR/{_FOLDER}/modules",
            f"    GOCACHE: $CI_PROJECT_DIR/{_FOLDER}/build",
            "  cache:",
            "    key:",
            "      files:",
            *(f"        - {json.dumps(path, ensure_ascii=False)}" for path in sums[:_MOST_KEYS]),
            "    paths:",
            f"      - {_FOLDER}/modules",
            f"      - {_FOLDER}/build",
        ]
    lines += [
        "  script:",
        f"    - mkdir -p .git/info && echo '/{_FOLDER}/' >>.git/info/exclude",
        *((f"    - sh {PATH} {INSTALL}",) if checks.packages else ()),
        f"    - sh {PATH}",
        "  after_script:",
        f"    - mkdir -p {_FOLDER} && cp -r {_RECORD} {_FOLDER}/record",
        "  artifacts:",
        "    when: always",
        "    expire_in: 1 week",
        "    paths:",
        f"      - {_FOLDER}/record",
    ]
    return {JOB: "".join(f"{line}\n" for line in lines)}


def with_block(text: str, checks: Checks) -> str | Text:
    """Return a pipeline with a new block at its end, or the reason why none can be added; `text` has no block yet."""
    root = _root(text)
    keys = _keys_of(root)
    if isinstance(keys, Text):
        return keys
    if JOB in keys:
        return TAKEN(name=JOB)
    end = "" if text.endswith("\n") or not text else "\n"
    block = pipeline(checks, _stages_of(root))
    line_end = "\r\n" if "\r\n" in text else "\n"
    new = text + (f"{end}\n" if text else "").replace("\n", line_end) + block.replace("\n", line_end)
    after = _keys_of(_root(new))
    return new if not isinstance(after, Text) and after == [*keys, JOB] else NOT_A_MAP()


def stages_of(text: str) -> tuple[str, ...] | None:
    """Return the stages that a pipeline lists outside of our block, None if it lists none."""
    block = blocks(text).get(JOB)
    if block is not None:
        text = text[: block.start] + text[block.end :]
    return _stages_of(_root(text))


def _stages_of(root: Any) -> tuple[str, ...] | None:
    for key, value in root.value if type(root).__name__ == "MappingNode" else ():
        if key.value == "stages" and isinstance(value.value, list):
            return tuple(item.value for item in value.value if isinstance(item.value, str)) or None
    return None


def _keys_of(root: Any) -> list[str] | Text:
    """Return the keys of a pipeline, or the reason why it has none."""
    if root is None or isinstance(root, Text):
        return root or []
    if type(root).__name__ != "MappingNode":
        return NOT_A_MAP()
    return [str(getattr(key, "value", "")) for key, _ in root.value]


def _root(text: str) -> Any:
    """Return the root of the last document, None for an empty one, or the reason why it is not YAML.

    Tags such as `!reference` are not resolved, and aliases are not followed.
    """
    import yaml  # 15 ms: only a repository with a pipeline pays

    try:
        return [None, *yaml.compose_all(text.removeprefix("\ufeff"), yaml.SafeLoader)][-1]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return NOT_YAML(reason=" ".join(str(error).split()))
