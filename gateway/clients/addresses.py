"""What an address leads to: an IPv6 address may carry an IPv4 one, which is where one arrives."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address
# No server of the outside world lives here: these lead through relays or into a network of
# somebody's own, and Python releases differ on whether they call them global.
NEVER_OUTSIDE = (
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of one's own (RFC 8215)
    IPv6Network("2002::/16"),  # 6to4 (given up by RFC 7526)
    IPv6Network("2001::/32"),  # Teredo
    IPv6Network("::/96"),  # IPv4-compatible (given up by RFC 4291), and ::1 and ::
)


def destination(written: str) -> Address:
    """Return the address one arrives at: the IPv4 one inside a mapped or a NAT64 address."""
    ip = ip_address(written)
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped
        if ip in NAT64:
            return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def is_outside(ip: Address) -> bool:
    """Whether this is one host of the outside world."""
    return (
        ip.is_global and not ip.is_multicast and not any(ip in network for network in NEVER_OUTSIDE)
    )
