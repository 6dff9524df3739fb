"""The text that goes with an assignment, and variables that stay because other lines use them."""

import pytest

from govariables import file
from wslgo.goenv import readers
from wslgo.syntax.file import File
from wslgo.text.span import Edit, apply


def without(found: File, name: str) -> str | None:
    """Return a file without an assignment; None if that cannot be removed."""
    removal = next(assignment.removal for assignment in readers.assignments(found) if assignment.name == name)
    return None if removal is None else apply(found.source.text, [Edit(removal, "")])


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        (".bashrc", "# big\nexport GOCACHE=/x\nexport GOOS=linux\n", "export GOOS=linux\n"),
        (".bashrc", "a=1\n\n# big\nexport GOCACHE=/x\n\n# other\nb=2\n", "a=1\n\n# other\nb=2\n"),
        (".bashrc", "export GOCACHE=/x # big\nb=2\n", "b=2\n"),
        (".bashrc", "#!/bin/bash\nexport GOCACHE=/x\n", "#!/bin/bash\n"),
        (".bashrc", "# export GOPROXY=off\nexport GOCACHE=/x\n", "# export GOPROXY=off\n"),
        (".bashrc", "# >>> tool >>>\nexport GOCACHE=/x\n# <<< tool <<<\n", "# >>> tool >>>\n# <<< tool <<<\n"),
        (".bashrc", "cat <<E\n# text\nE\nexport GOCACHE=/x\n", "cat <<E\n# text\nE\n"),
        (".config/fish/config.fish", "# big\nset -gx GOCACHE /x\nset -gx GOOS linux\n", "set -gx GOOS linux\n"),
        (".config/go/env", "# big\nGOCACHE=/x\nGOOS=linux\n", "GOOS=linux\n"),
        (".env", "# big\nGOCACHE=/x\nGOOS=linux\n", "GOOS=linux\n"),
        ("etc/environment", "# big\nGOCACHE=/x\nGOOS=linux\n", "GOOS=linux\n"),
    ],
)
def test_the_comment_of_a_line_goes_with_it(path: str, text: str, left: str) -> None:
    assert without(file(path, text), "GOCACHE") == left


@pytest.mark.parametrize(
    ("path", "use"),
    [
        (".bashrc", 'export PATH="$GOPATH/bin:$PATH"'),
        (".zshrc", "path+=(${GOPATH}/bin)"),
        (".bashrc", "alias cdgo='cd $GOPATH'"),
        (".bashrc", "go_bin() { ls ${GOPATH:-x}/bin; }"),
        (".config/fish/config.fish", "set -gx PATH $GOPATH/bin $PATH"),
        (".env", "GOBIN=${GOPATH}/bin"),
        (".env", "GOBIN=$(GOPATH)/bin"),
    ],
)
def test_a_variable_that_another_line_uses_stays(path: str, use: str) -> None:
    line = "set -gx GOPATH /x" if path.endswith("fish") else "GOPATH=/x" if path == ".env" else "export GOPATH=/x"
    assert without(file(path, f"{line}\n{use}\n"), "GOPATH") is None
    assert without(file(path, f"{use}\n{line}\n"), "GOPATH") is None
    assert without(file(path, f"{line}\n# {use}\n"), "GOPATH") is not None or path == ".env"
    assert without(file(path, f"{line}\n{use.replace('GOPATH', 'GOPATH2')}\n"), "GOPATH") is not None


def test_a_member_of_json_goes_with_the_comments_on_its_lines() -> None:
    text = '{"go.toolsEnvVars": {\n  // big\n  "GOCACHE": "/x", // disk\n  // target\n  "GOOS": "linux"\n}}'
    assert without(file(".vscode/settings.json", text), "GOCACHE") == (
        '{"go.toolsEnvVars": {\n  // target\n  "GOOS": "linux"\n}}'
    )


@pytest.mark.parametrize("text", ["GOCACHE=/x\n", "GOCACHE=/x; go build\n", "( GOCACHE=/x )\n", "typeset GOCACHE=/x\n"])
def test_a_variable_that_is_not_exported_does_not_act(text: str) -> None:
    assert not readers.effective_assignments(file(".bashrc", text), ())


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("export GOCACHE=/x\n", ()),
        ("GOCACHE=/x\nexport GOCACHE\n", ()),
        ("declare -x GOCACHE=/x\n", ()),
        ("set -a\nGOCACHE=/x\n", ()),
        ("GOCACHE=/x\n", (file(".profile", "export GOCACHE=/y\n"),)),
    ],
)
def test_one_that_is_exported_here_or_elsewhere_acts(text: str, others: tuple[File, ...]) -> None:
    assert readers.effective_assignments(file(".bashrc", text), others)


def test_the_environment_of_gopls_is_judged_too() -> None:
    found = file(".vscode/settings.json", '{"gopls": {"build.env": {"GOFLAGS": "-tags x"}}}')
    assert [assignment.value for assignment in readers.assignments(found)] == ["-tags x"]
