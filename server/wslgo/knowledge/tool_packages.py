"""The packages of the tools whose oldest version a policy can name (their installation pages, 2026-11)."""

PACKAGES = {
    "dlv": ("github.com/go-delve/delve/cmd/dlv",),
    "gopls": ("golang.org/x/tools/gopls",),
    "golangci-lint": (
        "github.com/golangci/golangci-lint/cmd/golangci-lint",
        "github.com/golangci/golangci-lint/v2/cmd/golangci-lint",
    ),
    "staticcheck": ("honnef.co/go/tools/cmd/staticcheck",),
    "govulncheck": ("golang.org/x/vuln/cmd/govulncheck",),
    "air": ("github.com/air-verse/air", "github.com/cosmtrek/air"),
}
