"""Hosts that no team owns, for which GOPRIVATE must not switch the checksum database off.

Sources: import paths in the Go index with many importers (pkg.go.dev, 2026-10), the public suffix list (2026-10).
"""

# Hosts of many teams: a pattern there needs the path of an organisation, too.
SHARED = frozenset(
    [
        "0xacab.org",
        "altssh.bitbucket.org",
        "altssh.gitlab.com",
        "bitbucket.org",
        "code.forgejo.org",
        "codeup.aliyun.com",
        "coding.net",
        "e.coding.net",
        "foss.heptapod.net",
        "framagit.org",
        "git.savannah.gnu.org",
        "gitcode.com",
        "gitlab.alpinelinux.org",
        "gitlab.archlinux.org",
        "gitlab.freedesktop.org",
        "gitlab.gnome.org",
        "gitlab.torproject.org",
        "gitlab.wikimedia.org",
        "invent.kde.org",
        "notabug.org",
        "pagure.io",
        "salsa.debian.org",
        "codeberg.org",
        "dev.azure.com",
        "gitea.com",
        "gitee.com",
        "github.com",
        "gitlab.com",
        "git.sr.ht",
        "gopkg.in",
        "launchpad.net",
        "source.developers.google.com",
        "ssh.dev.azure.com",
        "ssh.github.com",
        "vs-ssh.visualstudio.com",
    ]
)
# Domains of public modules and of those who serve them, with every host below them.
PUBLIC = frozenset(
    [
        "9fans.net",
        "ariga.io",
        "bazil.org",
        "buf.build",
        "cel.dev",
        "cloud.google.com",
        "connectrpc.com",
        "cuelang.org",
        "dario.cat",
        "entgo.io",
        "filippo.io",
        "fyne.io",
        "gioui.org",
        "go.bug.st",
        "go.dev",
        "go.etcd.io",
        "go.mongodb.org",
        "go.opencensus.io",
        "go.opentelemetry.io",
        "go.starlark.net",
        "go.uber.org",
        "go.yaml.in",
        "go.googlesource.com",
        "go4.org",
        "gocloud.dev",
        "gocv.io",
        "golang.org",
        "gonum.org",
        "google.golang.org",
        "googlesource.com",
        "gopkg.in",
        "goproxy.cn",
        "goproxy.io",
        "gorgonia.org",
        "gorm.io",
        "gotest.tools",
        "gvisor.dev",
        "helm.sh",
        "honnef.co",
        "howett.net",
        "inet.af",
        "istio.io",
        "k8s.io",
        "knative.dev",
        "kernel.org",
        "layeh.com",
        "lukechampine.com",
        "modernc.org",
        "mvdan.cc",
        "nhooyr.io",
        "oras.land",
        "pack.ag",
        "pault.ag",
        "periph.io",
        "rsc.io",
        "sigs.k8s.io",
        "storj.io",
        "tags.cncf.io",
        "tailscale.com",
        "upspin.io",
        "vitess.io",
        "xorm.io",
        "zgo.at",
        "zombiezen.com",
        "goproxy.golang.org.cn",
        "mirrors.aliyun.com",
    ]
)
# Suffixes under which anyone registers names.
_HOSTING = frozenset(
    [
        "appspot.com",
        "azurewebsites.net",
        "blogspot.com",
        "cloudfront.net",
        "fly.dev",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "netlify.app",
        "pages.dev",
        "vercel.app",
        "web.app",
        "workers.dev",
    ]
)
_SECOND_LEVEL = frozenset(
    [
        "ac",
        "co",
        "com",
        "edu",
        "gob",
        "gov",
        "go",
        "gr",
        "ltd",
        "me",
        "mil",
        "ne",
        "net",
        "nom",
        "or",
        "org",
        "plc",
        "sch",
    ]
)
_COUNTRY = 2  # letters of a country's domain


def is_public(host: str) -> bool:
    """Return whether a host serves public modules, or is a suffix under which anyone registers names."""
    labels = host.split(".")
    if any(".".join(labels[at:]) in PUBLIC for at in range(len(labels))):
        return True
    is_national = len(labels) == 2 and labels[0] in _SECOND_LEVEL and len(labels[1]) == _COUNTRY
    return len(labels) < 2 or is_national or host in _HOSTING
