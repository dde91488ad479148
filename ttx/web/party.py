"""For which domain passkeys are made and taken, and whether the settings for it fit together."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from ttx.settings import Settings
from ttx.web.access import house_of

LOCALHOST = "localhost"


@dataclass(frozen=True, slots=True)
class Party:
    """What WebAuthn calls the relying party: a domain, and the origins whose pages may ask for its passkeys."""

    domain: str
    origins: tuple[str, ...]


def party_of(request: Request) -> Party | None:
    """The party of a request, as the settings say; without a public address only a browser on this machine has one."""
    settings = house_of(request).settings
    domain = _domain(settings)
    if domain:
        return Party(domain, tuple(one for one in settings.own_origins if _within(_host(one), domain)))
    if request.url.hostname == LOCALHOST:
        return Party(LOCALHOST, (f"{request.url.scheme}://{request.url.netloc}",))
    return None


def misfit(settings: Settings) -> str | None:
    """Why passkeys could not work with these settings, as a sentence; None where they can or are not asked for."""
    domain, public = settings.passkey_domain.strip().lower(), settings.public_address
    if not domain:
        return None
    if not public:
        return (
            f"TTX_PASSKEY_DOMAIN is {domain}, and it is not told where people reach this server. "
            "Set TTX_PUBLIC_ADDRESS to an address within that domain."
        )
    if _is_address(domain) or ("." not in domain and domain != LOCALHOST):
        return f"TTX_PASSKEY_DOMAIN is {domain}, and passkeys are for a domain such as ttx.example.org. Name one."
    if not _within(_host(public), domain):
        return (
            f"TTX_PASSKEY_DOMAIN is {domain}, and TTX_PUBLIC_ADDRESS {public} is not within it, so that no browser "
            "would give a passkey. Make one fit the other."
        )
    if not public.startswith("https://") and domain != LOCALHOST:
        return (
            f"Passkeys take TLS, and TTX_PUBLIC_ADDRESS is {public}. Let it begin with https://, or unset "
            "TTX_PASSKEY_DOMAIN."
        )
    return None


def _domain(settings: Settings) -> str:
    """The domain that is set, or that follows from the public address where browsers give passkeys for it."""
    if settings.passkey_domain:
        return settings.passkey_domain.strip().lower()
    host = _host(settings.public_address)
    secure = settings.public_address.startswith("https://") or host == LOCALHOST
    return host if secure and not _is_address(host) else ""


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
