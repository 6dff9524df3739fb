"""NO_PROXY and HTTPS_PROXY mean to wslgo what they mean to Go."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from wslgo.syntax.go import http_proxy, no_proxy

PROGRAM = """package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"os"
)

// A line is a URL; the environment, which Go reads once, is that of the process.
func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		address, err := url.Parse(lines.Text())
		if err != nil {
			panic(err)
		}
		proxy, err := http.ProxyFromEnvironment(&http.Request{URL: address})
		switch {
		case err != nil:
			fmt.Println("error")
		case proxy == nil:
			fmt.Println("none")
		default:
			fmt.Println(proxy.Scheme, proxy.Host)
		}
	}
}
"""
URLS = (
    "https://goproxy.corp.internal/x",
    "https://corp.internal",
    "https://corp.internal:8443/x",
    "https://notcorp.internal",
    "https://GOPROXY.corp.INTERNAL/x",
    "https://goproxy",
    "https://10.1.2.3/x",
    "https://10.1.2.3:8081",
    "https://192.168.7.9",
    "https://[fd00::1]/x",
    "https://[fd00::1]:8443",
    "https://localhost:3000",
    "https://127.0.0.1",
    "https://127.8.8.8:3000",
    "https://[::1]",
    "https://localhost.corp.internal",
)
VALUES = (
    *("", "*", "a,*,b", " * ", "*,", "**", "corp.internal", ".corp.internal", "*.corp.internal", "*corp.internal"),
    *("corp.internal:443", "corp.internal:8443", ".corp.internal:443", "corp.internal:", ":443", "CORP.Internal"),
    *("goproxy", ".goproxy", "internal", ".internal", ".", "*.", "..corp.internal", "corp.internal."),
    *("10.0.0.0/8", "10.1.2.3/8", "10.0.0.0/33", "10.*", "10.", "10", "10.1.2.3", "10.1.2.3:443", "10.1.2.3:8081"),
    *("10.0.0.0/255.0.0.0", "192.168.0.0/16,10.0.0.0/8", "fd00::/8", "fd00::1", "[fd00::1]", "[fd00::1]:443"),
    *("[fd00::1]:8443", "::ffff:10.1.2.3", "010.1.2.3", "https://corp.internal", "corp.internal/x", "<local>"),
    *("a corp.internal", "a;corp.internal", "a|corp.internal", " corp.internal , b", "\tcorp.internal", "localhost"),
    *("corp.internal:443:443", "[corp.internal]:443", "[corp.internal]", "fd00::1:443", "0.0.0.0/0", "::/0"),
)
PROXIES = (
    *("http://proxy:8080", "proxy:8080", "proxy", "10.1.2.3:8080", "https://proxy", "socks5://127.0.0.1:1080"),
    *("CORP\\me:pw@proxy:8080", "http://CORP\\me:pw@proxy:8080", "http://me:p#w@proxy:8080", "http://me:p@w@proxy:80"),
    *("http://me:p%w@proxy:8080", "http://me:p%23w@proxy:8080", "http://me:p/w@proxy:1", "http://me:p?w@proxy:1"),
    *("http://me:p w@proxy:1", " http://proxy:1", "http://proxy:1 ", "http:/proxy:1", "http//proxy:1", "//proxy:1"),
    *("http://proxy:port", "DIRECT", "http://proxy/proxy.pac", '"http://proxy:1"'),
    *("localhost:7890", "HTTP://proxy:80", "http://[::1]:80", "[::1]:80", "http://", "http://:8080", ":8080"),
    *("me:pw@proxy:8080", "http://proxy:", "http://pro xy:1", "http://proxy:8080/", "http://user@proxy", "1.2.3.4"),
    *("http://me:p^w@proxy:1", "http://me:p\\w@proxy:1", "http://me:p[w@proxy:1", "ftp://proxy:1", "socks://p:1"),
)


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a program that prints the proxies that Go chooses."""
    folder = tmp_path_factory.mktemp("proxies")
    (folder / "go.mod").write_text("module example.com/proxies\n\ngo 1.24\n", encoding="utf-8")
    (folder / "main.go").write_text(PROGRAM, encoding="utf-8")
    subprocess.run(["go", "build", "-o", "proxies", "."], cwd=folder, check=True, env={**os.environ, "GOFLAGS": ""})
    return folder / "proxies"


def by_go(program: Path, urls: tuple[str, ...], **variables: str) -> list[str]:
    done = subprocess.run(
        [program], input="\n".join(urls), env=variables, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES)
def test_an_exception_covers_what_go_excludes(value: str, chosen: Path) -> None:
    answers = by_go(chosen, URLS, HTTPS_PROXY="http://proxy:8080", NO_PROXY=value)
    ours = []
    for url in URLS:
        parts = urlsplit(url)
        excluded = no_proxy.excludes(value, parts.hostname or "", parts.port or no_proxy.PORTS[parts.scheme])
        ours.append("none" if excluded else "http proxy:8080")
    assert dict(zip(URLS, ours, strict=True)) == dict(zip(URLS, answers, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("value", PROXIES)
def test_a_proxy_is_read_as_go_reads_it(value: str, chosen: Path) -> None:
    [answer] = by_go(chosen, ("https://goproxy.corp.internal/x",), HTTPS_PROXY=value)
    proxy = http_proxy.parse(value)
    assert answer == (f"{proxy.scheme} {proxy.host}" if proxy else "none")


@pytest.mark.parametrize(
    ("value", "host", "expected"),
    [
        ("localhost,127.0.0.1,.corp.internal", "goproxy.corp.internal", True),
        (".corp.internal", "corp.internal", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.*", "10.1.2.3", False),
        ("a; goproxy.corp.internal", "goproxy.corp.internal", False),
        ("", "localhost", True),
    ],
)
def test_an_exception_covers_a_host(value: str, host: str, expected: bool) -> None:
    assert no_proxy.excludes(value, host, 443) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("proxy:8080", ("http", "proxy:8080")),
        ("http://CORP\\me:secret@proxy:8080", ("http", "http:")),
        ("http://me:p%w@proxy:8080", None),
        # Since Go 1.26, unless a go.mod asks for older behaviour.
        ("http=10.1.2.3:80;https=10.1.2.3:81", None),
    ],
)
def test_go_reads_a_proxy(value: str, expected: tuple[str, str] | None) -> None:
    proxy = http_proxy.parse(value)
    assert (proxy and (proxy.scheme, proxy.host)) == expected
