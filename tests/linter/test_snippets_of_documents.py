# ruff: noqa: E501
"""The files that Markdown shows are checked as such files, and findings are where the document has them."""

import pytest

from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.linter.fix import fix_file
from wslgo.linter.settings import Settings
from wslgo.syntax.family import DOCUMENT
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

BAD_DATABASE = "sum.golang.org+https://sum.golang.org"


def document(text: str) -> File:
    return read("docs/wsl.md", DOCUMENT, Source(text))


def found(text: str, settings: Settings | None = None) -> list[Reported]:
    return [reported for reported in check(document(text), settings) if not reported.rule.startswith("docs/")]


def shown(text: str) -> list[str]:
    """Return the rule and the text at the place of each finding."""
    return [f"{reported.rule} {text[slice(*reported.finding.span)]}" for reported in found(text)]


def fence(code: str, info: str = "", before: str = "", after: str = "") -> str:
    return f"{before}\n\n```{info}\n{code}\n```\n\n{after}\n"


SIZE = "[wsl2]\nmemory=8gb"
OF_SIZE = ["wslconfig/invalid-size 8gb"]


@pytest.mark.parametrize(
    ("info", "before", "code"),
    [
        ("ini", "", SIZE),
        ("", "", SIZE),
        ("ini title=.wslconfig", "", "memory=8gb"),
        ('ini title="%UserProfile%\\.wslconfig"', "", SIZE),
        ("ini:.wslconfig", "", SIZE),
        ("ini {filename='.wslconfig'}", "", SIZE),
        (".wslconfig", "", SIZE),
        ("conf", "", "# %USERPROFILE%\\.wslconfig\nmemory=8gb"),
        ("text", "Put this into `%UserProfile%\\.wslconfig`:", "memory=8gb"),
        ("ini", "## `.wslconfig`", "memory=8gb"),
        ("ini", "# The `.wslconfig` of our team\n\nHalf of the memory is plenty.", "memory=8gb"),
        ("ini", "在 `C:\\Users\\<你的用户名>\\.wslconfig` 中写入：", SIZE),
        ("bash", "", f"cat > /mnt/c/Users/me/.wslconfig <<'EOF'\n{SIZE}\nEOF"),
        ("sh", "", f"cat <<-END | tee ~/.wslconfig >/dev/null\n{SIZE}\nEND"),
        ("console", "", f"$ cat > ~/.wslconfig <<EOF\n{SIZE}\nEOF\n$ ls"),
        ("powershell", "", f'@"\n{SIZE}\n"@ | Set-Content -Path "$env:USERPROFILE\\.wslconfig"'),
        ("powershell", "", f"Set-Content $env:USERPROFILE\\.wslconfig @'\n{SIZE}\n'@"),
        ("cmd", "", "echo [wsl2]> %UserProfile%\\.wslconfig\necho memory=8gb>> %UserProfile%\\.wslconfig"),
        ("diff", "In `.wslconfig`:", " [wsl2]\n-memory=4GB\n+memory=8gb"),
    ],
)
def test_a_wslconfig_is_recognized(info: str, before: str, code: str) -> None:
    assert shown(fence(code, info, before)) == OF_SIZE


@pytest.mark.parametrize(
    ("info", "before", "code", "expected"),
    [
        ("ini", "", "[automount]\noptions = \"metadata", 'wslconf/unterminated-quote "'),
        ("sh", "", "sudo tee /etc/wsl.conf <<EOF\n[boot]\nsystemd=yes\nEOF", "wslconf/invalid-boolean yes"),
        ("", "Your `/etc/wsl.conf`:", "[boot]\nsystemd=yes", "wslconf/invalid-boolean yes"),
        ("bash", "", f"export GOSUMDB={BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("", "", f"export GOSUMDB={BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("sh", "", f"go env -w GOSUMDB={BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("sh", "", f'go env -w "GOSUMDB={BAD_DATABASE}"', f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("sh", "", f"GOSUMDB={BAD_DATABASE} go mod tidy", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("console", "", f"$ export GOSUMDB={BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("sh", "", f"me@pc:~$ go env -w GOSUMDB={BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("sh", "", f"echo 'export GOSUMDB={BAD_DATABASE}' >> ~/.bashrc", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("powershell", "", f'$env:GOSUMDB = "{BAD_DATABASE}"', f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("cmd", "", f"set GOSUMDB={BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("cmd", "", f"setx GOSUMDB {BAD_DATABASE}", f"goenv/malformed-checksum-database {BAD_DATABASE}"),
        ("sh", "", "export GOCACHE=/mnt/c/go-cache", "goenv/folder-on-windows-drive /mnt/c/go-cache"),
        ("bash", "Add this to `~/.bashrc`:", "export GOPATH=/mnt/d/ws", "goenv/folder-on-windows-drive /mnt/d/ws"),
        ("sh", "", "export GO111MODULE=on", "goenv/redundant-module-mode GO111MODULE=on"),
        ("bash", "Add this to `~/.bashrc`:", "export PATH=$PATH:/usr/local/go", "shell/go-folder-without-bin /usr/local/go"),
        ("", "In `/etc/resolv.conf`:", "nameserver 1.1.1.1\ngenerateResolvConf = false", "resolvconf/wsl-key generateResolvConf"),
        ("json", "", '{"name": "a", "type": "go", "request": "launch", "program": ".", "dlvLoadConfig": {}}', 'launch/legacy-attribute "dlvLoadConfig"'),
        ("jsonc", "In `launch.json`:", '"dlvLoadConfig": {"maxArrayValues": 64},\n"type": "go", "request": "launch", "program": "x",', 'launch/legacy-attribute "dlvLoadConfig"'),
        ("json", "", '"version": "0.2.0",\n"configurations": [{"type": "go", "request": "launch", "program": ".", "dlvLoadConfig": {}}]', 'launch/legacy-attribute "dlvLoadConfig"'),
        ("go.mod", "With WSL:", "module example.com/x\n\ngo 1.27.0\n\nreplace example.com/y => C:\\src\\y", "gomod/windows-path C:\\src\\y"),
        ("yaml", "`.github/workflows/ci.yml`", "jobs:\n  a:\n    steps:\n      - uses: actions/setup-go@v6\n        with:\n          go-version: 1.20", "workflow/go-version-as-number 1.20"),
    ],
)  # fmt: skip
def test_files_and_commands_are_recognized(info: str, before: str, code: str, expected: str) -> None:
    assert expected in shown(fence(code, info, before))


@pytest.mark.parametrize(
    ("info", "before", "code", "after"),
    [
        # What is not certain.
        ("ini", "", "memory=8gb", ""),
        ("ini", "Put it into `.wslconfig` or `/etc/wsl.conf`:", "memory=8gb", ""),
        ("yaml", "`.wslconfig`", "resources:\n  memory: 8gb", ""),
        ("toml", "", "[user]\nname = x\nmemory = 8gb", ""),
        ("ini", "", "[network]\nhost = 8gb", ""),
        ("go", "In `.wslconfig`:", 'var x = "memory=8gb"', ""),
        ("bash", "After you have changed `.wslconfig`, run:", "wsl --shutdown\nmemory=8gb", ""),
        ("sh", "Reload `~/.bashrc`:", "source ~/.bashrc\ncd ~/src", ""),
        ("json", "", '{"memory": "8gb", "configurations": []}', ""),
        # What a reader fills in, and what is left out.
        ("ini", "", "[wsl2]\nmemory=<size>", ""),
        ("ini", "", "[wsl2]\nmemory=...", ""),
        ("ini", "", "[wsl2]\n...\nmemory=8GB\n…", ""),
        ("ini", "", "[boot]\nsystemd=true|false", ""),
        ("sh", "", "export GOPROXY=<your proxy>,direct", ""),
        ("sh", "", "export GOPROXY=https://your-proxy.example.com direct", ""),
        ("jsonc", "`launch.json`", '{\n  "version": "0.2.0",\n  ...\n}', ""),
        ("jsonc", "`launch.json`", '"env": {"A": "b"}', ""),
        ("json", "`launch.json`", '{"configurations": [{"type": "go", "request": "launch"', ""),
        ("json", "`launch.json`", '{"configurations": [{"name": "a", "type": "go", "request": "launch"}]}', ""),
        ("ini", "", "[experimental]\nignoredPorts=3000", ""),
        ("", "`go.mod`", "require example.com/x v1.0.0", ""),
        # What is shown because it is wrong.
        ("ini", "Don't write this:", SIZE, ""),
        ("ini", "This is wrong:", SIZE, ""),
        ("ini", "❌ Too small a unit:", SIZE, ""),
        ("ini", "Before:", SIZE, ""),
        ("ini", "## Common mistakes\n\nA unit in small letters", SIZE, ""),
        ("ini", "不要这样写：", SIZE, ""),
        ("ini", "错误示例：", SIZE, ""),
        ("ini", "", SIZE, "This does not work, because the unit is in small letters."),
        ("ini", "", SIZE, "That is wrong: WSL wants capital letters."),
        ("ini", "", "[wsl2]\nmemory=8gb # wrong", ""),
        ("ini", "", "[wsl2]\n# ❌ bad\nmemory=8gb\n# good\nmemory=8GB", ""),
        ("diff", "`.wslconfig`", " [wsl2]\n-memory=8gb\n+memory=8GB", ""),
        ("sh", "go rejects a plus:", f"export GOSUMDB={BAD_DATABASE}", ""),
        # What a program prints.
        ("console", "", f"$ go env GOSUMDB\n{BAD_DATABASE}\n$ go env\nGOPROXY='direct,https://a'\nset GOSUMDB={BAD_DATABASE}", ""),
        ("text", "", f"GOSUMDB='{BAD_DATABASE}'\nGOPROXY='direct,https://goproxy.cn'", ""),
        ("", "`go env` prints:", f"GOSUMDB='{BAD_DATABASE}'", ""),
        ("console", "", "$ cat ~/.wslconfig\n[wsl2]\nmemory=8gb", ""),
        # One run, another system, or right.
        ("sh", "", "GO111MODULE=on go get example.com/x", ""),
        ("sh", "", "GOOS=windows GOARCH=amd64 go build ./...\nexport CGO_ENABLED=0", ""),
        ("powershell", "", 'go env -w GOCACHE=D:\\cache\n$env:GOPATH = "D:\\go"', ""),
        ("sh", "For Git Bash:", "export GOPATH=C:/go", ""),
        ("ini", "", "[wsl2]\nmemory=8GB\nprocessors=4", ""),
        ("sh", "", "export GOPROXY=https://goproxy.cn,direct\nexport GOSUMDB=sum.golang.google.cn", ""),
        ("sh", "", "cat > notes.txt <<EOF\n[wsl2]\nmemory=8gb\nEOF", ""),
        ("python", "", f"os.environ['GOSUMDB'] = '{BAD_DATABASE}'", ""),
    ],
)  # fmt: skip
def test_the_rest_stays_silent(info: str, before: str, code: str, after: str) -> None:
    assert shown(fence(code, info, before, after)) == []


# Tables


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("In `.wslconfig`:\n\n| setting | value |\n|---|---|\n| `memory` | `8gb` |\n| processors | two |\n", ["wslconfig/invalid-size 8gb", "wslconfig/invalid-integer two"]),
        ("## `.wslconfig`\n\nkey | we use | why\n---|---|---\nmemory | 8gb | half\n", OF_SIZE),
        ("WSL:\n\n| 配置项 | 推荐值 |\n|---|---|\n| `[wsl2] memory` | 8gb |\n", OF_SIZE),
        ("| variable | value |\n|---|---|\n| GOPROXY | direct,https://goproxy.cn |\n", ["goenv/unreachable-proxy https://goproxy.cn"]),
        (f"| | |\n|---|---|\n| `GOSUMDB` | `{BAD_DATABASE}` |\n", [f"goenv/malformed-checksum-database {BAD_DATABASE}"]),
        ("> - WSL\n>\n>   | key | value |\n>   |---|---|\n>   | `wsl2.memory` | **8gb** |\n", OF_SIZE),
    ],
)  # fmt: skip
def test_a_table_of_settings_is_checked(table: str, expected: list[str]) -> None:
    assert shown(table) == expected


@pytest.mark.parametrize(
    "table",
    [
        "| pod | value |\n|---|---|\n| memory | 8gb |\n",
        "`.wslconfig`\n\n| key | value | default |\n|---|---|---|\n| memory | size | 50% of total |\n",
        "`.wslconfig`\n\n| key | meaning |\n|---|---|\n| memory | most memory |\n| processors | all |\n",
        "`.wslconfig`\n\n| key | default |\n|---|---|\n| memory | 50% |\n",
        "`.wslconfig`\n\n| key | value |\n|---|---|\n| systemd | yes |\n| memory | half of it |\n| swap | 0 or 8gb |\n",
        "`.wslconfig`\n\n| key | value |\n|---|---|\n| memory | 8gb (wrong) |\n| swap | 8gb ❌ |\n",
        "WSL\n\n| wrong | right value |\n|---|---|\n| memory | 8gb |\n",
        "## Mistakes in `.wslconfig`\n\n| key | value |\n|---|---|\n| memory | 8gb |\n",
        "| variable | description |\n|---|---|\n| GOPROXY | direct,https://x |\n",
        "WSL `.wslconfig`\n\n| key | value |\n|---|---|\n| memory | <size> |\n| processors | `4` |\n",
    ],
)
def test_other_tables_stay_silent(table: str) -> None:
    assert shown(table) == []


# Suppression, settings, fixes


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- wslgo: ignore -->\n```ini\n{SIZE}\n```\n",
        f"<!-- wslgo: ignore[invalid-size] -->\n\n```ini\n{SIZE}\n```\n",
        "- <!-- wslgo: ignore -->\n\n  ```ini\n  [wsl2]\n  memory=8gb\n  ```\n",
        f"# a\n\n```ini\n{SIZE}\n```\n\n<!-- wslgo: ignore-file[wslconfig] -->\n",
        "```ini\n[wsl2]\nmemory=8gb # wslgo: ignore\n```\n",
    ],
)
def test_a_comment_ignores_the_block_after_it(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- wslgo: ignore[goenv] -->\n```ini\n{SIZE}\n```\n",
        f"<!-- wslgo: ignore -->\n```ini\n[wsl2]\n```\n\n```ini\n{SIZE}\n```\n",
        f"`<!-- wslgo: ignore-file -->` ignores.\n\n```ini\n{SIZE}\n```\n",
    ],
)
def test_a_comment_ignores_nothing_else(text: str) -> None:
    assert shown(text) == OF_SIZE if "`<!--" not in text else shown(text) in ([], OF_SIZE)


def test_settings_choose_among_the_rules_of_snippets() -> None:
    text = fence(SIZE, "ini")
    assert found(text, Settings(ignore=("wslconfig",))) == []
    assert found(text, Settings(select=("goenv",))) == []
    assert len(found(text, Settings(select=("invalid-size",)))) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. a\n\n   > ```ini\n   > [wsl2]\n   > memory=8gb\n   > ```\n", "1. a\n\n   > ```ini\n   > [wsl2]\n   > memory=8GB\n   > ```\n"),
        ("```ini\r\n[wsl2]\r\nmemory=8gb\r\n```\r\n", "```ini\r\n[wsl2]\r\nmemory=8GB\r\n```\r\n"),
        ("`.wslconfig`\n\n|a|value|\n|-|-|\n|memory|`8gb`|\n", "`.wslconfig`\n\n|a|value|\n|-|-|\n|memory|`8GB`|\n"),
        (f"```console\n$ go env -w GOSUMDB={BAD_DATABASE}\n```\n", '```console\n$ go env -w GOSUMDB="sum.golang.org https://sum.golang.org"\n```\n'),
        ("```sh\necho 'export GOSUMDB=\"sum.golang.org+https://sum.golang.org\"' >> ~/.bashrc\n```\n", "```sh\necho 'export GOSUMDB=\"sum.golang.org https://sum.golang.org\"' >> ~/.bashrc\n```\n"),
    ],
)  # fmt: skip
def test_a_fix_edits_the_document(before: str, after: str) -> None:
    fixed = fix_file(document(before))
    assert fixed.after.source.text == after
    assert fix_file(document(after)).applied == ()


def test_what_edits_another_file_or_the_shape_of_a_table_is_not_a_fix() -> None:
    [conf] = found(fence("nameserver 1.1.1.1\ngenerateResolvConf = false", "", "`/etc/resolv.conf`"))
    assert all(not edit.path for fix in conf.finding.fixes for edit in fix.edits)
    table = "WSL\n\n| key | value |\n|---|---|\n| `experimental.networkingMode` | mirrored |\n| wsl2.memory | 8 |\n"
    for reported in found(table):
        assert not any("\n" in edit.new for fix in reported.finding.fixes for edit in fix.edits)


def test_two_snippets_of_one_file_are_not_one_file() -> None:
    text = fence("[wsl2]\nmemory=8GB", "ini") + fence("[wsl2]\nmemory=4GB", "ini")
    assert shown(text) == []
