"""A picture that is kept holds pixels and nothing else, whatever somebody brought."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.words import picture
from ttx.scenario.pictures import kind_of
from ttx.store import pixels
from ttx.store.recoding import NotTaken, recoded

CANARY = "canary-where-it-was-taken"


def opened(content: bytes) -> Image.Image:
    made = Image.open(BytesIO(content))
    made.load()
    return made


def exif(orientation: int = 1) -> Image.Exif:
    """Metadata as a telephone writes it."""
    said = Image.Exif()
    said[0x010E], said[0x0112] = CANARY, orientation
    return said


def comment() -> PngInfo:
    said = PngInfo()
    said.add_text("Comment", CANARY)
    return said


@pytest.mark.parametrize(
    "kind, more",
    [
        ("png", {"pnginfo": comment()}),
        ("png", {"exif": exif()}),
        ("jpg", {"exif": exif(), "comment": CANARY.encode()}),
        ("jpg", {"icc_profile": CANARY.encode() * 10}),
        ("webp", {"exif": exif(), "xmp": CANARY.encode()}),
    ],
)
def test_nothing_is_kept_but_the_pixels(kind: str, more: dict[str, Any]):
    brought = picture(kind, **more)
    assert CANARY.encode() in brought

    kept = recoded(f"boat.{kind}", brought)

    assert CANARY.encode() not in kept
    assert kind_of(kept) == kind
    assert opened(kept).size == (30, 20)


def test_what_hangs_on_behind_a_picture_is_gone():
    assert b"<script>" not in recoded("boat.png", picture() + b"<script>alert(1)</script>")


def test_a_picture_stands_upright_without_being_told_how():
    assert opened(recoded("boat.jpg", picture("jpg", exif=exif(orientation=6)))).size == (20, 30)


def test_colours_and_what_shows_through_stay():
    made = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(made, "PNG")

    assert opened(recoded("boat.png", made.getvalue())).convert("RGBA").getpixel((5, 5)) == (255, 0, 0, 0)
    assert opened(recoded("boat.png", picture(colour="#123456"))).convert("RGB").getpixel((5, 5)) == (18, 52, 86)


def test_grey_in_sixteen_bits_stays_as_grey_as_it_was():
    made = BytesIO()
    Image.new("I;16", (10, 10), 0x8080).save(made, "PNG")

    assert opened(recoded("boat.png", made.getvalue())).convert("L").getpixel((5, 5)) == 0x80


def test_a_decoder_that_gives_up_does_not_speak_to_an_author():
    """100 MB of text that the file holds in 100 KB."""
    text = b"a\0\0" + zlib.compress(b"\0" * 100_000_000, 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    whole = picture()

    with pytest.raises(NotTaken, match="it is damaged, or is not what its name says"):
        recoded("boat.png", whole[:33] + chunk + whole[33:])


def test_a_large_picture_becomes_as_large_as_a_hall_can_show():
    assert opened(recoded("boat.png", picture(size=(5000, 2500)))).size == (pixels.SIDE, pixels.SIDE // 2)


def test_a_picture_made_anew_twice_is_the_same():
    once = recoded("boat.png", picture())

    assert recoded("boat.png", once) == once


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"hello", "boat.png is no picture; save it as PNG, JPEG or WebP."),
        (picture("jpg"), "boat.png is called .png and is a .jpg; rename it, or save it as what it is called."),
        (picture()[:40], "boat.png is not taken: it is damaged, or is not what its name says. Save it anew, smaller."),
        (
            picture(size=(8000, 6000)),
            "boat.png is not taken: it is 8000 by 6000 pixels, and 40 million are the most. Save it anew, smaller.",
        ),
    ],
    ids=["text", "other kind", "cut", "too many pixels"],
)
def test_what_is_not_taken_is_told_in_a_sentence(content: bytes, sentence: str):
    with pytest.raises(NotTaken) as refused:
        recoded("boat.png", content)

    assert str(refused.value) == sentence


def test_a_picture_that_would_fill_the_memory_never_gets_there():
    """30,000 by 30,000 pixels are 100 KB as a file and 2.7 GB as a picture."""
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")

    with pytest.raises(NotTaken, match="30000 by 30000 pixels"):
        recoded("boat.png", bomb.getvalue())
