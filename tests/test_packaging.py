"""The installable products: the extension, the command line in a single file, the Python package."""

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import wslgo
from frontdoor import TREE, dev, greet
from wslgo.syntax.family import GLOBS, WSLCONF, WSLCONFIG, family_of

pytestmark = pytest.mark.slow

EXTENSION = TREE / "extension"
SAMPLE = TREE / "tests" / "sample"
# Without the environment and site-packages: the program has only its own bundled libraries.
BARE_PYTHON = (str(Path(sys.base_prefix, "bin", "python3")), "-I", "-S")


@pytest.fixture(scope="module")
def package():
    return dev.vsix()


@pytest.fixture(scope="module")
def vsix(package, tmp_path_factory):
    """Return the unpacked extension."""
    folder = tmp_path_factory.mktemp("vsix")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder / "extension"


@pytest.fixture(scope="module")
def pyz():
    return dev.pyz()


@pytest.fixture(scope="module")
def manifest():
    return read_json("package.json")


def read_json(name):
    return json.loads((EXTENSION / name).read_text(encoding="utf-8"))


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# The extension


def test_the_vsix_holds_what_users_need_and_nothing_else(vsix):
    top = {name.split("/")[0] for name in files(vsix)}
    assert top >= {"package.json", "icon.png", "LICENSE.txt", "out", "bundled", "l10n", "syntaxes", "snippets", "media"}
    assert not top & {"src", "test", "node_modules", "requirements.txt", "tsconfig.json", "start.py"}
    assert not [name for name in files(vsix) if name.endswith((".map", ".pyc", ".ts"))]


def test_the_vsix_brings_the_snippets_that_its_manifest_names(vsix, manifest):
    for snippet in manifest["contributes"]["snippets"]:
        assert (vsix / snippet["path"]).read_bytes() == (TREE / snippet["path"]).read_bytes()


def test_the_listing_has_pictures_and_addresses_only_of_a_repository_that_is_given(vsix):
    """VS Code shows a picture of a README only from the web, so without an address there is none."""
    assert "![" not in (vsix / "readme.md").read_text(encoding="utf-8")
    packed = json.loads((vsix / "package.json").read_text(encoding="utf-8"))
    assert not packed.keys() & {"repository", "bugs", "homepage"}
    readme = (EXTENSION / "README.md").read_text(encoding="utf-8")
    repository = "https://git.example/wslgo"
    [picture] = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", dev.listing(readme, repository))
    assert (TREE / picture.removeprefix(f"{repository}/raw/HEAD/")).is_file()
    assert dev.addresses(repository) == {
        "repository": {"type": "git", "url": repository},
        "bugs": {"url": f"{repository}/issues"},
        "homepage": f"{repository}#readme",
    }


def test_each_step_of_the_walkthrough_has_its_picture_and_runs_a_command(vsix, manifest):
    [walkthrough] = manifest["contributes"]["walkthroughs"]
    commands = {command["command"] for command in manifest["contributes"]["commands"]}
    for step in walkthrough["steps"]:
        assert (vsix / step["media"]["svg"]).is_file()
        [event] = step["completionEvents"]
        assert event.removeprefix("onCommand:") in commands
        for name in ("package.nls.json", "package.nls.zh-cn.json"):
            description = read_json(name)[step["description"].strip("%")]
            assert f"(command:{event.removeprefix('onCommand:')})" in description


def test_the_palette_lists_every_command_under_wslgo_in_title_case(manifest):
    words = read_json("package.nls.json")
    for command in manifest["contributes"]["commands"]:
        assert command["category"] == "wslgo"
        title = words[command["title"].strip("%")].removesuffix("...")
        small = {word for word in title.split() if word[0].islower()}
        assert small <= {"a", "on", "as", "to", "with", "wsl.conf"}, title


def test_every_menu_entry_is_a_command(manifest):
    commands = {command["command"] for command in manifest["contributes"]["commands"]}
    entries = [entry for menu in manifest["contributes"]["menus"].values() for entry in menu]
    assert {entry["command"] for entry in entries} <= commands


def test_the_vsix_stays_small(package):
    # Of it 105 kB are markdown-it-py, by which `wslgo check --docs` finds the blocks of Markdown.
    assert package.stat().st_size < 3_800_000


def test_psutil_is_there_for_each_machine_and_nothing_else_is_compiled(vsix):
    assert {name for name in files(vsix) if name.endswith(".so")} == {
        f"bundled/libs/native/{machine}/_psutil_linux.abi3.so" for machine in dev.PSUTIL_WHEELS
    }


def test_everything_bundled_is_written_for_the_oldest_python(vsix):
    for path in (vsix / "bundled").rglob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), path.name, feature_version=(3, 10))


def test_the_bundled_server_speaks_with_the_system_python_alone(vsix, tmp_path):
    # A workspace's own json.py must not be imported.
    (tmp_path / "json.py").write_text("raise SystemExit('imported from the workspace')", encoding="utf-8")
    done = greet([*BARE_PYTHON, vsix / "bundled" / "start.py"], tmp_path)
    assert b'"capabilities"' in done.stdout, done.stderr.decode()
    assert done.returncode == 0


def test_the_bundled_psutil_finds_its_library(vsix):
    program = f"""
import runpy, sys
start = runpy.run_path({str(vsix / "bundled" / "start.py")!r})
sys.path.insert(0, {str(vsix / "bundled" / "libs")!r})
sys.meta_path.append(start["Native"]())
import psutil, yaml
print(psutil.virtual_memory().total, yaml.safe_load("[1]"))
"""
    done = subprocess.run([*BARE_PYTHON, "-c", program], capture_output=True, text=True, check=False)
    assert re.fullmatch(r"\d+ \[1\]\n", done.stdout), done.stderr


def test_the_extension_has_the_version_of_the_package(manifest):
    assert manifest["version"] == wslgo.__version__


def test_the_types_of_vs_code_are_those_of_the_oldest_that_is_promised(manifest):
    assert manifest["engines"]["vscode"] == f"^{manifest['devDependencies']['@types/vscode']}"


def test_the_locked_packages_name_no_registry():
    assert "resolved" not in (EXTENSION / "package-lock.json").read_text(encoding="utf-8")


def test_what_is_bundled_satisfies_the_package():
    pins = dict(
        re.findall(r"^([\w-]+)==(\S+)", (EXTENSION / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for words in dev.listed("dependencies", (TREE / "pyproject.toml").read_text(encoding="utf-8")):
        requirement = Requirement(words)
        assert requirement.specifier.contains(pins[requirement.name])


def test_every_file_name_of_the_language_is_known_to_the_server(manifest):
    language = manifest["contributes"]["languages"][0]
    families = {name: family_of(name) for name in language["filenames"]}
    assert {name for name, family in families.items() if not family or family.name not in (WSLCONFIG, WSLCONF)} == set()


def test_every_word_of_the_manifest_exists_in_both_languages():
    wanted = set(re.findall(r'"%([^%"]+)%"', (EXTENSION / "package.json").read_text(encoding="utf-8")))
    assert wanted == read_json("package.nls.json").keys() == read_json("package.nls.zh-cn.json").keys()


def test_every_sentence_of_the_extension_exists_in_chinese_with_the_same_placeholders():
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((EXTENSION / "src").glob("*.ts")))
    sentences = set(re.findall(r"l10n\.t\(\s*'([^']+)'", source))
    chinese = read_json("l10n/bundle.l10n.zh-cn.json")
    assert sentences == chinese.keys()
    for english, translated in chinese.items():
        assert sorted(re.findall(r"\{\d\}", english)) == sorted(re.findall(r"\{\d\}", translated))


# The single file and the package


def test_the_single_file_needs_nothing_but_python(pyz):
    words = [*BARE_PYTHON, pyz, "check", "--format", "json", SAMPLE]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "wslconfig/invalid-size" in {finding["rule"] for finding in json.loads(done.stdout)["findings"]}


def test_the_single_file_and_the_extension_bring_the_chinese_pages(pyz, vsix):
    words = [*BARE_PYTHON, pyz, "explain", "wslconf/unread", "--lang", "zh"]
    assert "\n示例\n" in subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    texts = "server/wslgo/linter/rules/wslconf/zh.md"
    assert (vsix / "bundled" / texts).read_bytes() == (TREE / texts).read_bytes()


def test_the_single_file_reads_the_teams_settings(pyz, tmp_path):
    (tmp_path / "wslgo.yaml").write_text("check:\n  ignore: [wslconfig]\n", encoding="utf-8")
    (tmp_path / ".wslconfig").write_text("[wsl2]\nmemory=8gb\n", encoding="utf-8")
    done = subprocess.run([*BARE_PYTHON, pyz, "check", "."], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_package_installs_with_pip(tmp_path):
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path]
    subprocess.run([*pip, TREE], check=True, capture_output=True)
    assert (tmp_path / "bin" / "wslgo").exists()
    words = [sys.executable, "-m", "wslgo", "--version"]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(words, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert wslgo.__version__ in done.stdout


@pytest.mark.parametrize("glob", GLOBS)
def test_every_pattern_of_documents_names_files_that_the_server_knows(glob):
    for path in spelled_out(glob):
        assert family_of(f"/x/.vscode-server/{path}" if "data/" in path else f"/{path}"), path


def spelled_out(glob):
    """Return the paths that a VS Code pattern covers: each of its alternatives, with `x` for a star."""
    if found := re.search(r"\{([^}]*)\}", glob):
        choices = found[1].split(",")
        return [path for choice in choices for path in spelled_out(glob.replace(found[0], choice, 1))]
    return [glob.replace("**/", "").replace("*", "x")]
