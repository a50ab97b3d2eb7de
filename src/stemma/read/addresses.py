"""Which network addresses may be fetched from: public ones, and nothing that leads back into a private network."""

from __future__ import annotations

import ipaddress
import socket

from stemma.errors import UnreadableInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What ``is_global`` lets through although it is, or can be made, a way into a private network (measured on Python 3.11).
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # a cloud's inner service on a public address
        "64:ff9b::/96",  # NAT64: an IPv4 address inside
        "64:ff9b:1::/48",  # NAT64, local
        "2002::/16",  # 6to4: an IPv4 address inside
        "2001::/32",  # Teredo: two IPv4 addresses inside
        "::/96",  # IPv4-compatible
        "::ffff:0:0:0/96",  # IPv4-translated
        "fec0::/10",  # site-local
    )
)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public network and hides no other address."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_private:
        return False
    if address.is_loopback or address.is_link_local or address.is_unspecified:
        return False
    return not any(address.version == network.version and address in network for network in _REFUSED)


def resolve(host: str, port: int, allow_loopback: bool = False) -> str:
    """One address of the host, looked up once: what is checked here is what is connected to.

    Where any of the host's addresses is private or special, the host is refused.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableInput(f"the host {host!r} is not known; check the address") from error
    addresses = [ipaddress.ip_address(answer[4][0]) for answer in answers]
    for address in addresses:
        if not is_public(address) and not (allow_loopback and address.is_loopback):
            raise UnreadableInput(
                f"the host {host!r} is a private or special address, which is not fetched; save the page and hand in the file"
            )
    if not addresses:
        raise UnreadableInput(f"the host {host!r} has no address; check it")
    return str(addresses[0])
