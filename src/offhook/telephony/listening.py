"""The listening socket of a process."""

import errno
import socket
from typing import Final

_BACKLOG: Final = 2048


class PortTaken(Exception):
    """The port cannot be listened on; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """The listening socket; port 0 takes a free one.

    Raises:
        PortTaken: Before anything else has started.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise PortTaken(_why(host, port, error)) from error
    listening.setblocking(False)
    return listening


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use by another program. Stop that one or choose another by --port."
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} may not be used by this user. Choose one above 1023 by --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine. Choose one by --host, such as 127.0.0.1 or 0.0.0.0."
    return f"Port {port} on {host} cannot be opened ({error.strerror}). Choose another by --port or --host."
