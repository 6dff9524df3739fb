"""The server in Neovim, a second real client; it gets pushed diagnostics."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from frontdoor import dev
from workbench import PATIENCE

SCRIPT = Path(__file__).with_name("neovim.lua")


@pytest.fixture
def neovim(bundled, tmp_path):
    """Run the script on a file and return the report of Neovim."""
    dev.debian_packages()

    def run(path: Path) -> dict[str, object]:
        report = tmp_path / "report.json"
        server = [shutil.which("python3"), "-I", str(bundled / "start.py")]
        done = subprocess.run(
            ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", SCRIPT, path],
            cwd=path.parent,
            env=os.environ | {"SERVER": json.dumps(server), "REPORT": str(report), "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert report.exists(), done.stdout + done.stderr
        return json.loads(report.read_text(encoding="utf-8"))

    return run


def test_findings_arrive_and_a_fix_applies(neovim, workspace):
    path = workspace / ".wslconfig"
    before = path.read_text(encoding="utf-8")
    report = neovim(path)
    assert any("'8gb'" in message for message in report["messages"])
    assert report["applied"]
    assert report["is_mended"]
    assert path.read_text(encoding="utf-8") != before


def test_positions_are_right_after_an_emoji(neovim, tmp_path):
    path = tmp_path / ".wslconfig"
    path.write_text("[wsl2]\nguiAplications=true # 🐧\n", encoding="utf-8")
    neovim(path)
    assert path.read_text(encoding="utf-8") == "[wsl2]\nguiApplications=true # 🐧\n"
