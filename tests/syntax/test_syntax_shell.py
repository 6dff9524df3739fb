"""Assignments of shell files: known if bash, fish and pam_env agree without running anything, unknown otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax.shell import pam_env, script
from wslgo.syntax.shell.script import ShellAssignment
from wslgo.syntax.shell.word import Quoting
from wslgo.text.source import UTF16_LE, Source

PARSERS = (script.parse, script.parse_fish, pam_env.parse)


def the(text: str) -> ShellAssignment:
    """Return the only assignment of a shell file."""
    [found] = script.parse(Source(text)).assignments
    return found


def names(text: str) -> list[str]:
    return [assignment.name for assignment in script.parse(Source(text)).assignments]


# Values: each was printed by bash 5.2.
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("https://goproxy.cn,direct", "https://goproxy.cn,direct"),
        ('"https://goproxy.cn|direct"', "https://goproxy.cn|direct"),
        ("'$HOME/go'", "$HOME/go"),
        ('"~/go"', "~/go"),
        ("a\\ b", "a b"),
        ("/srv/'go path'/x", "/srv/go path/x"),
        ('"\\$HOME"', "$HOME"),
        ('"\\a\\"\\\\"', '\\a"\\'),
        ('"a$"', "a$"),
        ("a#b", "a#b"),
        ("", ""),
        ("a\\\nb", "ab"),
        ("/x # a remark", "/x"),
        ("/x;", "/x"),
    ],
)
def test_a_plain_value_is_known(written: str, value: str) -> None:
    word = the(f"export GOPATH={written}\n").word
    assert word.value == value
    assert word.head == value


@pytest.mark.parametrize(
    ("written", "head"),
    [
        ("$HOME/go", ""),
        ("~/go", ""),
        ("/srv/go:~/go", ""),
        ('"$HOME/go"', ""),
        ("${GOPATH:-/x}", ""),
        ('"/mnt/c/Users/$USER/go"', "/mnt/c/Users/"),
        ("/mnt/c/`whoami`/go", "/mnt/c/"),
        ("/mnt/d/$(echo ')')/go", "/mnt/d/"),
        ("$'/x'", ""),
        ("/srv/*", ""),
        ("/srv/{a,b}", ""),
        ("(/a /b)", ""),
        ("<(x)", ""),
        ('"never closed', ""),
    ],
)
def test_what_only_a_running_shell_knows_is_unknown(written: str, head: str) -> None:
    word = the(f"export GOPATH={written}\n").word
    assert word.value is None
    assert head == "" or word.head == head


@pytest.mark.parametrize(
    ("text", "quoting", "inner"),
    [
        ("GOPATH=/x", Quoting.BARE, "/x"),
        ('GOPATH="/x"', Quoting.DOUBLE, "/x"),
        ("GOPATH='/x'", Quoting.SINGLE, "/x"),
        ("GOPATH=/x'/y'", Quoting.MIXED, "/x'/y'"),
    ],
)
def test_spans_hold_name_and_value(text: str, quoting: Quoting, inner: str) -> None:
    found = the(f"  export {text} # x\n")
    source = f"  export {text} # x\n"
    assert source[slice(*found.name_span)] == "GOPATH"
    assert source[slice(*found.word.inner)] == inner
    assert found.word.quoting is quoting
    assert found.word.is_literal is (quoting is not Quoting.MIXED)


# Which lines assign


@pytest.mark.parametrize(
    "text",
    [
        "cat > x <<EOF\nexport GOPATH=/x\nEOF\n",
        "cat > x <<-'EOF'\n\texport GOPATH=/x\n\tEOF\n",
        "echo 'export GOPATH=/x'\n",
        'echo "\nexport GOPATH=/x\n"\n',
        "# export GOPATH=/x\n",
        "GOPATH=/x go build\n",
        "(export GOPATH=/x)\n",
        "echo $(export GOPATH=/x)\n",
        "export GOPATH=/x &\n",
        "cat x | export GOPATH=/x\n",
        "alias x='GOPATH=/x'\n",
        "export GOPATH\n",
        "plugins=(\n  git # it's one\n  'export GOPATH=/x'\n)\n",
        "unset GOPATH\n",
        "export -n GOPATH=/x\n",
    ],
)
def test_other_lines_set_nothing(text: str) -> None:
    assert "GOPATH" not in [
        assignment.name for assignment in script.parse(Source(text)).assignments if assignment.is_exported
    ]


@pytest.mark.parametrize(
    "text",
    [
        "if true; then export GOPATH=/x; fi\n",
        "[ -d /x ] && export GOPATH=/x\n",
        "[ -d /x ] || export GOPATH=/x\n",
        "go() {\n  export GOPATH=/x\n}\n",
        "function go {\n  export GOPATH=/x\n}\n",
        "case $x in\n  a) export GOPATH=/x ;;\nesac\n",
        "for x in a b; do\n  export GOPATH=/x\ndone\n",
        "export GOPATH=/x|cat\n",
    ],
)
def test_what_may_not_happen_is_not_certain(text: str) -> None:
    assert not the(text).is_certain


@pytest.mark.parametrize(
    "text",
    [
        "if [[ $x =~ ^(a|b) ]]; then\n  y\nfi\nexport GOPATH=/x\n",
        "((x << 2))\nexport GOPATH=/x\n",
        "x() { y; }\nexport GOPATH=/x\n",
        "case $- in *i*) ;; *) return;; esac\nexport GOPATH=/x\n",
        "cat <<EOF > y; z\nit's\nEOF\nexport GOPATH=/x\n",
        'x="$(y "it\'s")"\nexport GOPATH=/x\n'.replace("x=", "echo "),
        "# it's\nexport GOPATH=/x",
        "\ufeffexport GOPATH=/x",
    ],
)
def test_the_line_after_is_certain(text: str) -> None:
    found = the(text)
    assert (found.name, found.word.value, found.is_certain, found.is_exported) == ("GOPATH", "/x", True, True)


def test_a_variable_is_exported_where_the_file_says_so() -> None:
    assert the("GOPATH=/x\nexport GOPATH\n").is_exported
    assert the("set -a\nGOPATH=/x\n").is_exported
    assert the("declare -x GOPATH=/x\n").is_exported
    assert not the("GOPATH=/x\n").is_exported


def test_a_line_can_be_removed_only_if_it_has_nothing_else() -> None:
    text = "export GOPATH=/x # y\nexport A=1 B=2\nif x; then\n  export C=1\nfi\nD=1; E=2\n"
    found = {assignment.name: assignment.command for assignment in script.parse(Source(text)).assignments}
    assert found.pop("GOPATH") == (0, text.index("export A"))
    assert set(found.values()) == {None}


def test_a_bare_pipe_after_a_value_is_remembered() -> None:
    found = the("export GOPROXY=https://a.test|direct\n")
    assert found.pipe == (29, 30)
    assert found.word.value == "https://a.test"


def test_comments_are_found() -> None:
    text = "# one\nx=a#b # two\n"
    assert [text[slice(*span)] for span in script.parse(Source(text)).comments] == ["# one", "# two"]


# Other syntaxes


def test_a_value_of_fish_can_begin_as_an_option() -> None:
    text = "set -gx GOFLAGS -mod=mod\nset -x --path GOPATH /x\nset -gx GOFLAGS '-tags a' # why\nset A -x 1\n"
    found = script.parse_fish(Source(text)).assignments
    assert [(each.name, each.word.value, each.is_exported) for each in found] == [
        ("GOFLAGS", "-mod=mod", True),
        ("GOPATH", "/x", True),
        ("GOFLAGS", "-tags a", True),
    ]


def test_fish_sets_with_set() -> None:
    text = """set -gx GOPATH $HOME/go
if test -e /x
    set -x GOROOT /x
end
set -Ux GOPROXY 'https://a|direct'
set -e GOCACHE
set -gx PATH /a /b
set -l GOOS linux
"""
    found = [
        (assignment.name, assignment.word.value, assignment.is_certain)
        for assignment in script.parse_fish(Source(text)).assignments
    ]
    assert found == [("GOPATH", None, True), ("GOROOT", "/x", False), ("GOPROXY", "https://a|direct", True)]


def test_the_environment_file_expands_nothing() -> None:
    text = "# x\nGOPATH=$HOME/go\nexport GOROOT=\"/a b\" # c\nno line\nGOBIN='/x'\n"
    found = [(assignment.name, assignment.word.value) for assignment in pam_env.parse(Source(text)).assignments]
    assert found == [("GOPATH", "$HOME/go"), ("GOROOT", "/a b"), ("GOBIN", "/x")]


def test_utf_16_hides_everything() -> None:
    assert not any(parse(Source("export GOPATH=/x\n", UTF16_LE)).assignments for parse in PARSERS)


PIECES = [
    "export ",
    "GOPATH=",
    "set -gx ",
    "'",
    '"',
    "$(",
    "${",
    ")",
    "}",
    "(",
    "`",
    "\\",
    "\n",
    "<<E",
    "E",
    "#",
    "|",
    "&",
]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=60).map("".join))
def test_any_text_is_read_and_spans_are_in_it(text: str) -> None:
    for parse in PARSERS:
        for assignment in parse(Source(text)).assignments:
            assert text[slice(*assignment.name_span)] == assignment.name
            assert (
                0
                <= assignment.word.span.start
                <= assignment.word.inner.start
                <= assignment.word.inner.end
                <= assignment.word.span.end
                <= len(text)
            )
            if assignment.word.is_literal:
                assert text[slice(*assignment.word.inner)] == assignment.word.value


@pytest.mark.slow
@pytest.mark.parametrize("text", ["(" * 50_000, "$(" * 50_000, '"$(' * 30_000, "A=1;" * 30_000, "cat <<A\n" * 10_000])
def test_no_text_takes_long(text: str) -> None:
    for parse in PARSERS:
        parse(Source(text))
