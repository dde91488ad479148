"""What an installation can set, by environment variables that begin with TTX_. See docs/operate.md."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_settings import BaseSettings, SettingsConfigDict

HERE = Path(__file__).resolve().parent


def carried(name: str) -> Path:
    """A folder that stands at the top of a checkout and inside an installed package."""
    inside = HERE / f"_{name}"
    return inside if inside.is_dir() else HERE.parent / name


class Settings(BaseSettings):
    """The settings with their defaults."""

    model_config = SettingsConfigDict(env_prefix="TTX_", extra="ignore")

    timezone: str = ""
    """The room's time zone, such as Asia/Bangkok; empty means this machine's own."""
    origins: tuple[str, ...] = ()
    """Further origins, such as https://ttx.example.org, from which pages may post and open sockets."""
    public_address: str = ""
    """The address under which people reach this server, such as https://ttx.example.org, for links and QR codes."""
    proxies: str = ""
    """Addresses or networks of reverse proxies, with commas, that are believed who asks and whether over TLS."""
    bus: str = ""
    """A NATS server on which several processes tell each other that a log has grown; empty: the database does."""
    join_tries_per_minute: int = 10
    """Wrong codes one device may try in a minute."""
    session_days: int = 7
    """Days after which a device has to join again."""
    session_idle_hours: int = 24
    """Hours without a request after which a device has to join again."""
    snapshot_seconds: float = 60
    """Seconds between two snapshots of `ttx serve --snapshots`."""
    snapshots_kept: int = 240
    """How many of them stay."""
    sign_ins_kept_days: int = 90
    """Days for which it is kept who signed in to an account, and who tried to."""
    lock_minutes: int = 60
    """Minutes without a hand after which the pages of staff lock themselves; 0 for never."""
    passkey_domain: str = ""
    """The domain that passkeys are for, such as example.org; empty for the host of the public address."""
    two_factors_of: str = ""
    """Roles of staff, with commas, that come in with two factors only, in exercises and scenarios; empty for none."""
    oidc_issuer: str = ""
    """The provider of single sign-on, such as https://login.example.org; empty for none."""
    oidc_client_id: str = ""
    """What the provider calls this installation."""
    oidc_secret: str = ""
    """The secret that the provider gave it."""
    oidc_secret_file: str = ""
    """A file that holds that secret, in the place of it."""
    oidc_name: str = "single sign-on"
    """What people call the provider."""

    shred_people_days: int = 0
    """Days after an exercise's end when the server takes the names of its people out for good; 0 is never."""
    shred_said_days: int = 0
    """The same for what was said in it and what analysts made of that."""

    @property
    def own_origins(self) -> tuple[str, ...]:
        """From where pages may post beside the address a request names: further origins, and the public address."""
        return (*self.origins, *([self.public_address.rstrip("/")] if self.public_address else []))

    @property
    def lasts(self) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(days=self.session_days)

    @property
    def idle(self) -> timedelta:
        """How long a session may be silent."""
        return timedelta(hours=self.session_idle_hours)

    @property
    def sign_ins_kept(self) -> timedelta:
        """How long sign-ins are kept; never shorter than a session, of which they say how it was opened."""
        return max(timedelta(days=self.sign_ins_kept_days), self.lasts)

    @property
    def strong_roles(self) -> frozenset[str]:
        """The roles that come in with two factors only."""
        return frozenset(one.strip() for one in self.two_factors_of.split(",") if one.strip())

    @property
    def zone(self) -> ZoneInfo | None:
        """The room's time zone; None is this machine's own."""
        return ZoneInfo(self.timezone) if self.timezone else None

    @property
    def templates(self) -> Path:
        """The folder of templates."""
        return carried("frontend") / "templates"

    @property
    def static(self) -> Path:
        """The folder of scripts, styles, fonts and pictures."""
        return carried("frontend") / "static"

    @property
    def scenarios(self) -> Path:
        """The scenarios that come with the engine."""
        return carried("scenarios")
