"""Settings with which nothing is to be served, whatever they were meant for."""

from ipaddress import ip_network

from ttx.scenario.roster import ANSWERS, Role
from ttx.settings import Settings

STAFF = frozenset(Role) - ANSWERS - {Role.ADMIN, Role.PROJECTOR}
"""Roles of which two factors can be demanded: those of people, with an account or without, who are no participants."""


def danger(settings: Settings) -> str | None:
    """Why these settings are refused at start, as a sentence; None if they are not."""
    for one in filter(None, (part.strip() for part in settings.proxies.split(","))):
        try:
            everybody = one == "*" or ip_network(one, strict=False).prefixlen == 0
        except ValueError:  # a name, or a socket's path
            everybody = False
        if everybody:
            return (
                f"TTX_PROXIES is {settings.proxies}, so that everybody could say who asks and that it came over TLS. "
                "Name the addresses of your proxies only."
            )
    if foreign := [one for one in settings.own_origins if "*" in one or "://" not in one]:
        return (
            f"{foreign[0]} among TTX_ORIGINS and TTX_PUBLIC_ADDRESS is no address of one place, such as "
            "https://ttx.example.org, from which pages may post. Name each in full."
        )
    if not 0 < settings.session_days <= 400 or settings.session_idle_hours <= 0:
        return "TTX_SESSION_DAYS has to be 1 to 400 and TTX_SESSION_IDLE_HOURS 1 or more. Mend them."
    if strangers := sorted(settings.strong_roles - STAFF):
        return (
            f"TTX_TWO_FACTORS_OF names {strangers[0]}, which is no role of staff. Of these it can be demanded: "
            f"{', '.join(sorted(STAFF))}."
        )
    return None
