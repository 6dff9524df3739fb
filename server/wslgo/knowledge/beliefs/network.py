"""Beliefs about the network of WSL, Docker's names, and the ports of a mesh."""

from wslgo.knowledge.beliefs.claim import Belief, said
from wslgo.text.message import Message

_OF_MESH = r"istio|\bmesh\b|pilot|\bxds\b|网格"

BELIEFS = (
    Belief(
        "mirrored-or-nat",
        ("mirrored", "镜像"),
        Message(
            en="Mirrored mode suits localhost and VPNs, but shares the ports of Windows and changes Docker's; NAT is the default",
            zh="镜像模式适合 localhost 和 VPN，但与 Windows 共用端口，还会影响 Docker；默认是 NAT",
        ),
        (
            said(
                r"\bmirrored\b|镜像(?:网络|模式)",
                r"\b(?:simply better|strictly better|always (?:better|use|prefer|choose|enable|faster|works)|should always|in every (?:case|way|respect)|for every(?:one|body)|best (?:for|choice in) (?:every|all|any)|without (?:any )?(?:drawback|downside|disadvantage|side effect)s?|no (?:drawback|downside|disadvantage|side effect)s?|(?:solves?|fixes|ends) (?:all|every|any)|superior|replaces nat|nothing speaks against)\b|永远|总是(?:更好|优于|应)|完全优于|全面优于|没有(?:任何)?(?:缺点|副作用|坏处)|一律(?:使用|启用)|解决(?:了)?(?:所有|一切|全部)|无脑(?:启用|使用|开启)|任何情况下都",
                about=r"\bwsl|networkingMode",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "docker-and-mesh-ports",
        ("15010", "15012", "host.docker.internal"),
        Message(
            en="Port 15010 of istiod is plain text: xDS with mTLS is 15012",
            zh="istiod 的 15010 端口是明文：使用 mTLS 的 xDS 端口是 15012",
        ),
        (
            said(
                r"\b15010\b",
                r"(?<!in)(?<!un)\bsecure[ds]?\b|\bsecurity\b|\bm?TLS\b|\bencrypt\w{0,4}\b|加密|安全|双向认证",
                unless=r"plain ?text|unencrypted|insecure|明文|未加密|without (?:m?tls|encryption)",
            ),
            said(
                r"\b15010\b(?:(?!\band\b|\bor\b|[.;,。；，、和与而\d]).){0,30}(?:\bsecured?\b|\bm?TLS\b|\bencrypted\b|加密)",
                r"\b15012\b",
                unless=r"rather than|instead|without|\bno\b|15010.{0,20}(?:plain|insecure|unencrypted|明文|未加密|不加密)|而不是|而非|(?:plain|insecure|unencrypted|明文|未加密|不加密).{0,20}15010",
            ),
            said(
                r"\b15012\b",
                r"plain ?text|unencrypted|insecure|without (?:m?tls|encryption)|明文|未加密|不加密",
                unless=r"\b15010\b",
            ),
        ),
    ),
    Belief(
        "docker-and-mesh-ports",
        ("15010", "15012", "host.docker.internal"),
        Message(
            en="Only Docker Desktop provides host.docker.internal: elsewhere a container needs --add-host=...:host-gateway",
            zh="只有 Docker Desktop 提供 host.docker.internal：其他情况下容器需要 --add-host=...:host-gateway",
        ),
        (
            said(
                r"host\.docker\.internal",
                r"\b(?:everywhere|always|(?:in|from|on|under|inside) (?:any|every|all)\b|any (?:container|engine|runtime|distribution)|natively|out of the box|built[- ]in|by default|no (?:setup|configuration)|without (?:any )?(?:setup|configuration|docker desktop))\b|任何|任意|所有|总是|始终|到处|直接可用|开箱即用|默认(?:就|即|都)?(?:可用|能|可以|会)|无需(?:任何)?配置",
                unless=r"docker desktop provides|only docker desktop|host-gateway|extra_hosts|仅 ?Docker Desktop|只有 ?Docker Desktop",
                is_negative=True,
            ),
        ),
    ),
)
