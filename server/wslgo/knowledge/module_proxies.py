"""Module proxies that anyone can use, and signs that a proxy belongs to a company.

Sources: the home pages of the mirrors (2026-11), those of package mirrors in mainland China (2026-11), private ranges of RFC 1918, names of RFC 6762 and RFC 8375 and of ICANN
(`.internal`), the names of products that serve modules.
"""

from wslgo.text.pattern import pattern

# The default of the go command.
OFFICIAL = "proxy.golang.org"

# Hosts; each serves every public module.
PUBLIC = frozenset(
    [
        "athens.azurefd.net",
        "goproxy.baidu.com",
        "goproxy.cn",
        "goproxy.dev",
        "goproxy.golang.org.cn",
        "goproxy.io",
        "goproxy.tencentyun.com",
        "mirrors.aliyun.com",
        "mirrors.cloud.tencent.com",
        "mirrors.tencent.com",
        "mirrors.volces.com",
        "proxy.golang.com.cn",
        OFFICIAL,
        "repo.huaweicloud.com",
        "repo.nju.edu.cn",
    ]
)

# Those for mainland China, where proxy.golang.org is not reachable: who has one of them set is there.
IN_CHINA = PUBLIC - {"athens.azurefd.net", "goproxy.dev", "goproxy.io", OFFICIAL}
# One that is fast there and serves the checksum database, too.
LIST_IN_CHINA = "https://goproxy.cn,direct"
TIME_ZONES_OF_CHINA = frozenset(
    [
        *("Asia/Shanghai", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "Asia/Urumqi", "Asia/Kashgar"),
        "PRC",
    ]
)
LANGUAGE_OF_CHINA = "zh_CN"
_PACKAGE_MIRROR = pattern(
    r"(?:.*\.)?edu\.cn|cn\.(?:archive|ports)\.ubuntu\.com|ftp\.cn\.debian\.org"
    r"|(?:mirrors|repo)\.(?:aliyun|aliyuncs|163|sohu|tencent|cloud\.tencent|tencentyun|huaweicloud|volces)\.com"
)

_ADDRESS = pattern(
    r"(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|169\.254\.|\[?::1|\[?f[cde][0-9a-f]{2}:)"
)
_DOMAINS = (
    *(".internal", ".intranet", ".intra", ".corp", ".local", ".localdomain", ".lan", ".private", ".home.arpa"),
    ".svc",
)
# Labels of the host, or of the path: products that companies run, and words for their own network.
_LABEL = pattern(
    r"(?:^|[./-])(?:artifactory|athens|nexus\d*|jfrog|sonatype|intra|intranet|internal|corp|private)"
    r"(?=[./-]|$)"
)


def is_public(host: str) -> bool:
    """Return whether a host, perhaps with a port, is a proxy for everyone."""
    return host.partition(":")[0].lower() in PUBLIC


def is_package_mirror_of_china(host: str) -> bool:
    """Return whether a host serves packages of distributions in mainland China."""
    return _PACKAGE_MIRROR.fullmatch(host) is not None


def is_private_domain(host: str) -> bool:
    """Return whether a host is in a domain that does not exist in public."""
    return host.lower().endswith(_DOMAINS)


def is_private(host: str, path: str = "") -> bool:
    """Return whether a proxy is certainly one of a company, or of this machine."""
    name = host.lower()
    if is_public(name):
        return False
    bare = name if name.startswith("[") else name.partition(":")[0]
    if "." not in bare or _ADDRESS.match(bare) or bare.endswith(_DOMAINS):
        return True
    return bool(_LABEL.search(bare) or _LABEL.search(path.lower()))
