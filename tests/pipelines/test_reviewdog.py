"""The real reviewdog reads what `--format rdjson` writes."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from commandline import write, wslgo
from frontdoor import dev

pytestmark = pytest.mark.slow


def diagnostics(text: str) -> list[dict[str, Any]]:
    """Return the diagnostics in the order of reviewdog, which sorts them and leaves out empty texts."""
    found = json.loads(text)["diagnostics"]
    for suggestion in (suggestion for item in found for suggestion in item.get("suggestions", ())):
        suggestion.setdefault("text", "")
    return sorted(found, key=lambda item: str((item["location"], item["message"])))


def test_reviewdog_reads_every_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / ".wslconfig", "[wsl2]\nkernelCommandLine=😀\\q\nmemory=8GB\nmemory=4GB\n")
    write(tmp_path / ".config/go/env", "GOPROXY=direct,https://proxy.test\n")
    page = "https://git.example.com/rules.md"
    ours = wslgo("check", "--format", "rdjson", "--rules-page", page).out
    words = [dev.reviewdog(), "-f=rdjson", "-reporter=rdjson", "-filter-mode=nofilter", "-fail-level=none"]
    done = subprocess.run(words, input=ours, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert diagnostics(done.stdout) == [{**item, "source": {"name": "wslgo"}} for item in diagnostics(ours)]
