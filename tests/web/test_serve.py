"""`ttx demo` and `ttx serve` as processes: what they print once they listen, how they end, why they do not start."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.web.words import PATIENCE


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(folder: Path, *words: object) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is interrupted."""
    command = [sys.executable, "-m", "ttx", *map(str, words)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_demo_prints_one_line_and_serves(tmp_path: Path):
    port = free_port()
    with started(tmp_path, "demo", "--data", "demo", "--port", port, "--json") as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        headers = {"authorization": f"Bearer {said['token']}"}
        api = f"{said['url']}/api/v1"
        now = httpx.get(f"{api}/exercises/{said['exercise']}", headers=headers).json()
        joined = httpx.post(f"{api}/join", json={"code": said["seats"][0]["code"]}).json()
        written = [httpx.post(f"{api}/join", json={"code": one["code"]}).json() for one in said["authors"]]
        opened = httpx.post(f"{api}/exercises/{said['exercise']}/commands", headers=headers, json={"do": "open_day"})
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=PATIENCE)

    assert set(said) == {"url", "exercise", "token", "seats", "authors"}
    assert said["url"] == f"http://127.0.0.1:{port}"
    assert len({one["delegation"] for one in said["seats"] if one["delegation"]}) == 12
    assert all(set(one) == {"code", "role", "delegation", "table"} for one in said["seats"])
    assert (now["id"], now["status"]) == (said["exercise"], "ready")
    assert joined["seat"]["delegation"] == said["seats"][0]["delegation"]
    assert [(one["role"], one["group"]) for one in said["authors"]] == [
        ("director", None),
        *(("author", group) for group in ("TFPP", "WG-TIP", "DWG", "TEG-RR", "RSO")),
    ]
    assert all(set(one) == {"code", "role", "group"} for one in said["authors"])
    assert [(one["author"]["role"], one["author"]["group"]) for one in written] == [
        (one["role"], one["group"]) for one in said["authors"]
    ]
    assert len({one["draft"] for one in written}) == 1
    assert opened.json() == {"seq": 2}
    assert rest == ""
    assert "Traceback" not in errors

    with started(tmp_path, "demo", "--data", "demo", "--port", port) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        assert f"Exercise {said['exercise']} goes on" in lines[1]


def test_serve_says_where_it_listens_and_keeps_what_it_was_told(tmp_path: Path):
    port = free_port()
    with started(tmp_path, "serve", "--data", "data", "--port", port) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"Listening on http://127.0.0.1:{port}\n"
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").json() == {"ready": True}
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode in (0, -signal.SIGTERM)
    assert errors == ""


def test_serve_says_why_it_cannot_listen(tmp_path: Path):
    (tmp_path / "cert").write_text("no certificate")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for words, wanted in (
            (("--port", port), f"Nothing listens on 127.0.0.1:{port}: the port is taken"),
            (("--port", free_port(), "--tls", "cert:key"), "TLS does not work with cert and key"),
        ):
            with started(tmp_path, "serve", "--data", "data", *words) as process:
                out, errors = process.communicate(timeout=PATIENCE)

            assert (process.returncode, out) == (1, "")
            assert f"ttx: {wanted}" in errors
            assert "Traceback" not in errors
