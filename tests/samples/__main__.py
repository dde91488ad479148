"""`python -m tests.samples [FOLDER]` writes the sample reports anew, by default to `docs/samples`."""

import sys
from pathlib import Path

from tests.samples.made import write

write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "docs/samples")
