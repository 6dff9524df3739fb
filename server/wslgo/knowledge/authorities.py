"""Places where Go looks for CA certificates (crypto/x509, root_linux.go and root_unix.go of Go 1.27; as of 2026-11)."""

# The first of these that is there counts.
FILES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
# These name other places.
VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
FOLDERS = ("/etc/ssl/certs", "/etc/pki/tls/certs")
