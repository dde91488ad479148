"""A certificate authority of this installation's own, and the server certificate it signs for this machine.

For a room without internet, where no name can be shown to a public authority to be ours. Tablets are told once to trust
the authority; the certificate is renewed as often as the machine's addresses change, and nobody has to be told again.
"""

import os
import plistlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = timedelta(days=5 * 365)
"""How long tablets may trust the authority."""
SERVES = timedelta(days=397)
"""How long a server certificate is good; Apple's devices take none of more than 825 days from an own authority."""
RENEWED = timedelta(days=30)
"""How long before its end a certificate is replaced."""
EARLIER = timedelta(days=1)
"""By how much a tablet's clock may be behind."""

PRIVATE = tuple(map(ip_network, (
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
    "::1/128", "fc00::/7", "fe80::/10",
)))  # fmt: skip
LOCAL = ("localhost", "local", "lan", "internal", "home.arpa")
"""What the authority may vouch for, beside this machine's own name: addresses of local networks, and names that mean
nothing outside of one (RFC 6762, RFC 8375). Whoever stole its key could pose as no bank and no ministry."""

Address = IPv4Address | IPv6Address


class NoAuthority(Exception):
    """Why there is no certificate. Its text is a sentence."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a server is called: host names in lower case, and addresses."""

    hosts: tuple[str, ...]
    addresses: tuple[Address, ...]

    def general(self) -> list[x509.GeneralName]:
        """The same, as a certificate has it."""
        return [*map(x509.DNSName, self.hosts), *map(x509.IPAddress, self.addresses)]


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority kept in a folder; its key never leaves it."""

    folder: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        """The certificate as devices take it."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def name(self) -> str:
        """What a device's list of authorities calls it."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def profile(self) -> bytes:
        """The certificate as a profile for iPadOS, iOS and macOS."""
        inner = f"ttx.authority.{self.fingerprint()[:11].replace(':', '')}"
        of_it = {
            "PayloadType": "com.apple.security.root", "PayloadVersion": 1, "PayloadIdentifier": f"{inner}.root",
            "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{inner}.root")), "PayloadDisplayName": self.name,
            "PayloadContent": self.der,
        }  # fmt: skip
        return plistlib.dumps({
            "PayloadType": "Configuration", "PayloadVersion": 1, "PayloadIdentifier": inner,
            "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_URL, inner)), "PayloadDisplayName": self.name,
            "PayloadDescription": "Lets this device open the exercise's server. Remove it after the exercise.",
            "PayloadContent": [of_it],
        })  # fmt: skip

    def fingerprint(self, algorithm: hashes.HashAlgorithm | None = None) -> str:
        """What a person compares, as AB:CD:...; SHA-256 unless another is named."""
        return self.certificate.fingerprint(algorithm or hashes.SHA256()).hex(":").upper()

    def vouches(self, name: x509.GeneralName) -> bool:
        """Whether the authority was made for names like this one."""
        constraints = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        return any(_covers(one, name) for one in constraints.permitted_subtrees or ())

    def serves(self, names: Names, now: datetime) -> tuple[Path, Path]:
        """The files of a server certificate for these names and of its key: the one there is, as long as it fits.

        Names that the authority was not made for are left out. Raises NoAuthority when none is left.
        """
        certificate, key = self.folder / "server.crt", self.folder / "server.key"
        wanted = [one for one in names.general() if self.vouches(one)]
        if not wanted:
            raise NoAuthority("None of this machine's names is one that its authority may vouch for.")
        if not (key.exists() and self._fits(certificate, wanted, now)):
            self._sign(certificate, key, wanted, now)
        return certificate, key

    def _fits(self, file: Path, wanted: list[x509.GeneralName], now: datetime) -> bool:
        try:
            found = x509.load_pem_x509_certificate(file.read_bytes())
            found.verify_directly_issued_by(self.certificate)
        except (OSError, ValueError, TypeError, InvalidSignature):
            return False
        named = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return set(wanted) <= set(named) and found.not_valid_after_utc - now > RENEWED

    def _sign(self, file: Path, key_file: Path, wanted: list[x509.GeneralName], now: datetime) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            _begun("ttx server", now, min(now + SERVES, self.certificate.not_valid_after_utc), key)
            .issuer_name(self.certificate.subject)
            .add_extension(x509.SubjectAlternativeName(wanted), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        _write(key_file, _pem(key))
        _write(file, certificate.public_bytes(serialization.Encoding.PEM))


@dataclass(frozen=True, slots=True)
class Trust:
    """How devices come to trust a server: the authority, the ports with TLS and of the plain page beside it, and the
    hosts under which others reach this machine."""

    authority: Authority
    port: int
    plain_port: int
    hosts: tuple[str, ...]


def authority_in(folder: Path, names: Names, now: datetime) -> Authority:
    """The authority that a folder holds; made at the first call, for local networks and for what this machine is called
    then. Raises NoAuthority when it is not readable or about to end."""
    file, key_file = folder / "authority.crt", folder / "authority.key"
    if not file.exists():
        _make(file, key_file, names, now)
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as fault:
        sentence = f"The authority in {folder} cannot be read: {fault}. Put both files back, or remove the folder."
        raise NoAuthority(sentence) from fault
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise NoAuthority(f"The key in {folder} is another authority's. Put the right one back, or remove the folder.")
    if certificate.not_valid_after_utc - now < RENEWED:
        ends = f"{certificate.not_valid_after_utc:%d %B %Y}"
        raise NoAuthority(
            f"The authority in {folder} ends on {ends}. Remove the folder; devices trust the new one anew."
        )
    return Authority(folder, certificate, key)


def _covers(permitted: x509.GeneralName, name: x509.GeneralName) -> bool:
    match permitted, name:
        case x509.DNSName(), x509.DNSName():
            return f".{name.value}".endswith(f".{permitted.value}")
        case x509.IPAddress(), x509.IPAddress():
            return isinstance(permitted.value, IPv4Network | IPv6Network) and name.value in permitted.value
        case _:
            return False


def _make(file: Path, key_file: Path, names: Names, now: datetime) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    outside = [one for one in names.addresses if not any(one in network for network in PRIVATE)]
    permitted: list[x509.GeneralName] = [x509.DNSName(one) for one in dict.fromkeys((*LOCAL, *names.hosts))]
    permitted += [x509.IPAddress(one) for one in (*PRIVATE, *map(ip_network, outside))]
    own = next((one for one in names.hosts if one not in LOCAL), "this machine")
    certificate = (
        _begun(f"ttx on {own}, {now:%d %b %Y}", now, now + LASTS, key)
        .issuer_name(_called(f"ttx on {own}, {now:%d %b %Y}"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        # Not critical: whoever knows the extension obeys it all the same, and who does not need not refuse us.
        .add_extension(x509.NameConstraints(permitted, None), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_file, _pem(key))
    _write(file, certificate.public_bytes(serialization.Encoding.PEM))


def _begun(name: str, now: datetime, until: datetime, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    private = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption())


def _write(file: Path, content: bytes) -> None:
    """A file that only its owner reads, whole or not at all."""
    beside = file.with_suffix(f"{file.suffix}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
    beside.replace(file)
