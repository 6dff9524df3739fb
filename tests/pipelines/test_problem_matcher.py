"""The problem matcher of the extension reads what `wslgo check` prints."""

import json
import re
from pathlib import Path

import pytest

from commandline import write, wslgo
from tree import EXTENSION

MANIFEST = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
[MATCHER] = MANIFEST["contributes"]["problemMatchers"]
[TASK] = MANIFEST["contributes"]["taskDefinitions"]
PATTERN = MATCHER["pattern"]
LINE = re.compile(PATTERN["regexp"])


def test_every_finding_is_read_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a: 1:2: b" / ".wslconfig", "[wsl2]\n# 1:2: error: x [a/b]\nfoo=[a/b]\nkernelCommandLine=😀\\q\n")
    write(tmp_path / ".config/go/env", "GOPROXY=direct,https://proxy.test\nGO111MODULE=on\n")
    out = wslgo("check", "--lang", "en", ".").out
    read = {
        tuple(found[PATTERN[name]] for name in ("file", "line", "column", "severity", "message", "code"))
        for line in out.splitlines()
        if (found := LINE.search(line)) is not None
    }
    findings = json.loads(wslgo("check", "--format", "json", ".").out)["findings"]
    assert {(path, message, code) for path, _, _, _, message, code in read} == {
        (finding["path"], finding["message"], finding["rule"]) for finding in findings
    }
    assert len(read) == len(findings) == 4
    assert {severity for _, _, _, severity, _, _ in read} <= {"error", "warning", "info", "hint"}


def test_the_task_has_the_type_that_the_extension_provides() -> None:
    source = (EXTENSION / "src" / "tasks.ts").read_text(encoding="utf-8")
    assert f"const TYPE = '{TASK['type']}'" in source
    assert f"const MATCHER = '${MATCHER['name']}'" in source
