"""Functions and methods by which a Go program starts to listen, and which argument is the address.

Sources: package pages of net, net/http, crypto/tls (go 1.27), google.golang.org/grpc 1.85, gin 1.11, echo 4.16, fiber
2.52 and 3, iris 12, fasthttp 1.66; as of 2026-11.
"""

from wslgo.text.typing import NamedTuple

HTTP, HTTPS, GRPC, TCP, UDP = "http", "https", "grpc", "tcp", "udp"

# Names of ports in an address (services(5)).
NAMED_PORTS = {"http": 80, "https": 443}


class Listener(NamedTuple):
    """A function or method that listens.

    `address` and `network` are the positions of its arguments, None if it has none; `default` is the port without an
    address. `makers` are the functions whose result has the method, () for a function of the package itself.
    """

    package: str
    name: str
    protocol: str
    address: int | None = 0
    network: int | None = None
    default: int | None = None
    makers: tuple[str, ...] = ()


LISTENERS = (
    Listener("net/http", "ListenAndServe", HTTP, default=80),
    Listener("net/http", "ListenAndServeTLS", HTTPS, default=443),
    Listener("net", "Listen", TCP, 1, network=0),
    Listener("net", "ListenTCP", TCP, 1, network=0),
    Listener("net", "ListenPacket", UDP, 1, network=0),
    Listener("net", "ListenUDP", UDP, 1, network=0),
    Listener("crypto/tls", "Listen", TCP, 1, network=0),
    Listener("github.com/valyala/fasthttp", "ListenAndServe", HTTP),
    Listener("github.com/valyala/fasthttp", "ListenAndServeTLS", HTTPS),
    Listener("github.com/gin-gonic/gin", "Run", HTTP, default=8080, makers=("Default", "New")),
    Listener("github.com/gin-gonic/gin", "RunTLS", HTTPS, makers=("Default", "New")),
    Listener("github.com/labstack/echo", "Start", HTTP, makers=("New",)),
    Listener("github.com/labstack/echo", "StartTLS", HTTPS, makers=("New",)),
    Listener("github.com/labstack/echo", "StartAutoTLS", HTTPS, makers=("New",)),
    Listener("github.com/gofiber/fiber", "Listen", HTTP, makers=("New",)),
    Listener("github.com/gofiber/fiber", "ListenTLS", HTTPS, makers=("New",)),
    Listener("github.com/kataras/iris", "Listen", HTTP, makers=("New", "Default")),
)

# Its field `Addr` says where `ListenAndServe` and `ListenAndServeTLS` without an address listen.
SERVER_PACKAGE, SERVER, SERVER_ADDRESS = "net/http", "Server", "Addr"
SERVER_METHODS = {"ListenAndServe": HTTP, "ListenAndServeTLS": HTTPS}
DEFAULT_PORTS = {HTTP: 80, HTTPS: 443}

# Who calls one of these in a file serves its `net.Listener` by that protocol.
SERVERS_OF_LISTENERS = (
    ("google.golang.org/grpc", "NewServer", GRPC),
    ("net/http", "ServeTLS", HTTPS),
    ("net/http", "Serve", HTTP),
)
