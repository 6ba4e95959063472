"""Run a command without a network: nothing answers but 127.0.0.1. `make offline` runs the tests so.

usage: offline.py COMMAND ARGUMENT... (Linux, root; elsewhere the command runs as it is, which is said)
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys

_NEW_NETWORK = 0x40000000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


def leave() -> None:
    """Move this process into a network of its own, in which only the loopback device exists."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None or unshare(_NEW_NETWORK):
        print("offline.py: this machine does not let a process leave the network", file=sys.stderr)
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        asked = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(device, _GET_FLAGS, asked))[1]
        fcntl.ioctl(device, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


if __name__ == "__main__":
    leave()
    os.execvp(sys.argv[1], sys.argv[1:])
