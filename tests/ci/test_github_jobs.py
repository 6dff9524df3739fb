"""The jobs of GitHub workflows as places: their Go, variables, tools and tests."""

import pytest

from compared import Shown, rows_of

GO_MOD = "module example.com/m\n\ngo 1.25.7\n"


def workflow(job: str, above: str = "", more: str = "") -> dict[str, str]:
    indented = "\n".join(f"    {line}" if line else "" for line in job.strip("\n").split("\n"))
    text = f"on: push\n{above}jobs:\n  test:\n    runs-on: ubuntu-latest\n{indented}\n{more}"
    return {"go.mod": GO_MOD, ".github/workflows/test.yml": text}


def rows(job: str, above: str = "", more: str = "") -> Shown:
    return rows_of(workflow(job, above, more))


LINT = "  lint:\n    runs-on: x\n    env:\n      GOPROXY: VALUE\n    steps:\n      - run: go vet .\n"
SETUP = """
steps:
  - uses: actions/setup-go@v6
    with:
      go-version: '1.24'
  - run: go test ./...
"""


def test_an_older_go_differs_from_the_go_line() -> None:
    assert rows(SETUP)["go"] == {">=1.25.7": ["go.mod"], "!1.24": ["test"]}


def test_an_older_go_that_switches_runs_that_of_the_go_line() -> None:
    assert rows(SETUP.replace("@v6", "@v5"))["go"] == {">=1.25.7": ["go.mod"], "1.24->1.25.7": ["test"]}


@pytest.mark.parametrize(
    "version", ["1.25.7", "1.26", "1.25", "1.25.x", "stable", "oldstable", ">=1.22", "^1.22", "1.x"]
)
def test_a_version_that_can_meet_the_go_line_does_not_differ(version: str) -> None:
    assert list(rows(SETUP.replace("1.24", version))["go"]) == [">=1.25.7", version]


@pytest.mark.parametrize(
    ("written", "version"), [("1.20", "1.2"), ("'1.20'", "1.20"), ('"1.20"', "1.20"), ("1.20.3", "1.20.3")]
)
def test_a_number_has_no_last_zero(written: str, version: str) -> None:
    assert f"!{version}" in rows(SETUP.replace("'1.24'", written))["go"]


def test_a_matrix_has_a_value_for_each_of_its_values() -> None:
    job = """
strategy:
  matrix:
    go: ['1.26', '1.25.7']
    os: [ubuntu-latest, windows-latest]
    include:
      - go: '1.27'
        os: ubuntu-latest
    exclude:
      - go: '1.26'
        os: windows-latest
steps:
  - uses: actions/setup-go@v6
    with:
      go-version: ${{ matrix.go }}
  - run: go test ./...
"""
    assert rows(job)["go"] == {
        ">=1.25.7": ["go.mod"],
        "1.26": ["test (go 1.26)"],
        "!1.25.7": ["test (go 1.25.7)"],
        "!1.27": ["test (go 1.27)"],
    }


@pytest.mark.parametrize(
    ("matrix", "version"),
    [
        ("${{ fromJSON(needs.setup.outputs.matrix) }}", "${{ matrix.go }}"),
        ("{go: '${{ fromJSON(inputs.versions) }}'}", "${{ matrix.go }}"),
        ("{go: ['1.26']}", "${{ vars.GO_VERSION }}"),
        ("{go: ['1.26']}", "${{ secrets.GO_VERSION }}"),
        ("{go: ['1.26']}", "${{ matrix.other }}"),
        ("{go: ['1.26']}", "${{ matrix.go || '1.25' }}"),
    ],
)
def test_a_value_that_only_a_running_job_knows_is_unknown(matrix: str, version: str) -> None:
    job = SETUP.replace("'1.24'", version).replace("steps:", f"strategy:\n  matrix: {matrix}\nsteps:", 1)
    assert rows(job)["go"] == {">=1.25.7": ["go.mod"], f"? {version}": ["test"]}


def test_a_version_can_come_from_a_variable_of_the_workflow() -> None:
    job = SETUP.replace("'1.24'", "${{ env.GO_VERSION }}")
    assert rows(job, "env:\n  GO_VERSION: '1.26'\n")["go"]["1.26"] == ["test"]


def test_a_version_can_come_from_go_mod() -> None:
    job = SETUP.replace("go-version: '1.24'", "go-version-file: go.mod")
    assert rows(job)["go"]["1.25.7"] == ["test"]


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("go.work", "go 1.26.2\n", "1.26.2"),
        (".tool-versions", "golang 1.26.3\n", "1.26.3"),
        ("missing/go.mod", "", "? missing/go.mod"),
    ],
)
def test_a_version_can_come_from_another_file(name: str, text: str, version: str) -> None:
    files = workflow(SETUP.replace("go-version: '1.24'", f"go-version-file: ./{name}".replace("./missing", "missing")))
    shown = rows_of({**files, **({name: text} if text else {})})["go"]
    assert "test" in shown[version]


def test_an_empty_version_counts_as_none() -> None:
    assert rows(SETUP.replace("'1.24'", "''"))["go"]["? actions/setup-go@v6"] == ["test"]


def test_the_toolchain_line_counts_since_version_6_of_the_action() -> None:
    files = workflow(SETUP.replace("go-version: '1.24'", "go-version-file: go.mod"))
    files["go.mod"] = "module m\n\ngo 1.25.0\n\ntoolchain go1.25.7\n"
    assert rows_of(files)["go"]["1.25.7"] == ["test"]


def test_a_job_of_another_repository_is_unknown() -> None:
    more = "  other:\n    uses: corp/workflows/.github/workflows/go.yml@v1\n"
    assert rows(SETUP, more=more)["go"]["? corp/workflows/.github/workflows/go.yml@v1"] == ["other"]


def test_a_job_without_go_is_left_out() -> None:
    more = "  docs:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci && npm run lint\n"
    shown = rows(SETUP, more=more)
    assert not any("docs" in places for row in shown.values() for places in row.values())


def test_the_image_of_a_job_has_its_go() -> None:
    job = "container: golang:1.26.3-alpine\nsteps:\n  - run: go test ./..."
    assert rows(job)["go"]["1.26.3"] == ["test"]


def test_a_runner_without_setup_has_an_unknown_go() -> None:
    assert rows("steps:\n  - run: go test ./...")["go"]["? ubuntu-latest"] == ["test"]


def test_the_most_specific_level_wins() -> None:
    job = """
env:
  GOFLAGS: -mod=mod
steps:
  - run: go vet ./...
  - run: go test ./...
    name: Test
    env:
      GOFLAGS: -mod=vendor
"""
    shown = rows(job, "env:\n  GOFLAGS: -v\n  GOPROXY: https://goproxy.cn,direct\n")
    assert shown["GOFLAGS"] == {"-mod=mod": ["test (step 1)"], "!-mod=vendor": ["test (Test)"]}
    assert shown["GOPROXY"] == {"https://goproxy.cn,direct": ["test"]}


def test_a_command_sets_a_variable_for_itself() -> None:
    job = "steps:\n  - run: |\n      CGO_ENABLED=0 go build ./...\n      go test -race ./..."
    assert rows(job)["CGO_ENABLED"] == {"0": ["test"], "!1": ["test"]}


def test_a_variable_for_later_steps_counts_there() -> None:
    job = 'steps:\n  - run: echo "GOFLAGS=-mod=mod" >> "$GITHUB_ENV"\n  - run: go build ./...'
    assert rows(job)["GOFLAGS"] == {"-mod=mod": ["test"]}


def test_an_unset_variable_equals_its_default() -> None:
    more = LINT.replace("VALUE", "https://proxy.golang.org,direct")
    assert rows("steps:\n  - run: go test ./...", more=more)["GOPROXY"] == {
        "https://proxy.golang.org,direct": ["test", "lint"]
    }


def test_a_secret_is_unknown_and_never_different() -> None:
    more = LINT.replace("VALUE", "${{ secrets.PROXY }}")
    shown = rows("steps:\n  - run: go test ./...", more=more)["GOPROXY"]
    assert shown == {"https://proxy.golang.org,direct": ["test"], "? ${{ secrets.PROXY }}": ["lint"]}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("go test ./...", "no"),
        ("go test -race ./...", "yes"),
        ("go test -v -race=true -count=1 ./...", "yes"),
        ("gotestsum -- -race ./...", "yes"),
        ("go test -run TestRace ./race", "no"),
        ("go test $(go list ./... | grep -v e2e)", "no"),
        ("go test ${TESTFLAGS} ./...", "? go test ${TESTFLAGS} ./..."),
        ("go test ${{ matrix.flags }} ./...", "? go test ${{ matrix.flags }} ./..."),
    ],
)
def test_the_race_detector_is_seen(command: str, expected: str) -> None:
    assert rows(f"steps:\n  - run: {command}")["race"] == {expected: ["test"]}


def test_a_job_without_tests_has_no_answer() -> None:
    assert "race" not in rows("steps:\n  - run: go build ./... # then go test -race")


def test_the_race_detector_follows_the_matrix() -> None:
    job = "strategy:\n  matrix:\n    flags: ['-race', '-short']\nsteps:\n  - run: go test ${{ matrix.flags }} ./..."
    assert rows(job)["race"] == {"yes": ["test (flags -race)"], "!no": ["test (flags -short)"]}


def test_tools_and_their_versions_are_compared() -> None:
    job = """
steps:
  - uses: golangci/golangci-lint-action@v8
    with:
      version: v2.1
  - run: go install honnef.co/go/tools/cmd/staticcheck@2025.1.1
  - run: go install golang.org/x/tools/gopls@latest
"""
    more = """  lint:
    runs-on: x
    steps:
      - run: go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.1.6 run
      - run: go install golang.org/x/tools/gopls@v0.20.0
      - run: go install honnef.co/go/tools/cmd/staticcheck@2024.1.1
"""
    shown = rows(job, more=more)
    assert shown["golangci-lint"] == {"v2.1": ["test"], "v2.1.6": ["lint"]}
    assert shown["gopls"] == {"latest": ["test"], "v0.20.0": ["lint"]}
    assert shown["staticcheck"] == {"2025.1.1": ["test"], "!2024.1.1": ["lint"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jobs:",
        "jobs: []",
        "jobs:\n  a: b",
        "jobs:\n  a:\n    steps: x",
        "jobs:\n  a:\n    steps:\n      - x",
        "jobs:\n  a:\n    steps:\n      - run: |\n",
        "jobs:\n  a:\n    steps:\n      - uses: actions/setup-go\n",
        "jobs:\n  a:\n    steps:\n      - uses: actions/setup-go@v6\n        with: 1\n",
        "- jobs\n",
        "jobs:\n  a:\n    steps:\n      x:\n        run: go test\n",
        "jobs:\n  a:\n    strategy:\n      matrix:\n        include: x\n    steps:\n      - run: go vet .\n",
    ],
)
def test_a_broken_workflow_does_not_raise(text: str) -> None:
    rows_of({".github/workflows/a.yml": text})


CALLED = """\
on:
  workflow_call:
    inputs:
      go:
        default: '1.26'
jobs:
  build:
    runs-on: x
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ inputs.go }}
      - run: go build ./...
"""


def test_a_reusable_workflow_has_what_the_workflows_of_the_repository_give_it() -> None:
    uses = "uses: ./.github/workflows/b.yml"
    caller = f"jobs:\n  old:\n    {uses}\n    with:\n      go: '1.25'\n  new:\n    {uses}\n"
    files = {".github/workflows/a.yml": caller, ".github/workflows/b.yml": CALLED}
    assert rows_of(files)["go"] == {"1.25": ["build"], "!1.26": ["build"]}


def test_a_reusable_workflow_that_nothing_here_calls_is_unknown() -> None:
    assert rows_of({".github/workflows/b.yml": CALLED})["go"] == {"? ${{ inputs.go }}": ["build"]}


def test_a_local_action_has_its_steps_in_the_job() -> None:
    action = """\
inputs:
  go:
    default: '1.26'
runs:
  using: composite
  steps:
    - uses: actions/setup-go@v6
      with:
        go-version: ${{ inputs.go }}
    - run: go test -race ./...
      shell: bash
      env:
        GOFLAGS: -mod=mod
"""
    job = "steps:\n  - uses: ./.github/actions/setup\n    with:\n      go: '1.27'"
    shown = rows_of({**workflow(job), ".github/actions/setup/action.yml": action})
    assert shown["go"] == {">=1.25.7": ["go.mod"], "1.27": ["test"]}
    assert shown["GOFLAGS"] == {"-mod=mod": ["test"]}
    assert shown["race"] == {"yes": ["test"]}
    shown = rows_of({**workflow(job.split("\n    with")[0]), ".github/actions/setup/action.yml": action})
    assert shown["go"]["1.26"] == ["test"]


def test_an_action_that_uses_itself_ends() -> None:
    action = "runs:\n  steps:\n    - uses: ./a\n    - run: go vet .\n"
    assert rows_of({**workflow("steps:\n  - uses: ./a"), "a/action.yml": action})["GOPROXY"]


def test_a_document_may_begin_with_its_mark() -> None:
    files = workflow(SETUP)
    files[".github/workflows/test.yml"] = f"---\n{files['.github/workflows/test.yml']}"
    assert "test" in rows_of(files)["go"]["!1.24"]


@pytest.mark.parametrize(
    ("image", "installs", "is_off"),
    [
        ("golang:1.26-alpine", "", True),
        ("golang:alpine3.22", "", True),
        ("golang:1.26-alpine", "apk add --no-cache build-base && ", False),
        ("golang:1.19-alpine", "", False),  # an older go fails instead
        ("golang:1.26", "", False),
    ],
)
def test_images_without_a_compiler_switch_cgo_off(image: str, installs: str, *, is_off: bool) -> None:
    job = f"container: {image}\nsteps:\n  - run: {installs}go build ./...\n"
    pipeline = f"test:\n  image: {image}\n  script: {installs}go build ./...\n"
    stages = f"FROM {image} AS base\nFROM base AS test\nRUN {installs}go build ./...\n"
    for files in (workflow(job), {".gitlab-ci.yml": pipeline}, {"Dockerfile": stages}):
        values = rows_of(files)["CGO_ENABLED"]
        assert [value.strip("!") for value, places in values.items() if "test" in places] == ["0" if is_off else "1"]
