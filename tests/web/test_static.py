"""Scripts and styles on their way to a browser: without comments, and with no header that nobody needs."""

import pytest

from tests.web.words import Served
from ttx.pages.environment import release_of
from ttx.settings import Settings
from ttx.web.static import NEEDLESS, SETS, unremarked

FOLDER = Settings().static
OURS = sorted(file for file in FOLDER.iterdir() if file.suffix in (".js", ".css"))


@pytest.mark.parametrize(
    "suffix, written, sent",
    [
        (".js", "// Why.\nconst a = 1; // px\n  /** What. */\n  b();", "\nconst a = 1; // px\n\nb();"),
        (".js", 'const url = "http://a"; /* one */\n', 'const url = "http://a"; /* one */\n'),
        (".js", "/** What\n    and why. **/\na(); /* b */\n/** One. */ c();", "\n\na(); /* b */\n/** One. */ c();"),
        (".css", "/* One\n   two */\na { b: c; /* d */ }\n  e {}", "\n\na { b: c;  }\ne {}"),
    ],
)
def test_comments_and_indents_stay_here_and_every_line_keeps_its_number(suffix: str, written: str, sent: str):
    assert unremarked(written, suffix) == sent


def test_no_line_that_is_left_out_is_part_of_a_text():
    """A line that looks like a comment inside a text over several lines would be missing from it."""
    for file in OURS:
        text = file.read_text()
        sent = unremarked(text, file.suffix)
        assert text.count("\n") == sent.count("\n"), file.name
        if file.suffix == ".css":
            assert sent.count("{") == sent.count("}") == text.count("}") - remarked(text).count("}"), file.name
            continue
        inside = False
        for before, after in zip(text.splitlines(), sent.splitlines(), strict=True):
            assert before == after or not inside, f"{file.name}: {before}"
            inside ^= after.count("`") % 2 == 1


def remarked(text: str) -> str:
    """What stands in the comments of a style sheet."""
    return "".join(part.partition("*/")[0] for part in text.split("/*")[1:])


def test_a_file_that_is_kept_for_ever_says_nothing_about_asking_again(house: Served):
    device, named = house.device(), f"/static/{release_of(FOLDER)}"

    for name in ("tablet.js", "tablet.css", "vendor/noto-sans-latin-400-normal.woff2"):
        ours, another = device.get(f"{named}/{name}"), device.get(f"/static/0123456789ab/{name}")
        assert [one for one in NEEDLESS if one in ours.headers] == []
        assert "etag" in another.headers
    assert "//" not in device.get(f"{named}/late.js").text.partition("const")[0]


def test_sheets_that_go_out_as_one_are_each_of_them_in_their_order(house: Served):
    device, release = house.device(), release_of(FOLDER)
    for name, parts in SETS.items():
        files = [(FOLDER / one).read_text() for one in parts]
        ours, another = device.get(f"/static/{release}/{name}"), device.get(f"/static/0123456789ab/{name}")
        plain = device.get(f"/static/{release}/{name}", headers={"accept-encoding": "identity"})

        assert not (FOLDER / name).exists()
        assert (ours.status_code, ours.headers["content-type"]) == (200, "text/css; charset=utf-8")
        assert ours.text == another.text == unremarked("\n".join(files), ".css")
        assert plain.text == "\n".join(files)
        assert ("immutable" in ours.headers["cache-control"], "etag" in ours.headers) == (True, False)
        assert (another.headers["cache-control"], "etag" in another.headers) == ("no-cache", True)
        assert device.head(f"/static/{release}/{name}").content == b""
        assert device.post(f"/static/{release}/{name}").status_code == 405
