"""No output shows a password in a URL, wherever it is in the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commandline import write, wslgo
from wslgo.ide.hover.wsl_key import hover
from wslgo.text.message import redact

SECRET = "hunter2"

# Files with URLs in values, correct and wrong in many ways.
TEMPLATES = {
    ".wslconfig": "[wsl2]\nkernel={0}\nguiApplications=off\nfoo={0}\n{0}\n[{0}]\nmemory={0}\n# {0}\n",
    "wsl.conf": "[boot]\ncommand={0}\nsystemd=yes\nfoo={0}\n[network]\nhostname=x\n[{0}\n",
    "go.mod": "module m\nrequire {0} v1\n",
    ".env": "GOPROXY={0};{0},direct|off\nGOSUMDB={0}\nGOCACHE={0}\n",
    ".vscode/launch.json": '{{"configurations": [{{"type": "go", "env": {{"GOPROXY": "direct,{0}"}}}}]}}',
    ".vscode/settings.json": '{{"go.toolsEnvVars": {{"GOPROXY": "{0}，{0}", "GOSUMDB": "{0}"}}}}',
}
URLS = st.builds(
    "{}://{}{}@{}".format,
    st.sampled_from(["https", "http", "file", "socks5"]),
    st.sampled_from(["", "me:", "me@corp.test:", "%40:"]),
    st.sampled_from([SECRET, f"p@{SECRET}", f"{SECRET}:x", f"{SECRET}@x"]),
    st.sampled_from(["proxy.test", "proxy.test/path?q=1", "[::1]:80/", "", "proxy.test,direct", "proxy.test|off"]),
)
COMMANDS: list[list[str]] = [
    *(["check", "--format", name] for name in ("text", "json", "sarif", "github", "gitlab", "junit", "rdjson")),
    ["check", "--lang", "zh-cn"],
    ["fix", "--diff"],
    ["fix", "--diff", "--unsafe"],
]


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
@given(url=URLS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_report_shows_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEMPLATES[name].format(url), encoding="utf-8")
    for command in COMMANDS:
        done = wslgo(*command, name, "--isolated")
        assert done.code in (0, 1), done.err
        assert SECRET not in done.out + done.err, command


@given(url=URLS)
def test_redaction_hides_a_password(url: str) -> None:
    assert SECRET not in redact(url)


@pytest.mark.parametrize("name", [".wslconfig", "wsl.conf"])
def test_no_hover_shows_a_password(name: str) -> None:
    from wslgo.linter.check import check
    from wslgo.syntax.family import family_of
    from wslgo.syntax.file import read
    from wslgo.text.source import Source

    family = family_of(name)
    assert family is not None
    text = TEMPLATES[name].format(f"https://me:{SECRET}@proxy.test/")
    file = read(name, family, Source(text))
    found: Any = check(file)
    for offset in range(len(text)):
        about = hover(file, offset, found)
        if about:
            assert SECRET not in about.markdown("en") + about.markdown("zh")


def test_a_fix_with_a_password_is_not_in_the_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that applies the JSON would write the mask into the file."""
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path / ".vscode/settings.json", f'{{"go.toolsEnvVars": {{"GOPROXY": "direct,https://me:{SECRET}@a.test"}}}}'
    )
    found = json.loads(wslgo("check", "--format", "json").out)["findings"]
    assert found
    edits = [edit for finding in found for fix in finding["fixes"] for edit in fix["edits"]]
    assert not any("xxxxx" in edit["newText"] for edit in edits)
