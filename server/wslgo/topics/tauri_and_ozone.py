"""Ozone flags are for Chromium and Electron; on Linux Tauri and Wails draw with WebKitGTK and ignore them.

## What people believe

"A Tauri program of Go needs `--enable-features=UseOzonePlatform --ozone-platform=wayland` on WSLg."

## What is true

Tauri is a toolkit for Rust; its counterpart for Go is Wails. On Linux both show their pages with WebKitGTK, and
WebView2 is only for Windows. The flags are switches of Chromium, which Electron passes on. To another program they
are ordinary arguments, which it ignores or rejects.

WebKitGTK is GTK: `GDK_BACKEND=x11` or `wayland` chooses the display. Where a window stays empty,
`WEBKIT_DISABLE_DMABUF_RENDERER=1` is the first thing to try.

## What to do

Remove the flags. Wails 2 needs these packages on Ubuntu 24.04, and a tag, since that release has only version 4.1 of
WebKitGTK:

```sh
sudo apt install build-essential pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev
wails build -tags webkit2_41
WEBKIT_DISABLE_DMABUF_RENDERER=1 ./app
```

## Sources

- Tauri, webview versions: <https://v2.tauri.app/reference/webview-versions/>
- wailsapp/wails 2.9, `apt.go`, discussion 5171: <https://github.com/wailsapp/wails/discussions/5171>
- Chromium, Ozone: <https://chromium.googlesource.com/chromium/src/+/HEAD/docs/ozone_overview.md>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

NEEDS = ("packages",)

INSTALLED = Message(en="{package} is installed", zh="已安装 {package}")
MISSING = Message(en="{package} is not installed", zh="未安装 {package}")
UNKNOWN = Message(en="The packages of this distribution are unknown", zh="此发行版的软件包未知")

PACKAGE = "libwebkit2gtk-4.1-dev"


def here(host: Host) -> Iterator[Text]:
    """Yield whether WebKitGTK can be built with."""
    if host.packages is None:
        yield UNKNOWN()
    else:
        yield (INSTALLED if PACKAGE in host.packages else MISSING)(package=PACKAGE)
