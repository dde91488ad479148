"""What this machine is called on its networks, as far as it can tell by itself."""

import contextlib
import socket
import struct
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

from ttx.web.authority import Address, Names

ASKS_ADDRESS = 0x8915
"""SIOCGIFADDR of Linux: the IPv4 address of an interface."""
TOWARDS = ("10.255.255.255", "192.168.255.255", "198.51.100.1")
"""Where a packet would go, to learn from which address it would leave. Nothing is sent."""


def names_here(host: str, public_address: str = "") -> Names:
    """The names and addresses under which a server on `host` is reached, loopback first, others in a fixed order.

    `host` may be a wildcard. The host of the public address is among them.
    """
    hosts, addresses = {"localhost"}, {ip_address("127.0.0.1"), ip_address("::1"), *_found()}
    own = socket.gethostname().lower().rstrip(".")
    if own:
        hosts |= {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"}
    for one in (host, urlsplit(public_address).hostname or ""):
        try:
            addresses.add(ip_address(one))
        except ValueError:
            if one:
                hosts.add(one.lower())
    usable = [one for one in addresses if not one.is_unspecified]
    return Names(
        tuple(sorted(hosts, key=lambda one: (one != "localhost", one))),
        tuple(sorted(usable, key=lambda one: (not one.is_loopback, one.version, int(one)))),
    )


def reachable(names: Names) -> list[str]:
    """The hosts under which others reach this machine, as they stand in an address, those of its network first."""
    others = [one for one in names.addresses if not one.is_loopback and not one.is_link_local]
    written = [f"[{one}]" if one.version == 6 else str(one) for one in others]
    return [*written, *(one for one in names.hosts if one.endswith(".local"))]


def _found() -> set[Address]:
    found: set[Address] = set()
    with contextlib.suppress(OSError):
        for *_, place in socket.getaddrinfo(socket.gethostname(), None):
            found.add(ip_address(str(place[0]).partition("%")[0]))
    for towards in TOWARDS:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.connect((towards, 9))
            found.add(ip_address(out.getsockname()[0]))
    found |= _interfaces()
    return found


def _interfaces() -> set[Address]:
    """The addresses of every interface, on Linux; elsewhere none, and the ways above have to do."""
    found: set[Address] = set()
    try:
        import fcntl
    except ImportError:
        return found
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                told = fcntl.ioctl(asked, ASKS_ADDRESS, struct.pack("256s", name.encode()[:15]))
                found.add(ip_address(told[20:24]))
    with contextlib.suppress(OSError):
        for line in Path("/proc/net/if_inet6").read_text("ascii").splitlines():
            found.add(IPv6Address(bytes.fromhex(line.split()[0])))
    return found
