"""A network that silently loses large packets, in namespaces of its own: a VPN as users meet it."""

import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from wslgo.network.packet_size import losing_large_packets

# This side takes packets of 1300 bytes, and tells the other one that it takes 1500.
NETWORK = """
ip link add name v1 type veth peer name v2 || exit 77
unshare -n sleep 60 >/dev/null 2>&1 & other=$!
trap 'kill $other $server' EXIT
# Until it has a namespace of its own, a move to it is a move to here.
while [ "$(readlink /proc/$other/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
ip link set v2 netns $other || exit 77
ip link set lo up
ip link set v1 mtu $1 up && ip addr add 10.9.0.1/24 dev v1 || exit 77
ip route replace 10.9.0.0/24 dev v1 src 10.9.0.1 advmss 1460
nsenter -t $other -n sh -c 'ip link set v2 mtu 1500 up; ip addr add 10.9.0.2/24 dev v2
  ip link set dev v2 gso_max_segs 1 gso_max_size 1500' || exit 77
shift
nsenter -t $other -n "$1" -c "$2" "$4" >/dev/null & server=$!
"$1" -c "$3"
"""
SERVER = """
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
listener = socket.create_server(("10.9.0.2", 8443))
while True:
    channel, _ = listener.accept()
    channel.settimeout(3)
    try:
        context.wrap_socket(channel, server_side=True).close()
    except OSError:
        channel.close()
"""
CLIENT = """
import socket, time
from wslgo.network.packet_size import losing_large_packets
for _ in range(50):
    try:
        socket.create_connection(("10.9.0.2", 8443), 1).close()
        break
    except OSError:
        time.sleep(0.1)
print(losing_large_packets([("10.9.0.2", 8443)], 1.5))
"""


def certificate(folder: Path) -> Path:
    """Make a certificate that needs several packets, with its key in the same file."""
    path = folder / "server.pem"
    names = ",".join(f"DNS:{number}.a-name-of-a-server.example" for number in range(100))
    new = ("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-x509", "-days", "2", "-subj", "/CN=10.9.0.2")
    words = (*new, "-addext", f"subjectAltName={names}", "-keyout", folder / "key.pem", "-out", path)
    subprocess.run(words, check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "key.pem").read_text())
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("mtu", "expected"), [(1300, "('10.9.0.2',)"), (1500, "()")])
def test_a_handshake_that_ends_only_in_small_packets(mtu: int, expected: str, tmp_path: Path) -> None:
    namespaces = ("unshare", "--user", "--map-root-user", "--net", "sh", "-c", NETWORK, "sh", str(mtu))
    words = (*namespaces, sys.executable, SERVER, CLIENT, str(certificate(tmp_path)))
    server = Path(__file__).parents[2] / "server"
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH": str(server)}
    try:
        ran = subprocess.run(words, check=False, capture_output=True, text=True, timeout=50, env=environment)
    except (OSError, subprocess.TimeoutExpired) as problem:
        pytest.skip(f"no namespaces here: {problem}")
    if ran.returncode in (1, 77) and not ran.stdout:
        pytest.skip(f"no namespaces here: {ran.stderr}")
    assert ran.stdout.strip() == expected, ran.stderr


def test_a_server_that_answers_or_is_not_there(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve() -> None:
            channel, _ = listener.accept()
            with channel:
                channel.settimeout(2)
                try:
                    context.wrap_socket(channel, server_side=True).close()
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        assert losing_large_packets([("127.0.0.1", port)], 2) == ()
    assert losing_large_packets([("127.0.0.1", port)], 0.5) == ()


def test_a_server_that_is_silent_in_any_size() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert losing_large_packets([("127.0.0.1", port)], 0.2) == ()
        assert losing_large_packets([("127.0.0.1", port)], 0.2, lambda: True) == ()
