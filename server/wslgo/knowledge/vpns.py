"""Words in the names that VPN programs give their network interfaces in Windows, as of 2026-11.

GlobalProtect, AnyConnect and others take over `Ethernet 3`, so no name tells of them.
"""

VPNS = (
    *(
        "WireGuard",
        "OpenVPN",
        "Tailscale",
        "ZeroTier",
        "NordLynx",
        "Mullvad",
        "ProtonVPN",
        "Zscaler",
        "Cloudflare WARP",
    ),
    *("GlobalProtect", "AnyConnect", "FortiClient", "Pulse Secure", "SoftEther", "Wintun", "TAP-Windows", "VPN"),
)
