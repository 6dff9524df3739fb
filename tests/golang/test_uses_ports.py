"""Where a program listens, and whether it reads standard input."""

import pytest

from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.golang.uses import ports, stdin

MODULE = "module a.test/x\n"


def source(body: str, *imports: str, package: str = "main") -> str:
    listed = "".join(f"\t{path}\n" if " " in path else f'\t"{path}"\n' for path in imports)
    return f"package {package}\n\nimport (\n{listed})\n\n{body}\n"


def project_of(texts: dict[str, str]) -> Project:
    return Project(MemoryListing({"go.mod": MODULE, **texts}))


def services_in(texts: dict[str, str], folder: str = "") -> list[tuple[str, str, int | None]]:
    project = project_of(texts)
    package = project.package(folder)
    assert package is not None
    return [
        (service.protocol, service.host, service.port) for service in ports.services_of(project, package, package.files)
    ]


def services_of_body(body: str, *imports: str) -> list[tuple[str, str, int | None]]:
    return services_in({"main.go": source(body, *imports)})


GIN, ECHO, FIBER = "github.com/gin-gonic/gin", "github.com/labstack/echo/v4", "github.com/gofiber/fiber/v2"


@pytest.mark.parametrize(
    ("body", "imports", "expected"),
    [
        ('http.ListenAndServe(":8080", nil)', ["net/http"], ("http", "", 8080)),
        ('log.Fatal(http.ListenAndServe("localhost:6060", nil))', ["net/http"], ("http", "localhost", 6060)),
        ('http.ListenAndServeTLS(":8443", "c", "k", nil)', ["net/http"], ("https", "", 8443)),
        ('http.ListenAndServe("", nil)', ["net/http"], ("http", "", 80)),
        ('http.ListenAndServe(":http", nil)', ["net/http"], ("http", "", 80)),
        ("http.ListenAndServe(*addr, nil)", ["net/http"], ("http", "", None)),
        ('h.ListenAndServe("[::1]:81", nil)', ['h "net/http"'], ("http", "::1", 81)),
        ('net.Listen("tcp", "127.0.0.1:50051")', ["net"], ("tcp", "127.0.0.1", 50051)),
        ('net.ListenPacket("udp", ":53")', ["net"], ("udp", "", 53)),
        ('net.ListenUDP("udp", &net.UDPAddr{IP: ip, Port: 53})', ["net"], ("udp", "", 53)),
        ('tls.Listen("tcp", ":993", config)', ["crypto/tls"], ("tcp", "", 993)),
        ('r := gin.Default()\n\tr.Run(":9000")', [GIN], ("http", "", 9000)),
        ("r := gin.New()\n\tr.Run()", [GIN], ("http", "", 8080)),
        ('r := setupRouter()\n\tr.Run(":8080")', [GIN], ("http", "", 8080)),
        ('e := echo.New()\n\te.Logger.Fatal(e.Start(":1323"))', [ECHO], ("http", "", 1323)),
        (
            'app := fiber.New(fiber.Config{Prefork: true})\n\tlog.Fatal(app.Listen(":3000"))',
            [FIBER],
            ("http", "", 3000),
        ),
        ('s := &http.Server{Addr: ":8001", Handler: h}\n\ts.ListenAndServe()', ["net/http"], ("http", "", 8001)),
        ("s := http.Server{\n\t\tHandler: h,\n\t}\n\ts.ListenAndServeTLS()", ["net/http"], ("https", "", 443)),
        ("srv.ListenAndServe()", ["net/http"], ("http", "", None)),
    ],
)
def test_a_call_that_listens_is_a_service(body: str, imports: list[str], expected: tuple[str, str, int | None]) -> None:
    assert services_of_body(f"func main() {{\n\t{body}\n}}", *imports) == [expected]


@pytest.mark.parametrize(
    ("body", "imports"),
    [
        ('http.Get("http://localhost:8080")', ["net/http"]),
        ('net.Dial("tcp", ":8080")', ["net"]),
        ("httptest.NewServer(nil)", ["net/http/httptest", "net/http"]),
        ('// http.ListenAndServe(":8080", nil)', ["net/http"]),
        ('s := `http.ListenAndServe(":8080", nil)`', ["net/http"]),
        ('s := "http.ListenAndServe(\\":8080\\", nil)"', ["net/http"]),
        ('/* net.Listen("tcp", ":1") */', ["net"]),
        ('net.Listen("tcp", "127.0.0.1:0")', ["net"]),
        ("net.ListenUDP(network, nil)", ["net"]),
        ('net.Listen("unix", "/run/x.sock")', ["net"]),
        ('t.Run(":8080")', ["testing"]),
        ("cmd.Run()", ["os/exec", GIN]),
        ('t.Run("name", func() {})', [GIN]),
        ('other.ListenAndServe(":8080", nil)', ["b.test/other"]),
    ],
)
def test_other_calls_are_not_services(body: str, imports: list[str]) -> None:
    assert services_of_body(f"func main() {{\n\t{body}\n}}", *imports) == []


def test_a_port_can_be_a_constant_of_the_package() -> None:
    main = source(
        'func main() {\n\thttp.ListenAndServe(addr, nil)\n\thttp.ListenAndServe("[::]:"+port, nil)\n}', "net/http"
    )
    constants = 'package main\n\nconst addr = ":7000" // all\n\nconst (\n\tport string = "7001"\n\tn = 3\n)\n'
    assert services_in({"main.go": main, "const.go": constants}) == [("http", "", 7000), ("http", "::", 7001)]
    assert services_in({"main.go": main, "var.go": constants.replace("const", "var")}) == [("http", "", None)] * 2


def test_a_listener_has_the_protocol_its_file_serves() -> None:
    body = 'func main() {{\n\tl, _ := net.Listen("tcp", ":9001")\n\t{}\n}}'
    grpc = services_of_body(body.format("s := grpc.NewServer()\n\ts.Serve(l)"), "net", "google.golang.org/grpc")
    assert grpc == [("grpc", "", 9001)]
    assert services_of_body(body.format("http.Serve(l, nil)"), "net", "net/http") == [("http", "", 9001)]
    assert services_of_body(body.format("grpc.NewClient(x)"), "net", "google.golang.org/grpc") == [("tcp", "", 9001)]


def test_the_address_of_the_only_server_of_a_package_is_used() -> None:
    start = source("func start(s *http.Server) { s.ListenAndServe() }", "net/http")
    server = source('var s = &http.Server{Addr: ":8002"}', "net/http")
    main = {"main.go": source("func main() {}"), "start.go": start, "a.go": server}
    assert services_in(main) == [("http", "", 8002)]
    assert services_in({**main, "b.go": server}) == [("http", "", None)]


def test_services_are_found_in_imported_packages() -> None:
    server = source('func Run() { http.ListenAndServe(":8080", nil) }', "net/http", package="server")
    texts = {"cmd/a/main.go": source("func main() {}", "a.test/x/server"), "server/a.go": server}
    assert services_in(texts, "cmd/a") == [("http", "", 8080)]
    assert services_in({**texts, "cmd/a/main.go": source("func main() {}", "fmt")}, "cmd/a") == []


def test_the_span_of_a_service_is_its_call() -> None:
    project = project_of({"main.go": source('func main() { http.ListenAndServe(":1", nil) }', "net/http")})
    package = project.package("")
    assert package is not None
    [found] = ports.services_of(project, package, package.files)
    assert project.text(found.path)[slice(*found.span)] == "http.ListenAndServe"


def test_truncated_text_and_text_that_is_not_go_have_no_services() -> None:
    for body in ('func main() { http.ListenAndServe(":80', "http.ListenAndServe(", "`", "/*", "'", '"\\'):
        assert services_of_body(body, "net/http") == []


# Terminals


def stdin_read(body: str, *imports: str) -> str | None:
    project = project_of({"main.go": source(body, *imports)})
    package = project.package("")
    assert package is not None
    found = stdin.input_of(project, package, package.files)
    return None if found is None else found.what


@pytest.mark.parametrize(
    ("body", "imports", "what"),
    [
        ("func main() { bufio.NewScanner(os.Stdin) }", ["bufio", "os"], "os.Stdin"),
        ("func main() { fmt.Scanln(&name) }", ["fmt"], "fmt.Scanln"),
        ("func main() { cmd.Stdin = os.Stdin }", ["os"], "os.Stdin"),
        ("func main() {}", ["github.com/charmbracelet/bubbletea"], "github.com/charmbracelet/bubbletea"),
        ("func main() {}", ["github.com/gdamore/tcell/v2"], "github.com/gdamore/tcell/v2"),
    ],
)
def test_a_program_that_reads_standard_input_needs_a_terminal(body: str, imports: list[str], what: str) -> None:
    assert stdin_read(body, *imports) == what


@pytest.mark.parametrize(
    ("body", "imports"),
    [
        ("func main() { fmt.Println(os.Stdout) }", ["fmt", "os"]),
        ("func main() { term.IsTerminal(int(os.Stdin.Fd())) }", ["os"]),
        ("func main() { os.Stdin.Stat() }", ["os"]),
        ("// reads os.Stdin", ["os"]),
        ('const help = "fmt.Scan"', ["fmt"]),
        ("func main() { fmt.Sscan(text, &n) }", ["fmt"]),
    ],
)
def test_other_programs_do_not_need_a_terminal(body: str, imports: list[str]) -> None:
    assert stdin_read(body, *imports) is None
