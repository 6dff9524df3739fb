"""The files of `wslgo ci --write`: the values they are made of, the blocks of a user, what stays."""

import pytest
import yaml

from listing import MemoryListing
from wslgo.ci import script, script_marks, workflow, workflow_gitlab
from wslgo.ci.script_checks import CheckedModule, Checks, checks_of
from wslgo.ci.workflow_files import FileChange, change, services_of
from wslgo.golang.project import Project
from wslgo.text.source import Source

GO = "package store\n"
MAIN = "package main\n\nfunc main() {}\n"
ROOT = "module example.com/shop\n\ngo 1.26.3\n"
KERNEL = 'package gpu\n\n/*\n#cgo LDFLAGS: -lcudart\n#include <cuda_runtime.h>\n*/\nimport "C"\n'
ONE = Checks((CheckedModule("", has_sums=True),), "1.26.3")


def checks(texts: dict[str, str], tracked: set[str] | None = None, **declared: str) -> Checks:
    return checks_of(Project(MemoryListing(texts)), declared, tracked)


def merged(path: str, text: str, of: Checks = ONE, *, replaces_edited: bool = False) -> FileChange:
    return change(path, Source(text), of, replaces_edited=replaces_edited)


# The checks of a repository


def test_a_module_is_checked_with_the_go_of_its_go_mod() -> None:
    found = checks({"go.mod": ROOT, "store.go": GO, "go.sum": ""})
    assert found == Checks((CheckedModule("", has_sums=True),), "1.26.3")


def test_the_toolchain_line_chooses_as_setup_go_does() -> None:
    assert checks({"go.mod": f"{ROOT}toolchain go1.26.8\n", "a.go": GO}).go == "1.26.8"
    assert checks({"go.mod": f"{ROOT}toolchain default\n", "a.go": GO}).go == "1.26.3"


@pytest.mark.parametrize(("line", "go"), [("1.13", ""), ("1.20", ""), ("1.21", "1.21"), ("1.22.0", "1.22.0")])
def test_a_go_line_of_before_1_21_chooses_no_go(line: str, go: str) -> None:
    found = checks({"go.mod": f"module a.test/a\n\ngo {line}\n", "a.go": GO})
    assert found.go == go
    setup = yaml.safe_load(workflow.workflow(found))["jobs"]["go"]["steps"][1]["with"]
    assert setup.get("go-version-file") == ("go.mod" if go else None)
    assert setup.get("go-version") == (None if go else "stable")


@pytest.mark.parametrize("suffix", ["custom", "$CI_JOB_TOKEN", "a:b", "`id`"])
def test_the_suffix_of_a_toolchain_reaches_no_file(suffix: str) -> None:
    work = f"go 1.22\n\ntoolchain go1.23.1-{suffix}\n\nuse .\n"
    for texts in ({"go.work": work}, {"go.mod": f"module a.test/a\n\ngo 1.22\n\ntoolchain go1.23.1-{suffix}\n"}):
        found = checks({"go.mod": "module a.test/a\n\ngo 1.22\n", "a.go": GO, **texts})
        assert found.go == "1.23.1"
        image = yaml.safe_load(workflow_gitlab.pipeline(found))["go-ci"]["image"]
        assert image == "golang:1.23.1"


def test_of_several_modules_the_newest_go_is_installed() -> None:
    texts = {"go.mod": "module a.test/a\n\ngo 1.24\n", "a.go": GO, "b/go.mod": "module a.test/b\n\ngo 1.25.1\n"}
    found = checks(texts | {"b/b.go": GO})
    assert (found.go, found.version_file) == ("1.25.1", "b/go.mod")
    assert [module.folder for module in found.modules] == ["", "b"]


def test_a_go_work_counts_only_if_git_knows_it() -> None:
    texts = {"go.work": "go 1.26\n\nuse ./a\n", "a/go.mod": "module a.test/a\n\ngo 1.25\n", "a/a.go": GO}
    assert checks(texts, {"go.work", "a/go.mod"}).version_file == "go.work"
    assert checks(texts).version_file == "go.work"
    personal = checks(texts, {"a/go.mod"})
    assert personal.version_file == "a/go.mod"
    assert not personal.modules[0].is_in_workspace


def test_a_module_that_needs_another_one_of_the_workspace_is_not_made_tidy() -> None:
    texts = {
        "go.work": "go 1.26\n\nuse (\n\t./a\n\t./b\n)\n",
        "a/go.mod": "module a.test/a\n\ngo 1.26\n\nrequire a.test/b v1.0.0\n",
        "a/a.go": GO,
        "b/go.mod": "module a.test/b\n\ngo 1.26\n",
        "b/b.go": GO,
    }
    assert [module.is_tidy_alone for module in checks(texts).modules] == [False, True]
    texts["a/go.mod"] += "\nreplace a.test/b => ../b\n"
    assert [module.is_tidy_alone for module in checks(texts).modules] == [True, True]


def test_a_module_without_packages_is_left_out() -> None:
    found = checks({"go.mod": ROOT, "a.go": GO, "empty/go.mod": "module a.test/e\n"})
    assert [module.folder for module in found.modules] == [""]


@pytest.mark.parametrize(
    "name", ["${{ secrets.TOKEN }}", "a*", "a'b", "$(id)", "`id`", "-rf", "~", " a", "a ", 'a"b', "a\\b", "a;b"]
)
def test_a_folder_that_a_workflow_cannot_name_is_left_out(name: str) -> None:
    found = checks({"go.mod": ROOT, "a.go": GO, f"{name}/go.mod": ROOT, f"{name}/b.go": GO})
    assert [module.folder for module in found.modules] == [""]
    assert found.left_out == (name,)


def test_a_folder_may_have_spaces_and_chinese_letters() -> None:
    found = checks({"my 工具/go.mod": ROOT, "my 工具/a.go": GO, "my 工具/go.sum": ""})
    assert found.version_file == "my 工具/go.mod"
    steps = yaml.safe_load(workflow.workflow(found))["jobs"]["go"]["steps"]
    assert steps[1]["with"] == {"go-version-file": "my 工具/go.mod", "cache-dependency-path": "my 工具/go.sum"}
    assert "in_module 'my 工具' vet_module" in script.script(found)


def test_c_libraries_are_installed() -> None:
    fyne = 'package main\n\nimport "fyne.io/fyne/v2/app"\n\nfunc main() { app.New() }\n'
    assert "xorg-dev" in checks({"go.mod": ROOT, "main.go": fyne}).packages
    sound = f"{ROOT}\nrequire github.com/ebitengine/oto/v3 v3.3.0 // indirect\n"
    assert checks({"go.mod": sound, "main.go": MAIN}).packages == ("libasound2-dev",)
    linked = 'package main\n\n// #cgo pkg-config: alsa\nimport "C"\n\nfunc main() {}\n'
    assert checks({"go.mod": ROOT, "main.go": linked}).packages == ("libasound2-dev",)
    assert checks({"go.mod": ROOT, "main.go": MAIN}).packages == ()


def test_packages_with_kernels_are_known_and_those_that_import_them() -> None:
    shop = 'package shop\n\nimport _ "example.com/shop/gpu"\n'
    found = checks({"go.mod": ROOT, "gpu/gpu.go": KERNEL, "shop/shop.go": shop, "store/store.go": GO})
    assert found.gpu == found.cuda == ("example.com/shop/gpu", "example.com/shop/shop")


def test_what_the_team_declares_is_exported() -> None:
    found = checks({"go.mod": ROOT, "a.go": GO}, None, GOPROXY="https://goproxy.cn|direct", GOPRIVATE="git.example.com")
    assert found.variables == (("GOPROXY", "https://goproxy.cn|direct"), ("GOPRIVATE", "git.example.com"))
    assert "export GOPROXY='https://goproxy.cn|direct'\n" in script.script(found)


@pytest.mark.parametrize("value", ["https://me:secret@proxy.example.com", "a\nrm -rf /", "https://x/glpat-" + "a" * 20])
def test_a_secret_never_reaches_the_script(value: str) -> None:
    found = checks({"go.mod": ROOT, "a.go": GO}, None, GOPROXY=value)
    assert found.withheld == ("GOPROXY",)
    assert "GOPROXY=" not in script.script(found)


def test_other_variables_are_not_exported() -> None:
    assert checks({"go.mod": ROOT, "a.go": GO}, None, GOSUMDB="off", PATH="/x").variables == ()


def test_the_steps_fit_the_repository() -> None:
    assert script.step_names(ONE) == ("version", "verify", "tidy", "format", "vet", "build", "test")
    tools = Checks((CheckedModule("", has_tools=True, is_tidy_alone=False),), "1.26", checker=".ci/wslgo.pyz")
    assert script.step_names(tools)[-2:] == ("tools", "wslgo_check")
    assert "tidy" not in script.step_names(tools)


def test_a_go_before_1_23_makes_a_copy_tidy() -> None:
    assert "go mod tidy -diff" in script.script(ONE)
    assert "go mod tidy -diff" not in script.script(ONE._replace(go="1.22.1"))


def test_a_module_beside_the_workspace_is_checked_without_it() -> None:
    modules = (CheckedModule("a", is_in_workspace=True), CheckedModule("b"))
    assert "alone b vet_module" in script.script(Checks(modules, "1.26", "go.work"))
    assert "alone" not in script.script(ONE)


# The workflow and the pipeline


def test_the_workflow_has_the_least_rights_and_only_calls_the_script() -> None:
    found = yaml.safe_load(workflow.workflow(ONE))
    assert found["permissions"] == {"contents": "read"}
    steps = found["jobs"]["go"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["sh .ci/go-ci.sh"]
    assert steps[1]["with"] == {"go-version-file": "go.mod", "cache-dependency-path": "go.sum"}
    assert "env" not in found
    assert "env" not in found["jobs"]["go"]


def test_caches_hit_for_nested_modules_and_are_off_without_sums() -> None:
    two = Checks((CheckedModule("a", has_sums=True), CheckedModule("b", has_sums=True)), "1.26", "a/go.mod")
    setup = yaml.safe_load(workflow.workflow(two))["jobs"]["go"]["steps"][1]["with"]
    assert setup["cache-dependency-path"] == "a/go.sum\nb/go.sum\n"
    none = Checks((CheckedModule(""),), "1.26")
    assert yaml.safe_load(workflow.workflow(none))["jobs"]["go"]["steps"][1]["with"]["cache"] is False


def test_without_a_go_line_the_stable_go_is_installed() -> None:
    found = yaml.safe_load(workflow.workflow(Checks((CheckedModule(""),))))
    assert found["jobs"]["go"]["steps"][1]["with"]["go-version"] == "stable"


def test_the_pipeline_of_gitlab_has_the_same_script_and_version() -> None:
    found = yaml.safe_load(workflow_gitlab.pipeline(ONE))["go-ci"]
    assert found["image"] == "golang:1.26.3"
    assert "sh .ci/go-ci.sh" in found["script"]
    assert found["cache"]["key"]["files"] == ["go.sum"]
    assert "stage" not in found
    # docs.gitlab.com/ci/yaml: GitLab rejects a job with another key.
    known = {"stage", "image", "variables", "cache", "script", "after_script", "artifacts"}
    assert {*found} <= known
    assert {*found["cache"]} == {"key", "paths"}
    assert {*found["artifacts"]} == {"when", "expire_in", "paths"}
    assert all(isinstance(value, str) for value in (*found["variables"].values(), *found["script"]))


def test_c_libraries_are_installed_before_the_checks() -> None:
    needy = ONE._replace(packages=("libasound2-dev",))
    assert "sh .ci/go-ci.sh packages" in workflow.workflow(needy)
    assert yaml.safe_load(workflow_gitlab.pipeline(needy))["go-ci"]["script"][1] == "sh .ci/go-ci.sh packages"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("stages: [build, deploy]\n", "build"),
        ("stages:\n  - package\n  - deploy\n", "package"),
        ("stages: [lint, test]\n", None),
        ("image: golang:1.20\n", None),
    ],
)
def test_the_job_is_in_a_stage_that_exists(text: str, stage: str | None) -> None:
    after = change(workflow_gitlab.PIPELINE, Source(text), ONE).after.text
    assert after.startswith(text)
    assert yaml.safe_load(after)["go-ci"].get("stage") == stage
    assert change(workflow_gitlab.PIPELINE, Source(after), ONE).after.text == after


def test_a_pipeline_keeps_its_jobs_its_references_and_its_line_ends() -> None:
    text = "default:\r\n  tags: [go]\r\nold:\r\n  script: !reference [x, script]"
    found = merged(workflow_gitlab.PIPELINE, text)
    assert found.after.text.startswith(f"{text}\r\n")
    assert "\n" not in found.after.text.replace("\r\n", "")
    assert merged(workflow_gitlab.PIPELINE, found.after.text).after.text == found.after.text


@pytest.mark.parametrize("text", ["{a: b}\n", "- a\n", "go-ci:\n  script: []\n", "a: [\n", "a:\n  b: |\n   x\n c\n"])
def test_a_pipeline_that_takes_no_block_stays(text: str) -> None:
    found = merged(workflow_gitlab.PIPELINE, text)
    assert found.problem is not None
    assert found.after.text == text


@pytest.mark.parametrize(
    ("names", "remotes", "services"),
    [
        ([], [], ("github",)),
        ([".github"], ["git.example.com"], ("github",)),
        ([], ["gitlab.example.com"], ("gitlab",)),
        ([".gitlab-ci.yml"], [], ("gitlab",)),
        ([".gitlab-ci.yml", ".github"], [], ("github", "gitlab")),
        ([".gitlab-ci.yml"], ["github.com"], ("github", "gitlab")),
    ],
)
def test_the_service_is_that_of_the_repository(names: list[str], remotes: list[str], services: tuple[str, ...]) -> None:
    assert services_of(names, remotes) == services


# What stays


PATHS = (script.PATH, workflow.WORKFLOW, workflow_gitlab.PIPELINE)


def new(path: str, of: Checks = ONE) -> str:
    return change(path, None, of).after.text


@pytest.mark.parametrize("path", PATHS)
def test_a_second_run_changes_nothing(path: str) -> None:
    assert merged(path, new(path)) == FileChange(path, Source(new(path)), Source(new(path)))


@pytest.mark.parametrize("path", PATHS)
def test_a_new_state_of_the_repository_renews_the_block(path: str) -> None:
    later = Checks((CheckedModule("", has_sums=True), CheckedModule("b", has_sums=True)), "1.27.1", packages=("gcc",))
    found = merged(path, new(path), later)
    assert not found.edited
    assert found.after.text == new(path, later)


@pytest.mark.parametrize("path", PATHS)
def test_lines_outside_of_the_blocks_stay(path: str) -> None:
    text = f"# mine\n{new(path)}"
    later = merged(path, text, ONE._replace(go="1.27.1", packages=("gcc",)))
    assert later.after.text.startswith("# mine\n")
    assert later.after.text != text


def test_own_steps_after_the_block_stay() -> None:
    text = new(workflow.WORKFLOW) + "      - run: make lint\n\n  other:\n    runs-on: ubuntu-24.04\n"
    later = merged(workflow.WORKFLOW, text, ONE._replace(packages=("gcc",)))
    steps = yaml.safe_load(later.after.text)["jobs"]["go"]["steps"]
    assert steps[-1] == {"run": "make lint"}
    assert "Install C libraries" in later.after.text
    assert later.after.text.endswith("  other:\n    runs-on: ubuntu-24.04\n")


@pytest.mark.parametrize("path", PATHS)
def test_an_edited_block_is_kept_until_it_is_agreed(path: str) -> None:
    inside = "set -u\n" if path == script.PATH else "sh .ci/go-ci.sh\n"
    text = new(path).replace(inside, f"{inside.rstrip()}  # mine\n", 1)
    assert text != new(path)
    later = ONE._replace(packages=("gcc",), go="1.27.1")
    kept = merged(path, text, later)
    assert len(kept.edited) == 1
    assert "# mine" in kept.after.text
    replaced = merged(path, text, later, replaces_edited=True)
    assert replaced.after.text == new(path, later)


@pytest.mark.parametrize("path", PATHS)
def test_a_block_without_a_hash_belongs_to_the_user(path: str) -> None:
    text = "\n".join(
        line.partition("#")[0] + "# wslgo:begin " + line.split()[2].partition("#")[0] if "wslgo:begin" in line else line
        for line in new(path).split("\n")
    )
    later = ONE._replace(packages=("gcc",), go="1.27.1")
    assert merged(path, text, later, replaces_edited=True) == FileChange(path, Source(text), Source(text))


@pytest.mark.parametrize("path", PATHS[:2])
@pytest.mark.parametrize("text", ["", "name: mine\n", "# wslgo:begin steps#12345678\nwithout an end\n"])
def test_a_file_of_the_user_stays(path: str, text: str) -> None:
    found = merged(path, text, replaces_edited=True)
    assert found.problem is not None
    assert found.after.text == text


def test_a_script_that_lost_one_block_stays() -> None:
    text = new(script.PATH).replace("# wslgo:end run", "")
    assert merged(script.PATH, text).problem is not None


def test_a_block_may_be_moved_deeper() -> None:
    body = "a:\n  b\n"
    text = "x\n" + script_marks.marked("steps", body, "    ") + "y\n"
    assert script_marks.merged(text, {"steps": body}).text == text
    assert (
        script_marks.merged(text, {"steps": "c\n"}).text == "x\n" + script_marks.marked("steps", "c\n", "    ") + "y\n"
    )


def test_a_block_at_the_end_without_a_line_end_is_renewed() -> None:
    text = script_marks.marked("steps", "a\n").removesuffix("\n")
    assert script_marks.merged(text, {"steps": "a\n"}).text == text
    assert script_marks.merged(text, {"steps": "b\n"}).text == script_marks.marked("steps", "b\n").removesuffix("\n")


@pytest.mark.parametrize("text", ["", "\n", "# wslgo:end steps\n", "# wslgo:begin steps#0\n" * 3, "# wslgo:begin x\n"])
def test_marks_in_disorder_do_not_count(text: str) -> None:
    assert script_marks.merged(text, {"steps": "a\n"}, replaces_edited=True).text == text
