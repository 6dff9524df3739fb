"""All readers of texts from untrusted sources, each as a function of the text, and hostile texts for them."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS.parent / "server")]

from listing import MemoryListing  # noqa: E402
from wslgo.goenv.readers import assignments  # noqa: E402
from wslgo.golang import go_list  # noqa: E402 - see above
from wslgo.golang.containers import containers_of  # noqa: E402
from wslgo.golang.project import Project  # noqa: E402
from wslgo.golang.uses import ports  # noqa: E402
from wslgo.launch.generate import generate  # noqa: E402
from wslgo.linter import settings, suppression, team_yaml  # noqa: E402
from wslgo.machine import host_json  # noqa: E402
from wslgo.syntax import dockerfile, yaml_scalars  # noqa: E402
from wslgo.syntax.family import by_name  # noqa: E402
from wslgo.syntax.file import comments, read  # noqa: E402
from wslgo.syntax.go import (  # noqa: E402
    build_constraint,
    c_includes,
    file_body,
    file_head,
    goproxy,
    gosumdb,
    mod_file,
    mod_report,
    string_literal,
    url,
)
from wslgo.syntax.json import javascript, jsonc, launch  # noqa: E402
from wslgo.syntax.shell import dotenv  # noqa: E402
from wslgo.text.pattern import pattern  # noqa: E402
from wslgo.text.source import Source  # noqa: E402
from wslgo.text.span import Lines  # noqa: E402

_CALL = pattern(r"\b(\w+)\.(Listen|T)\b(?=[ \t]*[({])")
_MODULE = "module m\n\ngo 1.27\n"
_MAIN = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", nil) }\n'


def _file(family: str) -> Callable[[str], object]:
    """Return a file of a family with its tree, comments and assignments, as the server and `check` begin with it."""
    found = by_name(family)
    assert found is not None

    def parsed(text: str) -> object:
        file = read(f"/x/{family}", found, Source(text))
        silent = suppression.suppressions(comments(file), Lines(text))
        return file.tree, assignments(file), silent.cover("x/y", 1)

    return parsed


def _project(**files: str) -> Callable[[str], object]:
    """Generate for a workspace with the text as one of its files, the one called ""."""

    def generated(text: str) -> object:
        texts = {"go.mod": _MODULE, "main.go": _MAIN}
        project = Project(
            MemoryListing(texts | {path: text if content == "" else content for path, content in files.items()})
        )
        return containers_of(project), generate(project)

    return generated


def _jsonc(text: str) -> object:
    tree = jsonc.parse(Source(text))
    launches = launch.read(tree.root).configurations
    return javascript.to_json(tree), [
        (entry.type, entry.build_flags(), entry.build_tags(), entry.env) for entry in launches
    ]


def _team(text: str) -> object:
    try:
        parts = team_yaml.parse(text)
    except team_yaml.NotReadError as error:
        return error.reason
    return settings.parse(parts.get("check") if isinstance(parts, dict) else parts)


def _host(text: str) -> object:
    try:
        return host_json.from_json(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _constraint(text: str) -> object:
    both = build_constraint.conjunction(build_constraint.parse(text) or (), build_constraint.parse_plus(text))
    return build_constraint.holds(both, {"linux", "cgo"}.__contains__)


def _code(text: str) -> object:
    code = file_body.code(text)
    return list(file_body.calls(code, _CALL)), list(file_body.calls(code, _CALL, "{")), file_body.constants(code)


def _services(text: str) -> object:
    head = 'package main\nimport (\n"net/http"\n"github.com/gin-gonic/gin"\n)\nconst a = ":80"\n'
    project = Project(MemoryListing({"go.mod": _MODULE, "main.go": head + text}))
    package = project.package("")
    assert package is not None
    return ports.services_of(project, package, package.files)


def _mod(text: str) -> object:
    return mod_report.report(mod_file.parse(Source(text)))


def _work(text: str) -> object:
    return mod_report.report(mod_file.parse_work(Source(text)))


def _dotenv(text: str) -> object:
    return dotenv.values(dotenv.parse(Source(text)), {"HOME": "/home/x"})


def _listed(text: str) -> object:
    return list(go_list.read(text, "/x")), go_list.go_env_variables(text)


READERS: Mapping[str, Callable[[str], object]] = {
    **{name: _file(name) for name in ("wslconfig", "wslconf", "shell", "fish", "environment")},
    **{name: _file(name) for name in ("resolvconf", "fstab", "air")},
    **{name: _file(name) for name in ("goenv", "dotenv", "launch", "settings", "gomod", "gowork")},
    "jsonc": _jsonc,
    "go.mod": _mod,
    "go.work": _work,
    "env file": _dotenv,
    "GOPROXY": goproxy.parse,
    "GOSUMDB": gosumdb.error_of,
    "URL": url.parse,
    "Go string": lambda text: string_literal.unquote(f'"{text}"'),
    "Go head": file_head.parse,
    "Go code": _code,
    "Go services": _services,
    "build constraint": _constraint,
    "C includes": lambda text: c_includes.includes(c_includes.rows(text)),
    "YAML leaves": lambda text: list(yaml_scalars.leaves(text)),
    "Dockerfile": lambda text: dockerfile.variables(i for stage in dockerfile.stages(text) for i in stage.instructions),
    "wslgo.yaml": _team,
    "host": _host,
    "go list": _listed,
    "workspace: go.mod": _project(**{"go.mod": ""}),
    "workspace: Go": _project(**{"cmd/main.go": ""}),
    "workspace: cgo": _project(**{"main.go": "", "k.cu": "", "k.c": "", "k.h": ""}),
    "workspace: Dockerfile": _project(Dockerfile=""),
    "workspace: compose": _project(**{"compose.yaml": "", "Dockerfile": "FROM golang\nCOPY . /src\nRUN go build\n"}),
    "workspace: devcontainer": _project(**{".devcontainer/devcontainer.json": ""}),
    "workspace: pod": _project(**{"pod.yaml": ""}),
}

# Short texts to repeat many times: unclosed, nested, or starting again each time.
HOSTILE = (
    *(" ", "\t", "\n", "\r\n", "\r", "\\", "\\\n", '"', "'", "`", '"\\', "'\\", '\\"', "\\'", "\x00", "\ufeff", "\x0b"),
    *(
        "a",
        "a ",
        "a.",
        "a.a ",
        "a=",
        "a=a ",
        "a=a\n",
        "A=$A$A\n",
        "ARG a=$a$a\n",
        "export a=$a$a\n",
        "=",
        "==",
        " =",
        "= ",
    ),
    *("$", "$a", "${a", "${a-", "${a:-", "$(", "$((", "${", "`$(", "$a$", "$$", "%a%"),
    *(
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "[[",
        "{ ",
        "({",
        "[{",
        "{a:",
        '{"a":',
        '{"a":1,',
        "[1,",
        ",",
        ",,",
        ":",
        "::",
        ": ",
        ";",
        ";;",
    ),
    *(
        "{ { {",
        "( ",
        "if ",
        "if a\n",
        "then ",
        "do\n",
        "<<a\n",
        "<<a <<b ",
        "<(",
        "a() {\n",
        "case a in ",
        "'a'\"b\"",
        "&& ",
        "| ",
    ),
    *(
        "#",
        "# ",
        "#a\n",
        "//",
        "// ",
        "//a\n",
        "/*",
        "*/",
        "/**",
        "/*/",
        "-- ",
        "//go:build a\n",
        "// +build a b\n",
        "/*a*/",
    ),
    *(
        "- ",
        "- - ",
        "k: [\n",
        "k: [",
        'k: ["',
        "k: ['",
        "k:\n ",
        "k: |\n",
        "k: &a ",
        "*a ",
        "? ",
        "!a ",
        "&a ",
        "---\n",
        "<<: *a\n",
    ),
    *(
        "FROM a\n",
        "FROM ${a-\n",
        "RUN a \\\n",
        "COPY a b\n",
        "COPY . . ",
        "ENV a=b\n",
        "ENV a b\n",
        "EXPOSE 1 ",
        "WORKDIR a\n",
    ),
    *(
        "RUN --mount=a ",
        "RUN go install a;",
        "RUN go install ",
        "RUN dlv -l ",
        "-l=",
        "--a ",
        "RUN <<A\n",
        'CMD ["a", ',
    ),
    *(
        "const (\n",
        "const a = 1\n",
        'const a = "',
        "import (\n",
        'import "C"\n',
        'import "a"\n',
        "func main() {\n",
        "package a\n",
    ),
    *(
        "a.Listen(",
        "a.a.Listen(",
        "a.Run(\n",
        "x.Listen(a)\n",
        "http.Server{",
        "http.ListenAndServe(a)\n",
        "gin.Default()\n",
    ),
    *(
        "#if a\n",
        "#ifdef CUDA\n",
        "#include <a>\n",
        "#if a && a\n#include <a>\n",
        "#cgo a:",
        "#cgo LDFLAGS: -la\n",
        '#cgo a: "\\',
    ),
    *(
        "!a ",
        "!",
        "a && ",
        "a || ",
        "(a && ",
        "a,b ",
        "a,",
        "a|",
        "https://",
        "https://a@",
        "@",
        "//a:",
        "a://b:c@",
        "go.",
        "%",
        "%4",
    ),
    *(
        "module a\n",
        "require a v1\n",
        "require (\n",
        "replace a => b\n",
        "use a\n",
        "use (\n",
        'a "',
        "a `",
        "a /* ",
        "=> ",
    ),
    *(
        "[wsl2]\n",
        "[a",
        "a=b\\\n",
        'a="b\n',
        "kernel=\\\\",
        "[[a]]",
        "a = b # c\n",
        "nameserver \x1e\n",
        "nameserver 1\n",
        "search a ",
    ),
    *(
        "wslgo:ignore[",
        "# wslgo: ignore[a]\n",
        "# wslgo: ignore\n",
        "// wslgo: ignore-file[a] ",
        "set -gx a ",
        "set -gx a b\n",
    ),
    *(
        "1",
        "1e",
        "-",
        "0x",
        "1:",
        "\\u00",
        "\\x4",
        "\ud800",
        "é",
        "中",
        "\u2028",
        "\x85",
        "\xa0",
        "🐧",
        "/",
        "../",
        "a/",
        "/.",
        "//",
    ),
)

# The text before one of them, so that a reader gets to the place that matters.
OPENINGS: Mapping[str, tuple[str, ...]] = {
    "Dockerfile": ("", "FROM golang\n", "FROM golang\nRUN "),
    "workspace: Dockerfile": ("", "FROM golang\n", "FROM golang\nRUN go build\nCOPY "),
    "workspace: compose": ("", "services:\n a:\n  build: .\n  ports: [", "services:\n"),
    "workspace: pod": ("", "kind: Pod\nspec:\n containers:\n  - name: "),
    "Go head": ("", "package a\n", "package a\n/*", "package a\nimport (\n"),
    "workspace: Go": ("", "package main\n", "package main\nfunc main() {}\n"),
    "workspace: cgo": ("", "package main\n/*\n", "package main\n"),
    "wslconfig": ("", "[wsl2]\n"),
    "wslconf": ("", "[boot]\n"),
    "launch": ("", '{"configurations":[{"type":"go","env":{', '{"configurations":['),
    "settings": ("", '{"go.toolsEnvVars":{"GOPROXY":"a",'),
    "jsonc": ("", '{"configurations":[{"type":"go","buildFlags":"'),
    "resolvconf": ("", "nameserver ", "options "),
    "host": ("", '{"wsl":'),
}


def grown(piece: str, size: int, opening: str = "") -> str:
    """Return a hostile text of about this size."""
    return opening + piece * (size // len(piece))
