"""Which network addresses a message may go to: public ones, and those of hosts that the operator named."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

#: Public by number, but answered inside a cloud (Azure's host agent).
METADATA = frozenset({ip_address("168.63.129.16")})
#: IPv6 prefixes that carry an IPv4 address in their last 32 bits (NAT64, IPv4-compatible).
_CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))


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
    if any(_never(inner) for inner in _layers(address)):
        return True
    if host.lower().rstrip(".") in settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS:
        return False
    return not all(inner.is_global for inner in _layers(address))


def _never(address: Address) -> bool:
    """Addresses that no setting opens: metadata services, link-local, groups, none at all."""
    return (
        address in METADATA
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or str(address) in {"255.255.255.255", "fd00:ec2::254", "100.100.100.200"}
    )


def _layers(address: Address) -> list[Address]:
    """Return the address and every IPv4 address that is wrapped in it."""
    if isinstance(address, IPv4Address):
        return [address]
    wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in carrier for carrier in _CARRIERS) and int(address) > 1:
        wrapped.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address.ipv4_mapped:  # `is_global` of the wrapper says nothing
        return [address.ipv4_mapped]
    return [address, *(inner for inner in wrapped if inner is not None)]
