"""Facts about this machine in findings, hovers, pages and commands."""

from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor, Json, span
from machines import Tree, tree_of
from wslgo.machine.host import Editor as InstalledEditor
from wslgo.machine.host import Host, Windows
from wslgo.machine.own_files import own_files

pytestmark = pytest.mark.slow

MACHINE = """like: ubuntu-24.04-nat
-- /mnt/c/Users/user/.wslconfig --
[wsl2]
memory=8GB
processors=4
guiApplications=off
-- /home/user/.config/go/env --
GOPROXY=direct,https://goproxy.cn
GOSUMDB=sum.golang.org
-- /home/user/.bashrc --
export GOFLAGS=-mod=mod
"""
WSLCONFIG = "file:///mnt/c/Users/user/.wslconfig"
GOENV = "file:///home/user/.config/go/env"
TEXT = "[wsl2]\nmemory=8GB\nprocessors=4\n"
BAD = "[wsl2]\nguiApplications=off\n"


@pytest.fixture
def world(tmp_path: Path) -> Tree:
    (tmp_path / "machine").mkdir()
    return tree_of(MACHINE, tmp_path / "machine")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture(params=[VSCODE, NEOVIM], ids=["vscode", "neovim"])
def editor(request: pytest.FixtureRequest, world: Tree, workspace: Path) -> Editor:
    return Editor(request.param, workspace, world, trusted=True)


def pushed_rules(editor: Editor, uri: str) -> list[str]:
    """Return the rules that were pushed last for a file."""
    pushed = [report for report in editor.of("textDocument/publishDiagnostics") if report["uri"] == uri]
    return [report["code"] for report in pushed[-1]["diagnostics"]] if pushed else []


def command(editor: Editor, name: str, **argument: str) -> Json:
    return editor.result("workspace/executeCommand", {"command": f"wslgo.server.{name}", "arguments": [argument]})


def test_the_settings_of_vs_codes_server_are_files_of_the_machine(world: Tree) -> None:
    host = Host(editors=(InstalledEditor("VS Code", "/home/user/.vscode-server"),))
    assert "/home/user/.vscode-server/data/Machine/settings.json" in own_files(world, host)
    assert not any("AppData" in path for path in own_files(world, host))


@pytest.mark.parametrize(
    ("shell", "paths"),
    [
        ("/bin/bash", ["/etc/bash.bashrc", "/home/user/.bashrc"]),
        ("/usr/bin/zsh", ["/etc/zsh/zshenv", "/etc/zsh/zshrc", "/home/user/.zshenv", "/home/user/.zshrc"]),
        ("/usr/bin/fish", ["/home/user/.config/fish/conf.d/go.fish", "/home/user/.config/fish/config.fish"]),
    ],
)
def test_the_start_up_files_of_the_users_shell_are_files_of_the_machine(
    shell: str, paths: list[str], tmp_path: Path
) -> None:
    tree = tree_of("like: ubuntu-24.04-nat\n-- /home/user/.config/fish/conf.d/go.fish --\n", tmp_path, SHELL=shell)
    found = own_files(tree, Host(home="/home/user"))
    assert [path for path in found if path in paths] == paths
    assert not any(path.endswith(".fish") for path in found if "fish" not in shell)


def test_the_settings_of_a_user_on_windows_are_files_of_the_machine_that_the_others_override(world: Tree) -> None:
    host = Host(
        editors=(InstalledEditor("Cursor", "/home/user/.cursor-server"),), windows=Windows(profile="/c/Users/me")
    )
    assert own_files(world, host)[-2:] == (
        "/c/Users/me/AppData/Roaming/Cursor/User/settings.json",
        "/home/user/.cursor-server/data/Machine/settings.json",
    )


# The machine


def test_the_first_findings_do_not_wait_for_the_machine(editor: Editor, world: Tree) -> None:
    editor.open(WSLCONFIG, BAD)
    assert [diagnostic["code"] for diagnostic in editor.diagnostics(WSLCONFIG)] == ["wslconfig/invalid-boolean"]
    assert world.ran == []


def test_diagnostics_are_refreshed_once_the_machine_is_known(world: Tree, workspace: Path) -> None:
    vscode = Editor(VSCODE, workspace, world, trusted=True)
    vscode.open(WSLCONFIG, "[wsl2]\nmemory=256GB\n")
    vscode.settle()
    assert any(message["method"] == "workspace/diagnostic/refresh" for message in vscode.said)


def test_without_trust_nothing_runs_and_nothing_of_the_machine_is_read(world: Tree, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, world, trusted=False, health=True)
    editor.settle()
    command(editor, "refreshHost")
    command(editor, "glance")
    editor.settle()
    assert world.ran == []
    assert editor.of("textDocument/publishDiagnostics") == editor.of("wslgo/health") == []
    assert "not trusted" in command(editor, "health")


def test_a_program_of_the_workspace_is_never_run(world: Tree, tmp_path: Path) -> None:
    editor = Editor(VSCODE, Path("/usr/local/go"), world, trusted=True)
    editor.settle()
    assert not [words for words in world.ran if words.startswith("go ")]


def test_documents_are_checked_even_if_the_probe_fails(workspace: Path) -> None:
    class Broken(Tree):
        def read(self, path: str) -> bytes | None:
            raise RuntimeError(path)

    editor = Editor(VSCODE, workspace, Broken(workspace, {}), trusted=True)
    editor.settle()
    assert [message["type"] for message in editor.of("window/showMessage")] == [1]
    editor.open(WSLCONFIG, BAD)
    assert editor.diagnostics(WSLCONFIG)
    command(editor, "refreshHost")
    assert len(editor.jobs) == 1, "it is tried again"


# Files of the machine that are not open


def test_closed_files_of_the_machine_are_checked(editor: Editor) -> None:
    editor.settle()
    assert "wslconfig/invalid-boolean" in pushed_rules(editor, WSLCONFIG)
    assert "goenv/unreachable-proxy" in pushed_rules(editor, GOENV)


def test_an_open_file_is_never_reported_twice(editor: Editor) -> None:
    editor.settle()
    editor.open(WSLCONFIG, BAD)
    pulled = "diagnosticProvider" in editor.initialized["capabilities"]
    assert pushed_rules(editor, WSLCONFIG) == ([] if pulled else ["wslconfig/invalid-boolean"])
    assert [diagnostic["code"] for diagnostic in editor.diagnostics(WSLCONFIG)].count("wslconfig/invalid-boolean") == 1
    editor.tell("textDocument/didClose", {"textDocument": {"uri": WSLCONFIG}})
    assert "wslconfig/invalid-boolean" in pushed_rules(editor, WSLCONFIG)


def test_a_setting_turns_these_checks_off(editor: Editor) -> None:
    editor.settle()
    editor.tell("workspace/didChangeConfiguration", {"settings": {"wslgo": {"machine": {"check": False}}}})
    assert pushed_rules(editor, WSLCONFIG) == pushed_rules(editor, GOENV) == []


def test_a_file_fixed_elsewhere_is_noticed_when_the_window_gets_the_focus(editor: Editor, world: Tree) -> None:
    editor.settle()
    Path(f"{world.root}/mnt/c/Users/user/.wslconfig").write_text("[wsl2]\n# fixed\n", encoding="utf-8")
    command(editor, "glance")
    editor.settle()
    assert pushed_rules(editor, WSLCONFIG) == []


def test_a_focus_without_a_change_runs_nothing(editor: Editor, world: Tree) -> None:
    editor.settle()
    world.ran.clear()
    command(editor, "glance")
    editor.settle()
    assert world.ran == []


def test_the_user_can_refresh_the_machine_info(editor: Editor, world: Tree) -> None:
    editor.settle()
    world.ran.clear()
    command(editor, "refreshHost")
    editor.settle()
    assert any("wsl" in words or "cmd" in words for words in world.ran)


# The environment of a module


def test_only_the_root_module_reports_a_broken_variable_and_its_place(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / "go.mod", "module example.com/m\n")
    (workspace / "tools").mkdir()
    inner = editor.open_file(workspace / "tools" / "go.mod", "module example.com/m/tools\n")
    editor.settle()
    (found,) = editor.diagnostics(uri)
    (related,) = found["relatedInformation"]
    assert (found["code"], related["location"]["uri"]) == ("gomod/broken-environment", GOENV)
    assert editor.diagnostics(inner) == []


def test_edits_of_the_go_env_file_apply_at_once(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / "go.mod", "module example.com/m\n")
    editor.settle()
    editor.open(GOENV, "GOPROXY=direct,https://goproxy.cn\n")
    assert len(editor.diagnostics(uri)) == 1
    editor.change(GOENV, 2, "GOPROXY=https://goproxy.cn,direct\n")
    assert editor.diagnostics(uri) == []


def test_files_that_set_variables_are_checked(editor: Editor, workspace: Path) -> None:
    settings = '{"go.toolsEnvVars": {"GOPROXY": "direct,https://goproxy.cn"}}'
    for name, text in ((".vscode/settings.json", settings), ("a.code-workspace", f'{{"settings": {settings}}}')):
        uri = editor.open_file(workspace / name, text)
        assert [diagnostic["code"] for diagnostic in editor.diagnostics(uri)] == ["goenv/unreachable-proxy"], name


def test_a_program_that_uses_cuda_is_known_to_its_launch_file(editor: Editor, workspace: Path) -> None:
    (workspace / "main.go").write_text('package main\n\n// #include <cuda_runtime.h>\nimport "C"\n\nfunc main() {}\n')
    (workspace / "go.mod").write_text("module example.com/m\n\ngo 1.25\n")
    launch = '{"configurations": [{"name": "a", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}'
    uri = editor.open_file(workspace / ".vscode" / "launch.json", launch)
    editor.settle()
    assert [diagnostic["code"] for diagnostic in editor.diagnostics(uri)] == ["launch/no-launch-blocking"]


# Hover, completion, definition, hints


def test_a_hover_shows_the_value_in_effect(editor: Editor) -> None:
    editor.open(WSLCONFIG, TEXT)
    editor.settle()
    assert "In effect now: 15.5 GB" in editor.hover(WSLCONFIG, 1, 3)["contents"]["value"]
    assert "In effect now: 16" in editor.hover(WSLCONFIG, 2, 3)["contents"]["value"]


def test_a_file_in_a_repository_is_never_in_effect(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / ".wslconfig", TEXT)
    editor.settle()
    assert "In force" not in editor.hover(uri, 1, 3)["contents"]["value"]


def test_a_hover_explains_a_proxy_list_in_order(editor: Editor) -> None:
    editor.open(GOENV, "GOPROXY=https://goproxy.cn,direct\n")
    shown = editor.hover(GOENV, 0, 12)["contents"]["value"]
    assert shown.index("1. asks `https://goproxy.cn`") < shown.index("2. fetches the module from its origin")


def test_go_variables_are_proposed_wherever_they_can_be_set(editor: Editor, workspace: Path) -> None:
    editor.open(GOENV, "GOPR\n")
    assert "GOPROXY" in [item["label"] for item in editor.complete(GOENV, 0, 4)]
    uri = editor.open_file(workspace / ".vscode" / "settings.json", '{"go.toolsEnvVars": {"G": ""}}')
    assert "GOPRIVATE" in [item["label"] for item in editor.complete(uri, 0, 23)]
    launch = '{"configurations": [{"type": "go", "env": {"G": ""}}]}'
    uri = editor.open_file(workspace / ".vscode" / "launch.json", launch)
    assert "GOFLAGS" in [item["label"] for item in editor.complete(uri, 0, 45)]


def test_a_definition_leads_to_the_line_that_sets_the_value(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / ".vscode" / "settings.json", '{"go.toolsEnvVars": {"GOSUMDB": "off"}}')
    editor.settle()
    editor.open(GOENV, "GOSUMDB=sum.golang.org\n")
    here = {"textDocument": {"uri": GOENV}, "position": {"line": 0, "character": 2}}
    places = editor.result("textDocument/definition", here)
    assert [(place["uri"], span(place)) for place in places] == [(uri, (0, 33, 0, 36)), (GOENV, (0, 8, 0, 22))]


def test_hints_compare_with_this_computer(editor: Editor, workspace: Path) -> None:
    editor.open(WSLCONFIG, TEXT)
    editor.settle()
    assert hints(editor, WSLCONFIG) == [(1, 10, "25 % of 32 GB"), (2, 12, "of 16")]
    assert hints(editor, editor.open_file(workspace / ".wslconfig", TEXT)) == []


def hints(editor: Editor, uri: str) -> list[tuple[int, int, str]]:
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    found = editor.result("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": everything})
    return [(hint["position"]["line"], hint["position"]["character"], hint["label"]) for hint in found]


# Pages


def test_a_rule_is_a_link_where_the_client_can_show_its_page() -> None:
    vscode = Editor(VSCODE, rulePages="wslgo-rule:/{rule}.md")
    vscode.open(WSLCONFIG, f"# wslgo: ignore[wslconfig/unknown-key]\n{BAD}")
    page = "wslgo-rule:/wslconfig/invalid-boolean.md"
    assert vscode.diagnostics(WSLCONFIG)[0]["codeDescription"] == {"href": page}
    (link,) = vscode.result("textDocument/documentLink", {"textDocument": {"uri": WSLCONFIG}})
    assert (span(link), link["target"]) == ((0, 16, 0, 37), "wslgo-rule:/wslconfig/unknown-key.md")


def test_other_clients_get_no_links(neovim: Editor) -> None:
    neovim.open(WSLCONFIG, BAD)
    assert "codeDescription" not in neovim.diagnostics(WSLCONFIG)[0]


def test_the_page_of_a_rule_is_its_documentation(vscode: Editor) -> None:
    page = command(vscode, "explain", rule="goenv/unreachable-proxy")
    assert page.startswith("# goenv/unreachable-proxy\n\n*warning")
    assert "unknown rule nosuch" in command(vscode, "explain", rule="nosuch")


def test_the_health_is_in_the_language_of_the_user(world: Tree, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, world, trusted=True, health=True, locale="zh-cn")
    editor.settle()
    (health,) = editor.of("wslgo/health")
    assert isinstance(health["attention"], int)
    assert command(editor, "health").startswith("# 本机状况\n")
    assert health["text"] in command(editor, "health")


STARTED_LATER = "cpu 1 2 3\nbtime 2000000000\nprocesses 9\n"  # after all that a test writes
FIRST_PROCESS = f"1 (systemd) S {'0 ' * 18}{{ticks}} 1 1\n"


@pytest.fixture
def later(world: Tree) -> Tree:
    """Return a machine that has started after its files were written."""
    put(world, "/proc/stat", STARTED_LATER)
    put(world, "/proc/1/stat", FIRST_PROCESS.format(ticks=400))
    put(world, "/mnt/c/Users/user/.wslconfig", "[wsl2]\nswap=8GB\n")
    put(world, "/home/user/.config/go/env", "GOSUMDB=sum.golang.org\n")
    return world


def put(world: Tree, path: str, text: str) -> None:
    Path(world.root + path).write_text(text, encoding="utf-8")


def status(world: Tree, workspace: Path, **options: Json) -> str:
    """Return the text of the status item in a new window, which its page contains too."""
    editor = Editor(VSCODE, workspace, world, trusted=True, health=True, **options)
    editor.settle()
    text: str = editor.of("wslgo/health")[-1]["text"]
    assert text.replace(">", "\\>") in command(editor, "health")
    return text


def test_an_edit_that_waited_is_confirmed_after_the_next_start(later: Tree, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, later, trusted=True, health=True)
    editor.settle()
    put(later, "/mnt/c/Users/user/.wslconfig", "[wsl2]\nswap=4GB\n")
    command(editor, "glance")
    editor.settle()
    before, after = [health["text"] for health in editor.of("wslgo/health")]
    assert (before, after) == ("Nothing needs attention", "No problem found; 1 note: .wslconfig")

    put(later, "/proc/sys/kernel/random/boot_id", "ffffffff-4f0e-4a52-9d3b-1c6f0a7b8e21\n")  # wsl --shutdown
    assert status(later, workspace) == ".wslconfig is now in effect: swap 8GB -> 4GB"
    assert status(later, workspace, locale="zh-cn") == ".wslconfig 已生效：swap 8GB -> 4GB"

    put(later, "/proc/sys/kernel/random/boot_id", "eeeeeeee-4f0e-4a52-9d3b-1c6f0a7b8e21\n")
    assert status(later, workspace) == "Nothing needs attention"


def test_an_edit_of_wsl_conf_is_confirmed_when_its_distribution_has_started(later: Tree, workspace: Path) -> None:
    put(later, "/etc/wsl.conf", "[interop]\nappendWindowsPath=true\n")
    assert status(later, workspace) == "Nothing needs attention"
    put(later, "/etc/wsl.conf", "[interop]\nappendWindowsPath=false\n")
    assert status(later, workspace) == "No problem found; 1 note: wsl.conf"
    put(later, "/proc/1/stat", FIRST_PROCESS.format(ticks=90000))  # wsl --terminate
    assert status(later, workspace) == "wsl.conf is now in effect: appendWindowsPath true -> false"


def test_a_new_comment_is_not_confirmed(later: Tree, workspace: Path) -> None:
    status(later, workspace)
    put(later, "/mnt/c/Users/user/.wslconfig", "# big\n[wsl2]\nSwap = 8192MB\n")
    assert status(later, workspace) == "Nothing needs attention"
    put(later, "/proc/sys/kernel/random/boot_id", "ffffffff-4f0e-4a52-9d3b-1c6f0a7b8e21\n")
    assert status(later, workspace) == "Nothing needs attention"


def test_only_clients_that_ask_for_it_get_the_health(editor: Editor) -> None:
    editor.settle()
    assert editor.of("wslgo/health") == []
