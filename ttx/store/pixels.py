"""Makes a picture anew from its pixels, and from nothing else that stood in the file. Run as a program by `recoding`.

The kind is its argument, the picture comes on standard input and leaves on standard output; exit code 2 with a
sentence on standard error where it is refused. A process of its own, since decoders are where crafted files strike.
"""

import sys
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from ttx.confining import confine

PIXELS = 40_000_000
SIDE = 2400
"""Pixels a side may have: a hall's screen shows no more, and tablets fetch it all at once."""
MEMORY = 1_000_000_000
"""Bytes of address space: 40 megapixels in four channels are 160 MB, and scaling takes that again."""
SECONDS = 20

FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
SAVED: dict[str, dict[str, Any]] = {
    "png": {"optimize": True},
    "jpg": {"quality": 85, "optimize": True, "progressive": True},
    "webp": {"quality": 85, "method": 4},
}


class TooLarge(Exception):
    """A picture with too many pixels; `str` of it is a sentence's end."""


def anew(content: bytes, kind: str) -> bytes:
    """The picture as a file of the same kind, upright, at most SIDE wide and high, without anything but pixels.

    Of a moving picture the first frame. Raises TooLarge, and what Pillow raises if it is none.
    """
    Image.MAX_IMAGE_PIXELS = None  # asked below, with a sentence, before a pixel is decoded
    with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as opened:
        if opened.width * opened.height > PIXELS:
            raise TooLarge(
                f"it is {opened.width} by {opened.height} pixels, and {PIXELS // 1_000_000} million are the most"
            )
        image = ImageOps.exif_transpose(opened)
        image.load()
    if image.mode.startswith("I"):  # 16 bits of grey, which conversion would cut off at 255
        image = image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    fits = max(image.size) <= SIDE
    if kind == "jpg":
        image = image if image.mode in ("L", "RGB") else image.convert("RGB")
    elif not fits or image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    image.info = {name: value for name, value in image.info.items() if name == "transparency"}
    if not fits:
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    made = BytesIO()
    image.save(made, FORMATS[kind], **SAVED[kind])
    return made.getvalue()


def _main() -> int:
    confine(MEMORY, SECONDS)
    try:
        made = anew(sys.stdin.buffer.read(), sys.argv[1])
    except TooLarge as error:
        sys.stderr.write(str(error))
        return 2
    except Exception:
        sys.stderr.write("it is damaged, or is not what its name says")
        return 2
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
