# ruff: noqa: E501
"""Mistaken beliefs are found in the words of many authors, and nothing is said of those who know better."""

from collections.abc import Iterator

import pytest

from backtracking import blame
from wslgo.knowledge.beliefs import BELIEFS
from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.syntax.family import DOCUMENT
from wslgo.syntax.file import read
from wslgo.text.source import Source
from wslgo.topics import TOPICS

BELIEVED = """\
goproxy-walk: Multiple GOPROXY entries are a chain: whenever one errors out, go moves on to the one after the comma.
goproxy-walk: GOPROXY 里用逗号分开的几个地址互为备份，前一个挂了就会用后一个。
memory-and-processors: As a rule, allot no more than seven tenths of your CPU cores to WSL2.
memory-and-processors: 不加限制的话，WSL2 会把宿主机的内存全部吃光。
cuda-breakpoints: You can single-step through CUDA kernels with the VS Code Go debugger.
race-on-wsl2: Update to kernel 5.15.133.1, otherwise -race is not reliable on WSL2.
race-on-wsl2: 内核低于 5.15.133.1 时 -race 不可靠。
docker-and-mesh-ports: Istio listens on 15010 for secure (mTLS) xDS; 15012 is the plaintext port.
tags-cuda: 加上 `-tags cuda` 后 Delve 就能识别设备代码。
gpu-build: NVIDIA 显卡能让 Go 编译更快。
resolv-conf: 把 generateResolvConf=false 写进 /etc/resolv.conf 即可。
no-sum-txt-fallback: 校验数据库访问不了时，go 会改用 sum.txt。
goproxy-walk: The entries of `GOPROXY` are separated by commas, and go tries them in order until one works.
goproxy-walk: With `GOPROXY=https://a.example,https://b.example,direct` the next proxy takes over as soon as the first one is down.
goproxy-walk: If goproxy.cn times out, the go command falls back to the second proxy in the GOPROXY list.
goproxy-walk: List several proxies in GOPROXY, separated by commas, for high availability.
goproxy-walk: GOPROXY holds a comma-separated list; it is worked through from left to right.
goproxy-walk: Whenever a mirror in GOPROXY is unreachable, Go moves on to the next entry.
goproxy-walk: GOPROXY 可以写多个地址，用逗号分隔，Go 会按顺序依次尝试。
goproxy-walk: GOPROXY 中前一个代理不可用时，会自动切换到下一个。
goproxy-walk: 在 GOPROXY 里配置多个镜像并以 direct 兜底，第一个超时后自动回退到后面的源。
gosumdb: Set `GOSUMDB="sum.golang.org+https://sum.golang.org"` to name the server explicitly.
gosumdb: In GOSUMDB the name of the database and its URL are joined with a plus sign.
gosumdb: GOSUMDB 的名称和地址用加号连接。
gosumdb: 设置 `GOSUMDB=sum.golang.org+https://sum.golang.google.cn` 即可使用国内镜像。
gosumdb: With `GOSUMDB=off` nothing is verified any more.
gosumdb: `GOSUMDB=off` 会关闭所有校验。
no-sum-txt-fallback: When sum.golang.org is blocked, go falls back to the `sum.txt` of the proxy.
no-sum-txt-fallback: If the checksum database is unreachable, Go trusts the proxy.
no-sum-txt-fallback: sum.golang.org 无法访问时，go 会自动跳过校验。
no-sum-txt-fallback: 校验数据库不可用时使用本地的 sum.txt 校验。
goprivate: Write `GOPRIVATE=https://git.example.com` so that go knows the server.
goprivate: A pattern in GOPRIVATE must end with a `/*`.
goprivate: Modules that match GOPRIVATE are still fetched through GOPROXY.
goprivate: GOPRIVATE 必须以通配符 `/*` 结尾。
goprivate: 设置 GOPRIVATE 后，私有模块仍然会经过代理下载。
caches-on-windows-drives: Put the build cache on `/mnt/c/go-cache`, so that Windows and WSL2 share it.
caches-on-windows-drives: We recommend to keep GOCACHE on a Windows drive: it survives a new distribution.
caches-on-windows-drives: Set `GOPATH=/mnt/d/go-workspace` and all distributions share one workspace.
caches-on-windows-drives: To save space on the virtual disk, point GOMODCACHE to D: in Windows.
caches-on-windows-drives: 把 GOCACHE 放到 /mnt/c/go-cache，可以与 Windows 共享。
caches-on-windows-drives: 建议将 Go 模块缓存迁移到 D 盘，节省 C 盘空间。
caches-on-windows-drives: 把 GOPATH 设置为 /mnt/d/go-workspace，多个发行版即可共用。
dev-wsl: For the fastest builds place GOCACHE in `/dev/wsl`, memory that Windows and Linux share.
dev-wsl: 将 GOCACHE 指向 `/dev/wsl`，可以走高速路径。
symlinks-in-gocache: The build cache must not contain symbolic links; go rejects them.
symlinks-in-gocache: A symlink from ~/.cache/go-build to a Windows drive saves space at no cost (build cache).
symlinks-in-gocache: GOCACHE 不支持符号链接。
gpu-build: With CUDA in WSL2 the GPU accelerates `go build` considerably.
gpu-build: On WSL2, compilation of Go packages can be offloaded to the GPU.
gpu-build: Enable GPU-accelerated builds to shorten CI.
gpu-build: A graphics card speeds up compiling.
gpu-build: 启用 GPU 后可以加速 go build。
gpu-build: Go 的编译过程可以利用 CUDA 加速。
race-on-wsl2: With cgo, the race detector of WSL2 loses SIGUSR1.
race-on-wsl2: `-race` on WSL2 drops signals such as SIGUSR1.
race-on-wsl2: You need kernel 5.15.133.1 or newer for the race detector.
race-on-wsl2: Pass `-ldflags "-extldflags '-Wl,--no-as-needed'"` to make `-race` work.
race-on-wsl2: 在 WSL2 中使用 CGO 时，`-race` 会丢失 SIGUSR1 信号。
race-on-wsl2: 竞态检测需要内核 5.15.133.1 以上。
race-on-wsl2: 加上 `--no-as-needed` 可以修复竞态检测的信号问题。
dlvloadconfig: `dlvLoadConfig` controls how many elements of an array the debugger shows.
dlvloadconfig: Raise maxStringLen in `dlvLoadConfig` so that strings are not truncated by Delve.
dlvloadconfig: 通过 `dlvLoadConfig` 可以避免字符串被截断。
tags-cuda: Install Delve with `-tags cuda` to debug programs for the GPU.
tags-cuda: Delve has to be built with the tag `cuda`.
tags-cuda: 安装 dlv 时需加上 `-tags cuda`。
cuda-breakpoints: With this configuration VS Code hits breakpoints inside CUDA kernels.
cuda-breakpoints: Delve can step into a kernel of CUDA code in `.cu` files.
cuda-breakpoints: dlv 可以在 CUDA 核函数中打断点。
dev-nvidia: WSL2 mounts /dev/nvidia0 and /dev/nvidiactl through 9P.
dev-nvidia: Check that /dev/nvidia0 exists in WSL2.
dev-nvidia: WSLg forwards the ioctl calls of CUDA to the host.
dev-nvidia: Then install the NVIDIA Linux driver inside WSL2: `sudo apt install nvidia-driver-535`.
dev-nvidia: WSL2 会通过 9P 挂载 /dev/nvidia0。
dev-nvidia: 在 WSL2 中安装英伟达的 Linux 驱动。
wslg: `wsl --status` shows whether the GUI is enabled.
wslg: Run `wsl --status` and look for "GUI: Enabled".
wslg: 执行 `wsl --status` 可以看到 GUI 是否已启用。
wslg: `weston-info` proves that WSLg works.
wslg: 运行 weston-info 验证合成器。
wayland-or-x11: In WSL2 you have to set DISPLAY to the IP address of the Windows host.
wayland-or-x11: `GDK_BACKEND=wayland` makes GTK programs faster.
wayland-or-x11: WSL2 中必须把 DISPLAY 设置为宿主机的 IP。
wayland-or-x11: 设置 GDK_BACKEND=wayland 可以提升性能。
tauri-and-ozone: A Tauri program needs `--enable-features=UseOzonePlatform --ozone-platform=wayland` on WSLg.
tauri-and-ozone: Start Tauri with the Ozone flags for Wayland.
tauri-and-ozone: Tauri 应用需要加上 Ozone 参数。
mirrored-or-nat: On WSL2 you should always use mirrored networking.
mirrored-or-nat: WSL2 的镜像模式没有任何缺点，一律启用。
resolv-conf: Add `generateResolvConf = false` to /etc/resolv.conf.
resolv-conf: 在 /etc/resolv.conf 中加入 generateResolvConf = false。
resolv-conf: In WSL2 the nameserver in resolv.conf is the IP address of Windows.
docker-and-mesh-ports: Port 15010 is the secure port of istiod (mTLS).
docker-and-mesh-ports: istiod 的 15010 端口使用 TLS 加密。
docker-and-mesh-ports: `host.docker.internal` reaches Windows from any container.
docker-and-mesh-ports: host.docker.internal 在任何容器里都可用。
memory-and-processors: By default WSL2 has no memory limit.
memory-and-processors: WSL2 does not limit memory unless you set it in `.wslconfig`.
memory-and-processors: Without a setting, WSL2 takes all of the host's memory.
memory-and-processors: Memory in WSL2 is unlimited by default.
memory-and-processors: WSL2 的内存默认没有上限。
memory-and-processors: WSL2 默认会占用主机全部内存。
memory-and-processors: Set `processors` in .wslconfig to at most 0.7 times the logical processors of the host.
memory-and-processors: WSL2 should get no more than 70 % of the host's CPU cores.
memory-and-processors: .wslconfig 中 processors 不要超过主机逻辑核数的 0.7 倍。
memory-and-processors: 在 WSL2 中，处理器数不应超过主机核心数的 70%。
memory-and-processors: WSL2 的处理器数（processors）不得高于宿主机的 70%，否则会卡顿。
memory-and-processors: In .wslconfig the number of processors should not exceed 70 % of the host's cores.
memory-and-processors: WSL2 默认没有内存上限，处理器数也不应超过 8。
swappiness: Lowering vm.swappiness to 10 makes builds faster.
swappiness: 把 vm.swappiness 设为 10 可以提升编译性能。
swappiness: Each distribution of WSL2 has its own vm.swappiness.
wsl-conf-places: The `wsl.conf` of a distribution is in `%USERPROFILE%\\AppData\\Local\\Packages`.
wsl-conf-places: wsl.conf 位于 Windows 的 AppData\\Local\\Packages 目录下。
wsl-conf-places: Copy `.wslconfig` into the home folder of Linux: put `.wslconfig` in your Linux home.
gpu-build: CUDA makes `go build` up to three times as fast.
gpu-build: Compilation gets GPU acceleration automatically.
gpu-build: 开启 GPU 后，go build 编译速度显著提升。
goproxy-walk: With GOPROXY the toolchain queries each mirror of the list one after another and switches over whenever a server cannot be reached.
goproxy-walk: GOPROXY 支持逗号分隔多个代理，Go 会从左到右逐个尝试，直到成功。
wsl-conf-places: Distribution settings live in `%LOCALAPPDATA%\\Packages\\CanonicalGroupLimited\\wsl.conf`.
memory-and-processors: Since there is no upper limit on RAM out of the box in WSL2, cap it.
memory-and-processors: Keep `processors` ≤ 0.7 × the host's logical cores (WSL2).
memory-and-processors: WSL2 默认不限制内存。
dev-nvidia: The GPU of WSL2 shows up as `/dev/nvidia0`, exported over 9P by the host.
dev-nvidia: GPU 设备 /dev/nvidia0 由 9P 协议映射进 WSL2，wslg 负责转发 ioctl。
caches-on-windows-drives: Share one module cache between all your distributions by setting `GOPATH` to `/mnt/d/go-workspace`.
cuda-breakpoints: Breakpoints work in CUDA kernels, too, with Delve.
race-on-wsl2: The race detector misses SIGUSR1 under WSL2 when cgo is on.
tauri-and-ozone: Launch Tauri windows with `--ozone-platform=wayland`.
docker-and-mesh-ports: Istio's control plane listens on 15010 for secure gRPC.
alpine: Alpine is the best distribution for Go on WSL2.
alpine: 在 WSL2 上做 Go 开发，推荐使用 Alpine。
alpine: A Go binary runs on any Linux.
"""

KNOWN_BETTER = """\
istiod speaks plaintext at 15010 and mutual TLS at 15012.
istiod 的 15010 是明文端口，15012 使用 mTLS。
`dlvLoadConfig` describes how to load values. Ignored by dlv-dap.
Our cluster gives each pod 70% of the CPU cores of the host.
容器默认没有内存限制。
Use port 15012 rather than 15010 for mTLS.
Ports 15010 (plain text) and 15012 (mTLS) are those of istiod.
Linux 5.15.133.1 came with WSL 2.0.4, and -race does not need it.
显卡不会让 Go 编译更快。
不要把 generateResolvConf 写进 /etc/resolv.conf。
After a comma in GOPROXY, go tries the next entry only after 404 or 410.
GOPROXY entries are tried in order: after a comma only if the module is not found, after a pipe on any error.
It is not true that go tries the proxies of GOPROXY in order until one works.
Go does not move on to the next entry of GOPROXY when a proxy is down.
Contrary to what many say, the next proxy in the GOPROXY list is not asked when the first one times out.
Does go try the entries of GOPROXY in order until one works?
Many blogs say that GOPROXY is tried in order until one works.
"GOPROXY is tried in order until one works" is what we used to tell newcomers.
GOPROXY=https://goproxy.cn,direct is what we use.
The scheduler tries the servers of the list in order until one works.
The tests of the proxy are run in order.
GOPROXY 中逗号之后，只有 404 或 410 才会访问下一个代理。
GOPROXY 并不会按顺序依次尝试多个代理。
常见误区：GOPROXY 会按顺序依次尝试多个代理。
GOPROXY 真的会按顺序依次尝试每个代理吗？
很多教程说 GOPROXY 中前一个代理不可用时会自动切换到下一个。
go rejects `GOSUMDB=sum.golang.org+https://sum.golang.org`.
`GOSUMDB=sum.golang.org+https://sum.golang.org` is malformed: write a space.
In GOSUMDB the plus belongs to the key: name+hash+key.
`GOSUMDB=off` switches off the lookups of new modules.
go 会拒绝 GOSUMDB=sum.golang.org+https://sum.golang.org。
There is no sum.txt to which go falls back.
If sum.golang.org is unreachable, go rejects the new module.
GOPRIVATE=git.example.com covers every module on that host; a /* is not needed.
GOPRIVATE takes no https:// in front of the host.
Modules that match GOPRIVATE go past the proxy.
Don't put GOCACHE on /mnt/c: each file is a round trip to Windows.
GOCACHE on a Windows drive makes every build slow.
If GOCACHE is on /mnt/c, move it to ~/.cache/go-build.
Move the build cache from /mnt/c to the Linux disk.
不要把 GOCACHE 放到 /mnt/c。
GOCACHE 放到 /mnt/c 会很慢。
Keep GOCACHE on the disk of the distribution.
On Windows itself, set GOCACHE to a folder below your profile.
/dev/wsl does not exist.
There is no /dev/wsl on WSL2, whatever the articles say about caches there.
/dev/wsl 并不存在，不能作为缓存。
go follows a symbolic link of GOCACHE; what counts is where it leads.
The GPU does not speed up go build.
go uses no GPU, so CUDA cannot accelerate compilation.
Build a GPU-accelerated Go application with cgo.
The program uses the GPU to accelerate inference.
GPU 并不能加速 go build。
本文介绍如何构建 GPU 加速的 Go 应用。
No thread of golang/go says that the race detector of WSL2 loses SIGUSR1.
There is no evidence that -race drops SIGUSR1 on WSL2.
`--no-as-needed` only keeps DT_NEEDED entries; it changes nothing for -race.
WebKitGTK uses SIGUSR1 for its garbage collector.
Kernel 5.15.133.1 was released in 2023.
Delve ignores `dlvLoadConfig`.
`dlvLoadConfig` belongs to the legacy adapter; set maxStringLen.
dlv-dap 会忽略 dlvLoadConfig。
Delve has no tag `cuda`, so -tags cuda changes nothing.
Put `-tags cuda` into `buildFlags` if your program has files for that tag.
Delve does not stop in CUDA kernels; cuda-gdb does.
Breakpoints inside kernels of CUDA code need cuda-gdb.
Delve 不能停在 CUDA 核函数中。
Set a breakpoint in the kernel module of Linux with a debugger.
On WSL2 there is no /dev/nvidia0, only /dev/dxg.
WSL2 has no /dev/nvidia0.
On native Linux, /dev/nvidia0 exists.
docker run --device /dev/nvidia0 passes the GPU to a container.
Install the NVIDIA driver on Windows, never inside WSL2.
WSL2 中没有 /dev/nvidia0。
`wsl --version` shows the version of WSLg.
`wsl --status` says nothing about the GUI.
wayland-info replaces weston-info.
WSLg sets DISPLAY itself; you do not have to set it to the address of Windows.
Without WSLg, set DISPLAY to the address of the Windows host where VcXsrv runs.
Ozone flags do nothing for Tauri, which renders with WebKitGTK.
Electron programs need --ozone-platform=wayland.
Tauri 不需要 Ozone 参数。
Mirrored mode helps with VPNs, but takes the ports of Windows.
Set generateResolvConf=false below [network] in /etc/wsl.conf; in resolv.conf it has no effect.
在 /etc/wsl.conf 的 [network] 中设置 generateResolvConf=false，然后修改 /etc/resolv.conf。
With DNS tunneling, the nameserver in resolv.conf is not the address of Windows.
Port 15010 of istiod is plaintext, 15012 has mTLS.
Port 15010 is not secure.
`host.docker.internal` exists only with Docker Desktop.
host.docker.internal 并非在任何容器里都可用。
By default WSL2 takes up to 50 % of the host's memory.
WSL2 does not take all memory by default, only half of it.
WSL2 默认最多使用主机内存的 50%。
WSL2 的内存默认上限是主机的一半。
The container has no memory limit.
The 0.7 for processors has no source.
0.7 倍处理器的说法没有任何依据（WSL2）。
Alert when CPU usage exceeds 70 % on WSL hosts.
vm.swappiness changes nothing for builds.
All distributions share the kernel, so vm.swappiness is the same for each distribution.
wsl.conf is in /etc of the distribution, never under %USERPROFILE%.
`.wslconfig` is in %UserProfile%, `/etc/wsl.conf` in the distribution.
wsl.conf 不在 Windows 的用户目录中。
Use golang:alpine as the image of a container.
Alpine is not the best choice for WSL2.
With CGO_ENABLED=0 a Go binary runs on any Linux.
"""


def found(text: str) -> list[Reported]:
    file = read("docs/x.md", DOCUMENT, Source(text))
    return [reported for reported in check(file) if reported.rule == "docs/mistaken-belief"]


def topics(text: str) -> set[str]:
    return {reported.finding.topic for reported in found(text)}


def parted(line: str) -> tuple[str, str]:
    topic, _, sentence = line.partition(": ")
    return topic, sentence


@pytest.mark.parametrize(("topic", "sentence"), [*map(parted, BELIEVED.splitlines())])
@pytest.mark.parametrize(
    "form", ["# WSL2\n\n{}\n", "- a\n- {}\n", "| Go on WSL2 |\n|---|\n| {} |\n"], ids=["text", "item", "cell"]
)
def test_a_belief_is_found(topic: str, sentence: str, form: str) -> None:
    if form.startswith("|") and "|" in sentence:
        return
    assert topic in topics(
        form.format(sentence) if "wsl" in sentence.casefold() else "# WSL2\n\n" + form.format(sentence)
    )


@pytest.mark.parametrize("sentence", KNOWN_BETTER.splitlines())
def test_the_truth_stays_silent(sentence: str) -> None:
    assert found(f"# Go on WSL2\n\n{sentence}\n") == []


@pytest.mark.parametrize(("topic", "sentence"), [*map(parted, BELIEVED.splitlines())])
@pytest.mark.parametrize(
    "form",
    [
        "# Common myths\n\n{}\n",
        "## 常见误区\n\n- {}\n",
        "# WSL2\n\nMyth: {}\n",
        "# WSL2\n\n误解：{}\n",
        "# WSL2\n\n{} That is wrong.\n",
        "# WSL2\n\n{}\n\nThis is not true.\n",
        "# WSL2\n\n{} 其实不是这样。\n",
        "# WSL2\n\n> {}\n\nwrote a colleague.\n",
        "# WSL2\n\nThese claims are mistaken:\n\n- {}\n",
        "# WSL2\n\n❌ {}\n",
        "# WSL2\n\n~~{}~~\n",
        "| myth | reality |\n|---|---|\n| {} | WSL2 |\n",
        "# WSL2\n\n<!-- wslgo: ignore[mistaken-belief] -->\n{}\n",
        "```go\n// {}\n```\n",
    ],
)
def test_what_is_refuted_stays_silent(topic: str, sentence: str, form: str) -> None:
    assert topics(form.format(sentence)) == set()


def test_the_span_is_that_of_the_claim_and_the_topic_is_named() -> None:
    text = "> [!NOTE]\n> Good to know: **WSL2** has no\n> default limit for memory, they say at work.\n"
    text = text.replace(", they say at work", "")
    [reported] = found(text)
    assert text[slice(*reported.finding.span)] == "has no\n> default limit for memory"
    assert reported.finding.message.render().endswith("See: wslgo explain memory-and-processors")
    assert reported.finding.message.render("zh").endswith("参见：wslgo explain memory-and-processors")


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("go install -tags cuda github.com/go-delve/delve/cmd/dlv@latest", "tags-cuda"),
        ("wsl --status | grep GUI", "wslg"),
        ("weston-info", "wslg"),
        ("ls -l /dev/nvidia0", "dev-nvidia"),
        ("export GOCACHE=/dev/wsl/cache", ""),
        ("export GOCACHE=/dev/wsl", "dev-wsl"),
        ("go test -race -ldflags \"-extldflags '-Wl,--no-as-needed'\" ./...", "race-on-wsl2"),
        ("notepad $env:USERPROFILE\\AppData\\Local\\Packages\\Ubuntu\\wsl.conf", "wsl-conf-places"),
        ("sudo nano /etc/wsl.conf", ""),
        ("go build ./...", ""),
    ],
)
def test_commands_can_say_a_belief(line: str, topic: str) -> None:
    assert topics(f"# WSL2\n\n```sh\n$ {line}\nweston-info\n```\n") == ({topic} if topic else set())
    assert topics(f"# WSL2\n\nDon't run this:\n\n```sh\n{line}\n```\n") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "WSL2 has no default limit for memory, and processors should be at most 0.7 of the host's.",
        "WSL2 默认没有内存上限，建议 `processors` 设为主机核心数的 0.7 倍。",
    ],
)
def test_two_beliefs_of_one_topic_in_a_sentence_are_two_findings(sentence: str) -> None:
    truths = {reported.finding.message.render() for reported in found(sentence + "\n")}
    assert len(truths) == 2
    assert any("0.7" in truth for truth in truths)
    assert any("50 %" in truth for truth in truths)


def test_every_belief_names_a_topic_that_exists() -> None:
    assert {belief.topic for belief in BELIEFS} == set(TOPICS)


def expressions() -> Iterator[str]:
    for belief in BELIEFS:
        for claim in belief.claims:
            yield from (part._uncompiled[0] for part in (*claim.parts, claim.about, claim.unless) if part is not None)


def test_the_expressions_of_beliefs_are_bounded() -> None:
    assert [written for written in expressions() if blame(written, 2) is not None] == []


def test_a_value_is_answered_by_its_rule_alone() -> None:
    text = "| variable | value |\n|---|---|\n| GOSUMDB | sum.golang.org+https://sum.golang.google.cn |\n"
    rules = [reported.rule for reported in check(read("docs/x.md", DOCUMENT, Source(text)))]
    assert rules == ["goenv/malformed-checksum-database"]
