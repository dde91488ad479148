"""The routes by which people come in and look after their account, and what each takes. Part of `access.GATES`."""

from collections.abc import Mapping
from typing import Literal

DOORS: Mapping[str, Literal["anybody", "signed in"]] = {
    "GET /": "anybody",
    "GET /join": "anybody",
    "POST /join": "anybody",
    "GET /j/{code}": "anybody",
    "GET /login": "anybody",
    "POST /login": "anybody",
    "POST /login/code": "anybody",
    "POST /login/passkey/ask": "anybody",
    "POST /login/passkey": "anybody",
    "POST /login/provider": "anybody",
    "GET /login/provider/back": "anybody",
    "POST /logout": "anybody",
    "GET /lock": "anybody",
    "POST /lock": "anybody",
    "POST /lock/open": "anybody",
    "POST /lock/passkey/ask": "anybody",
    "POST /lock/passkey": "anybody",
    "GET /home": "signed in",
    "POST /home/scenarios": "signed in",
    "POST /home/scenarios/leave": "signed in",
    "GET /account": "signed in",
    "POST /account/password": "signed in",
    "POST /account/sessions": "signed in",
    "POST /account/passkeys/ask": "signed in",
    "POST /account/passkeys": "signed in",
    "POST /account/passkeys/change": "signed in",
    "POST /account/app": "signed in",
    "POST /account/app/confirm": "signed in",
    "POST /account/app/remove": "signed in",
}
