"""Which network addresses a message may go to: public ones, and those of hosts that the operator named."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

#: Public by number, but answered inside a cloud (Azure's host agent).
METADATA = frozenset(
    {ip_address("168.63.129.16"), ip_address("fd00:ec2::254"), ip_address("100.100.100.200")}
)
#: Special blocks that `is_global` of some Python versions lets pass, and wrappings of IPv4 that nobody needs:
#: IPv4-compatible, 6to4, Teredo (in 2001::/23), site-local, local NAT64.
_SPECIAL = tuple(
    ip_network(block)
    for block in (
        *("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4"),
        *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"),
        *("3fff::/20", "5f00::/16", "fec0::/10"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


class RefusedAddress(ValueError):  # noqa: N818 - named as the administrator sees it
    """The address is not one that messages may go to. The text says why, for people."""


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of the host, each of them checked; raises RefusedAddress when any is forbidden.

    One forbidden address refuses the whole host: a name that points both outside and inside is an attack.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddress(_("The host cannot be found.")) from error
    addresses = list(dict.fromkeys(ip_address(str(entry[4][0]).split("%")[0]) for entry in found))
    if not addresses or any(is_forbidden(address, host) for address in addresses):
        raise RefusedAddress(_("The host is an inside address, which messages may not go to."))
    return addresses


def is_forbidden(address: Address, host: str = "") -> bool:
    """Say whether no message may go to the address; `host` may be one of WEBHOOK_ALLOWED_PRIVATE_HOSTS."""
    address = _unwrap(address)
    if address in METADATA or address.is_link_local or address.is_multicast or address.is_unspecified:
        return True
    if host.lower().rstrip(".") in settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS:
        return False
    return not address.is_global or any(address in block for block in _SPECIAL)


def _unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address leads to (mapped, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else address
