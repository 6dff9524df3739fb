"""The names of a package in a Go file: those that it declares, and those that another file must declare."""

import pytest

from wslgo.syntax.go.file_body import code
from wslgo.syntax.go.package_names import borrowed_names, declared_names


def test_declared_names() -> None:
    text = """package main

import "fmt"

var version, commit = "1", "2"

const (
	first = iota
	second
	third, fourth = 1, 2
)

type settings struct {
	Name string
}

type (
	list []string
	pair struct {
		left int
	}
)

var (
	table = map[string]int{
		"a": 1,
	}
	last int
)

func serve[T any](port int) {}

func (s settings) method() {}

func init() { local := 1; _ = local }
"""
    names = {declared.name for declared in declared_names(code(text).blanked)}
    assert names == {
        *(
            "version",
            "commit",
            "first",
            "second",
            "third",
            "fourth",
            "settings",
            "list",
            "pair",
            "table",
            "last",
            "serve",
        )
    }


@pytest.mark.parametrize(
    "body",
    [
        "func main() { fmt.Println(name) }",
        "func main() {\n\tname()\n}",
        "func main() {\n\tx := name{}\n\t_ = x\n}",
        "func main() {\n\tif name == 1 {\n\t}\n}",
        "func main() {\n\treturn name\n}",
        "var all = []name{}",
        "func f() {\n\tvar y = name(1)\n}",
        "func main() {\n\tfor range name {\n\t}\n}",
    ],
)
def test_a_name_of_another_file(body: str) -> None:
    assert "name" in borrowed_names(code(f"package main\n\n{body}\n").blanked)


@pytest.mark.parametrize(
    "body",
    [
        "// name()\nvar s = `name()`",
        "func main() {\n\tx.name()\n}",
        "func main() {\n\tname := 1\n\tuse(name)\n}",
        "func main() {\n\tfor _, name := range all {\n\t\tuse(name)\n\t}\n}",
        "func main() {\n\tvar other, name = 1, 2\n\tuse(name)\n}",
        "func main(name string) { use(name) }",
        "func main(\n\tother, name string,\n) {\n\tuse(name)\n}",
        "func main() {\n\tf(func(name int) { use(name) })\n}",
        "func main() (name int, err error) {\n\tuse(name)\n}",
        "func (name *T) m() { use(name) }",
        "type T struct {\n\tname *int\n}\n\nvar x = name(1)",
        "type T[name any] struct{}\n\ntype name = int\n\nvar x name",
        "func main() {\nname:\n\tgoto name\n}",
        "var x = T{name: 1}",
        'import name "example.com/x"\n\nvar x = name.Y',
        'import (\n\tname "example.com/x"\n)\n\nvar x = name.Y',
        'import . "example.com/x"\n\nvar x = name(1)',
        "func main() {\n\tconst (\n\t\tother = iota\n\t\tname\n\t)\n\tuse(name)\n}",
        "func main() {\n\tname = 1\n\tuse(name)\n}",
        "func main() {\n\tswitch name := x.(type) {\n\tcase int:\n\t\tuse(name)\n\t}\n}",
        "func f(x name) {}",
        "func main() {\n\tselect {\n\tcase name := <-c:\n\t\tuse(name)\n\t}\n}",
        "func f(c <-chan int, name chan<- int) {\n\tname <- 1\n}",
    ],
)
def test_a_name_that_the_file_may_have_itself(body: str) -> None:
    assert "name" not in borrowed_names(code(f"package main\n\n{body}\n").blanked)
