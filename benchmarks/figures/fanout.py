"""Fan-out itself: one message to every tablet, from the word to the last of them, for everybody who can do that."""

import statistics

from benchmarks.rounds import Figure, Plan, Samples, interleaved, known, ratio
from benchmarks.running import DEFLATE, Missing, Peer, Running

SIZE = 4096
"""Bytes of a development."""
OURS = "ttx fan-out"
PLAIN = Peer(OURS, ("ttx", "ttx_fanout.py"))
SQUEEZED = Peer("ttx fan-out, compressed once", ("ttx", "ttx_fanout.py"), headers=(DEFLATE,))
BROADCAST = Peer("websockets.broadcast", ("python", "websockets_broadcast.py"), ("websockets",))
C_WRITER = Peer("raw sockets, C", ("c", "raw_writer"))
PYTHON_WRITER = Peer("raw sockets, Python", ("python", "raw_writer.py"))
SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
ENVELOPE = len('42["development",""]')

PEERS = (
    PLAIN,
    C_WRITER,
    PYTHON_WRITER,
    BROADCAST,
    Peer("Starlette, loop", ("python", "starlette_send.py", "loop"), ("starlette",)),
    Peer("Starlette, gather", ("python", "starlette_send.py", "gather"), ("starlette",)),
    Peer("picows", ("python", "picows_send.py"), ("picows",)),
    Peer("python-socketio", ("python", "socketio_emit.py"), ("socketio",), SOCKET_IO, says=("40",), extra=ENVELOPE),
    Peer("Django Channels, Daphne", ("python", "channels_group.py"), ("channels", "daphne")),
    Peer("Node ws", ("node", "ws.mjs"), ("ws",)),
    Peer("Node socket.io", ("node", "socketio.mjs"), ("socket.io",), SOCKET_IO, says=("40",), extra=ENVELOPE),
    Peer("bun publish", ("bun", "publish.mjs"), ("bun",)),
)
SLOW = ("Django Channels, Daphne",)
"""Their turn is one message and not several."""


def measure(plan: Plan) -> list[Figure]:
    """The one figure."""
    running, missing = start(PEERS, plan.tablets)
    used: dict[str, list[float]] = {one: [] for one in running}
    try:
        samples = interleaved(plan.rounds, {name: turn(one, used) for name, one in running.items()})
    finally:
        for one in running.values():
            one.close()
    reaches = known(
        ratio("against raw sockets, Python", samples, "raw sockets, Python", OURS, 0.80),
        ratio("against websockets.broadcast", samples, "websockets.broadcast", OURS, 1.3),
        ratio("against Node ws", samples, "Node ws", OURS, 1.0),
        ratio("against bun publish", samples, "bun publish", OURS, 1.0),
        ratio("against python-socketio", samples, "python-socketio", OURS, 5),
        ratio("against Django Channels", samples, "Django Channels, Daphne", OURS, 25),
    )
    notes = {"bytes": SIZE, "tablets": plan.tablets, "a second": a_second(samples, plan.tablets), "client": cost(used)}
    title = f"One message of {SIZE} bytes to {plan.tablets:,} tablets: from the word to the last of them"
    return [Figure("fanout", title, "ms", samples, reaches, missing, notes)]


def start(peers: tuple[Peer, ...], tablets: int) -> tuple[dict[str, Running], dict[str, str]]:
    """Those that run, and why the others do not."""
    running: dict[str, Running] = {}
    missing: dict[str, str] = {}
    for peer in peers:
        try:
            running[peer.name] = Running(peer, tablets)
        except Missing as why:
            missing[peer.name] = str(why)
    return running, missing


def turn(one: Running, used: dict[str, list[float]], size: int = SIZE):
    """One turn: the median of seven messages, and beside it the microseconds of CPU the client took for each."""

    def take() -> float:
        took = []
        for _ in range(1 if one.peer.name in SLOW else 7):
            ms, counted = one.sends(size)
            took.append(ms)
            used[one.peer.name].append(counted["cpu"] / max(counted["messages"], 1) * 1e6)
        return statistics.median(took)

    return take


def a_second(samples: Samples, tablets: int) -> dict[str, int]:
    """Messages a second that each comes to."""
    return {name: round(tablets / statistics.median(one) * 1000) for name, one in samples.items()}


def cost(used: dict[str, list[float]]) -> dict[str, float]:
    """What the load client itself took, in microseconds of CPU for each message it was sent."""
    return {name: round(statistics.median(one), 2) for name, one in used.items() if one}
