"""What is left after a process was killed, its disk or network taken away, or its clock put wrong.

`make test` runs the short form of each, `make crash` the long one.
"""

import os

LONG = os.environ.get("TTX_CRASH") == "long"


def many(short: int, long: int) -> int:
    """How often something is done."""
    return long if LONG else short
