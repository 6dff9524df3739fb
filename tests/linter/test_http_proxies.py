"""NO_PROXY gets the host of a module proxy wherever a file sets the proxy, in the syntax of that file."""

import pytest

from wslgo.linter.check import check
from wslgo.linter.fix import fix_file
from wslgo.linter.settings import Settings
from wslgo.machine.host import Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.go import http_proxy
from wslgo.text.source import Source

RULE = "goenv/module-proxy-not-excluded"
ONLY = Settings(select=(RULE,))
PROXY, MODULES, HOST = (
    "http://proxy.corp.internal:8080",
    "https://goproxy.corp.internal,direct",
    "goproxy.corp.internal",
)
NEW = f"localhost,127.0.0.1,{HOST}"


def file_of(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), path)


def fixed(path: str, text: str) -> str:
    return fix_file(file_of(path, text), ONLY, unsafe=True).after.source.text


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (".bashrc", f"export HTTPS_PROXY={PROXY}\n", f"export NO_PROXY={NEW}\nexport HTTPS_PROXY={PROXY}\n"),
        (".zshrc", f"  export https_proxy='{PROXY}'\n", f"  export no_proxy='{NEW}'\n  export https_proxy='{PROXY}'\n"),
        (
            ".bashrc",
            f"export HTTPS_PROXY={PROXY}\nexport NO_PROXY=a, no_proxy='b'\n",
            f"export HTTPS_PROXY={PROXY}\nexport NO_PROXY=a,{HOST} no_proxy='b,{HOST}'\n",
        ),
        ("etc/environment", f'HTTPS_PROXY="{PROXY}"\n', f'NO_PROXY="{NEW}"\nHTTPS_PROXY="{PROXY}"\n'),
    ],
)
def test_a_file_for_all_programs(path: str, before: str, after: str) -> None:
    tail = f"export GOPROXY={MODULES}\n" if path != "etc/environment" else f"GOPROXY={MODULES}\n"
    assert fixed(path, before + tail) == after + tail


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "Dockerfile",
            f"FROM golang\nENV HTTPS_PROXY={PROXY}\nENV GOPROXY={MODULES}\n",
            f"FROM golang\nENV NO_PROXY={NEW}\nENV HTTPS_PROXY={PROXY}\nENV GOPROXY={MODULES}\n",
        ),
        (
            ".github/workflows/ci.yml",
            f"env:\n  HTTPS_PROXY: {PROXY}\n  GOPROXY: '{MODULES}'\n",
            f"env:\n  NO_PROXY: {NEW}\n  HTTPS_PROXY: {PROXY}\n  GOPROXY: '{MODULES}'\n",
        ),
        (
            "compose.yml",
            f"services:\n  a:\n    environment:\n      - HTTPS_PROXY={PROXY}\n      - GOPROXY={MODULES}\n",
            (
                f"services:\n  a:\n    environment:\n      - NO_PROXY={NEW}\n      - HTTPS_PROXY={PROXY}\n"
                f"      - GOPROXY={MODULES}\n"
            ),
        ),
        (
            ".devcontainer/devcontainer.json",
            f'{{\n  "containerEnv": {{\n    "HTTPS_PROXY": "{PROXY}",\n    "GOPROXY": "{MODULES}"\n  }}\n}}\n',
            (
                f'{{\n  "containerEnv": {{\n    "NO_PROXY": "{NEW}",\n    "HTTPS_PROXY": "{PROXY}",\n'
                f'    "GOPROXY": "{MODULES}"\n  }}\n}}\n'
            ),
        ),
        (
            ".vscode/settings.json",
            f'{{"go.toolsEnvVars": {{"HTTPS_PROXY": "{PROXY}", "NO_PROXY": "a", "GOPROXY": "{MODULES}"}}}}\n',
            f'{{"go.toolsEnvVars": {{"HTTPS_PROXY": "{PROXY}", "NO_PROXY": "a,{HOST}", "GOPROXY": "{MODULES}"}}}}\n',
        ),
        (
            "mise.toml",
            f'[env]\nHTTPS_PROXY = "{PROXY}"\nGOPROXY = "{MODULES}"\n',
            f'[env]\nNO_PROXY = "{NEW}"\nHTTPS_PROXY = "{PROXY}"\nGOPROXY = "{MODULES}"\n',
        ),
        (
            ".envrc",
            f'export HTTPS_PROXY="{PROXY}"\nexport GOPROXY={MODULES}\n',
            f'export NO_PROXY="{NEW}"\nexport HTTPS_PROXY="{PROXY}"\nexport GOPROXY={MODULES}\n',
        ),
    ],
)
def test_a_file_of_a_workspace(path: str, before: str, after: str) -> None:
    assert fixed(path, before) == after
    assert fixed(path, after) == after


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", f"FROM a\nENV HTTPS_PROXY={PROXY}\nFROM golang\nENV GOPROXY={MODULES}\n"),
        (".bashrc", f"HTTPS_PROXY={PROXY}\nexport GOPROXY={MODULES}\n"),  # not exported
        (".bashrc", f"export HTTPS_PROXY=\nexport GOPROXY={MODULES}\n"),
        (".bashrc", f"export HTTPS_PROXY={PROXY} NO_PROXY=*\nexport GOPROXY={MODULES}\n"),
        (".bashrc", f"export HTTPS_PROXY={PROXY} no_proxy={HOST}\nexport GOPROXY={MODULES}\n"),
        (".bashrc", f"export HTTPS_PROXY={PROXY} NO_PROXY=10.0.0.0/8\nexport GOPROXY=https://10.1.2.3\n"),
        (".bashrc", f"export http_proxy={PROXY}\nexport GOPROXY={MODULES}\n"),  # go asks with https
        (".bashrc", f"export HTTPS_PROXY=${{P}}\nexport GOPROXY={MODULES}\n"),
        (".bashrc", f"export HTTPS_PROXY={PROXY}\nexport GOPROXY=https://modules.example.com,direct\n"),
        (".bashrc", f"export HTTPS_PROXY={PROXY}\nexport GOPROXY=file:///srv,off\n"),
        (".bashrc", f"export HTTPS_PROXY={PROXY}\nexport GOPROXY=http://localhost:3000\n"),
    ],
)
def test_it_stays_silent(path: str, text: str) -> None:
    assert not check(file_of(path, text), ONLY)


def test_the_fix_of_the_go_env_file_is_in_the_file_that_sets_the_proxy() -> None:
    env = file_of(".config/go/env", f"GOPROXY={MODULES}\n")
    shell = file_of(".bashrc", f"export HTTPS_PROXY={PROXY} NO_PROXY=localhost\n")
    [found] = check(env, ONLY, (env, shell), Host())
    [edit] = found.finding.fixes[0].edits
    assert (edit.path, edit.new) == (".bashrc", f"localhost,{HOST}")
    assert [place.path for place in found.finding.related] == [".bashrc"]


def test_an_exception_in_another_file_counts() -> None:
    env = file_of(".config/go/env", f"GOPROXY={MODULES}\n")
    shells = (
        file_of(".profile", f"export HTTPS_PROXY={PROXY}\n"),
        file_of(".bashrc", "export NO_PROXY=.corp.internal\n"),
    )
    assert not check(env, ONLY, (env, *shells), Host())


READ = Settings(select=("goenv/unreadable-proxy", "goenv/exception-without-effect"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://CORP\\me:secret@proxy:8080", "http://CORP%5Cme:secret@proxy:8080"),
        ("CORP\\me:secret@proxy:8080", "http://CORP%5Cme:secret@proxy:8080"),
        ("http://me:p#w@proxy:8080", "http://me:p%23w@proxy:8080"),
        ("http://me:p/w@proxy:8080/", "http://me:p%2Fw@proxy:8080/"),
        ("http://me:p?w@proxy:8080", "http://me:p%3Fw@proxy:8080"),
        ("http://me:100%@proxy:8080", "http://me:100%25@proxy:8080"),
        ("http://me:p#%23w@proxy:8080", "http://me:p%23%23w@proxy:8080"),
        ("https:/proxy:8080", "https://proxy:8080"),
        ("http//proxy:8080", "http://proxy:8080"),
        ("socks://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
    ],
)
def test_a_proxy_is_written_as_go_reads_it(before: str, after: str) -> None:
    text = fix_file(file_of(".bashrc", f"export HTTPS_PROXY='{before}'\n"), READ, unsafe=True).after.source.text
    assert text == f"export HTTPS_PROXY='{after}'\n"
    meant = http_proxy.parse(after)
    assert meant is not None
    assert meant.host in after
    assert "secret" not in "".join(
        found.finding.message.render() for found in check(file_of(".bashrc", f"export HTTPS_PROXY='{before}'\n"), READ)
    )


@pytest.mark.parametrize("value", ["http://proxy/proxy.pac", "ftp://proxy:21", "http=a:80;https=b:81"])
def test_a_proxy_that_go_cannot_read_has_no_fix_if_nothing_is_certain(value: str) -> None:
    [found] = check(file_of(".bashrc", f"export HTTPS_PROXY='{value}'\n"), READ)
    assert not found.finding.fixes


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "compose.yml",
            "services:\n  a:\n    environment:\n      HTTPS_PROXY: ${HTTPS_PROXY}\n      NO_PROXY: ${NO_PROXY:-}\n",
        ),
        ("Dockerfile", "FROM a\nARG HTTPS_PROXY\nENV HTTPS_PROXY=$HTTPS_PROXY NO_PROXY=${NO_PROXY}\n"),
        (".github/workflows/a.yml", "env:\n  HTTPS_PROXY: ${{ secrets.PROXY }}\n  NO_PROXY: ${{ vars.A }};x\n"),
        (".devcontainer/devcontainer.json", '{"containerEnv": {"HTTPS_PROXY": "${localEnv:HTTPS_PROXY}"}}\n'),
        (".bashrc", "unset HTTPS_PROXY\nexport HTTPS_PROXY=\nexport https_proxy=$(proxy) NO_PROXY=$(cat a)\n"),
        (".bashrc", "# export HTTPS_PROXY=socks://a:1\n"),
        ("Makefile", "export HTTPS_PROXY := $(PROXY)\n"),
        (".gitlab-ci.yml", "variables:\n  HTTPS_PROXY: $PROXY\n  NO_PROXY: $A,b\n"),
        (".bashrc", "export HTTPS_PROXY=http://127.0.0.1:7890 NO_PROXY=localhost,127.0.0.0/8,.corp,*.example,a:80\n"),
        (".bashrc", "export FTP_PROXY=socks://a:1 MY_NO_PROXY='a;b'\n"),
    ],
)
def test_values_that_are_not_known_or_right_stay_silent(path: str, text: str) -> None:
    assert not check(file_of(path, text), READ)
