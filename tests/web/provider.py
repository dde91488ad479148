"""A provider of single sign-on on this machine, which says what it is told to say."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

CLIENT, SECRET = "ttx-of-the-tests", "a secret of the tests"


class Pretender:
    """What the provider says. Whatever `claims`, `header` and `described` hold takes the place of what is right."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"})
        self.url = ""
        self.claims: dict[str, Any] = {}
        self.described: dict[str, Any] = {}
        self.algorithm = "ES256"
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    def agrees(self, leads_to: str) -> str:
        """Somebody says there who he is: the address that his browser comes back by."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(leads_to).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def answer(self, path: str, sent: dict[str, str], authorization: str) -> tuple[int, Any]:
        """The answer to a request."""
        self.asked.append(path)
        match path:
            case "/.well-known/openid-configuration":
                right = {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                         "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys"}  # fmt: skip
                return 200, right | self.described
            case "/keys":
                return 200, {"keys": [self.key.as_dict(private=False)]}
            case "/token":
                asked = self._codes.pop(sent.get("code", ""), None)
                digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
                challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
                known = base64.b64decode(authorization.partition(" ")[2]).decode() == f"{CLIENT}:{SECRET}"
                if asked is None or challenge != asked["code_challenge"] or not known:
                    return 400, {"error": "invalid_grant"}
                return 200, {"access_token": "none", "token_type": "Bearer", "id_token": self._token(asked["nonce"])}
        return 404, {}

    def _token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {name: value for name, value in {**claims, **self.claims}.items() if value is not None}
        if self.algorithm == "none":
            parts = [json.dumps(one).encode() for one in ({"alg": "none"}, claims)]
            return ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in parts) + "."
        if self.algorithm == "HS256":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        key = self.key if self.algorithm == "ES256" else ECKey.generate_key("P-256", {"kid": "first"})
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


@contextmanager
def pretending() -> Iterator[Pretender]:
    """A provider that listens on a port of its own."""
    pretender = Pretender()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._reply({name: values[0] for name, values in parse_qs(body).items()})

        def _reply(self, sent: dict[str, str]) -> None:
            status, said = pretender.answer(self.path, sent, self.headers.get("authorization", ""))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pretender.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield pretender
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
