"""The limit for Python: bytes that are framed already, written to each socket with one system call."""

import selectors
import socket
import struct
import sys


def main() -> None:
    """Accept, and write when told to."""
    server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
    looks = selectors.DefaultSelector()
    looks.register(server, selectors.EVENT_READ)
    looks.register(sys.stdin, selectors.EVENT_READ)
    sockets: list[socket.socket] = []
    print("ready", flush=True)
    while True:
        for key, _ in looks.select():
            if key.fileobj is server:
                tablet, _ = server.accept()
                tablet.recv(4096)  # the handshake; its key is not looked at, and not answered
                tablet.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
                tablet.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sockets.append(tablet)
                continue
            line = sys.stdin.readline()
            if not line:
                return
            size = int(line.split()[1])
            message = b"\x81\x7e" + struct.pack(">H", size) + b"x" * size
            for tablet in sockets:
                tablet.send(message)


main()
