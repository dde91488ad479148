"""Peers' files: T3SF, IcebergTTX, CEXF and OpenAEV are read by what they hold; what is none of them is refused."""

import json
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenario.formats import peers
from tests.scenario.formats.words import imported, scenario_of
from ttx.scenario.formats.confined import understand
from ttx.scenario.formats.readers import understood

EVERY = (peers.t3sf, peers.iceberg, peers.cexf, peers.openaev)


def refused(content: bytes, name: str = "file.json") -> str:
    """The sentence with which a file is refused."""
    found = understood(name, content)
    assert found.refused is not None
    assert found.data is None
    return found.refused


class TestAnyPeer:
    @pytest.mark.parametrize("make", EVERY)
    def test_the_name_of_the_file_does_not_matter(self, make: Any) -> None:
        assert understood("list.txt", peers.as_file(make())).injects == len(peers.injects_of(make()))

    @pytest.mark.parametrize("make", EVERY)
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_the_encoding_does_not_matter(self, make: Any, encoding: str) -> None:
        content = peers.as_file(make()).decode().encode(encoding)
        assert understood("file.json", content).injects == len(peers.injects_of(make()))

    @pytest.mark.parametrize("make", EVERY)
    def test_it_is_read_in_a_process_of_its_own(self, make: Any, tmp_path: Path) -> None:
        path = tmp_path / "file.json"
        path.write_bytes(peers.as_file(make()))
        assert understand(path) == understood("file.json", path.read_bytes())

    @pytest.mark.parametrize("make", EVERY)
    def test_a_file_that_was_cut_off_is_refused_with_its_line(self, make: Any) -> None:
        content = peers.as_file(make())
        assert "line" in refused(content[: len(content) // 2])

    def test_only_what_was_not_taken_is_said_to_be_left_out(self) -> None:
        found, _ = peers.read(peers.iceberg())
        assert found.left_out == (
            "'tags' was not taken: a list of 1 at the top.",
            "'author' was not taken: 'Working group' at /metadata.",
        )

    def test_nan_double_fields_and_half_characters_are_told(self) -> None:
        content = peers.as_file(peers.t3sf()).replace(b'"#": 1,', b'"#": 1, "Subject": "One", "Score": NaN,')
        content = content.replace(b"A boat calls.", rb"A \ud800 boat\u0000 calls.")
        found, scenario = imported("file.json", content)
        assert peers.told(found.guessed, "'Subject'", "twice")
        assert peers.told(found.guessed, "NaN")
        assert peers.told(found.guessed, "halves of characters", "/0/Script")
        assert scenario.days[0].injects[0].text == "A \ufffd boat calls."

    def test_html_in_any_text_is_neutralised(self) -> None:
        rows = [
            {key: f"<img src=x onerror=alert(1)><b>{value}</b>" for key, value in row.items()} for row in peers.t3sf()
        ]
        for data in (rows, peers.iceberg(), peers.cexf()):
            text = json.dumps(data).replace("says the desk", "says <script>alert(1)</script><b>the desk</b>")
            found = understood("file.json", text.encode())
            assert "<script" not in json.dumps(found.data)
            assert "<img" not in json.dumps(found.data)

    def test_long_texts_go_on_in_the_notes_and_what_is_lost_is_told(self) -> None:
        rows = peers.t3sf()
        rows[0] |= {"Script": "word " * 5000, "Subject": "title " * 60, "From": "desk " * 60}
        found, scenario = peers.read(rows)
        assert len(scenario.days[0].injects[0].text) <= 8000
        assert peers.told(found.left_out, "D1-01", "did not fit")
        assert peers.told(found.guessed, "title is longer")


class TestRefused:
    @pytest.mark.parametrize(
        "data, words",
        [
            ({}, "an empty object"),
            ([], "an empty list"),
            ([1, 2], "2 single values"),
            ([{"a": 1}], "'a'"),
            ({"type": "FeatureCollection", "features": []}, "a map in GeoJSON"),
            ({"name": "x", "colour": "red"}, "'colour'"),
        ],
    )
    def test_other_json_is_refused_with_what_it_holds_and_what_is_read(self, data: object, words: str) -> None:
        sentence = refused(peers.as_file(data), "thing.json")
        assert words in sentence
        assert "thing.json" in sentence
        assert "IcebergTTX" in sentence

    def test_a_table_that_begins_with_a_bracket_is_left_to_the_tables(self) -> None:
        assert understood("list.csv", b"[Draft] MSEL;x\n1;2\n").format == "MSEL table (CSV)"

    @pytest.mark.parametrize(
        "content, words",
        [
            (b'{"injects":' + b"[" * 100_000, "deeper"),
            (b'{"injects":' + b"[" * 90 + b"]" * 90 + b"}", "deeper"),
            (b'["' + b"x" * 50_000_000 + b'"]', "50 MB"),
            (b"[" + b"{}," * 800_000 + b"{}]", "values"),
            (b"[" + b"1," * 100_000 + b"1]", "100,001"),
            (b'[{"#":' + b"9" * 10_000 + b"}]", "digits"),
        ],
    )
    def test_what_would_cost_memory_or_time_is_refused(self, content: bytes, words: str) -> None:
        assert words in refused(content)

    @pytest.mark.parametrize("sign", ["<a ", "<!--", "<!", "</", "<![CDATA[", "<", "&#", "<b>"])
    def test_html_that_never_ends_takes_no_more_time_than_it_is_long(self, sign: str) -> None:
        def takes(signs: int) -> float:
            content = peers.as_file([{**peers.t3sf()[0], "Script": "<p>" + sign * signs}])
            began = perf_counter()
            assert understood("file.json", content).injects == 1
            return perf_counter() - began

        short = min(takes(2_000) for _ in range(3))
        assert min(takes(20_000) for _ in range(3)) < 40 * short  # ten times as long; the square would be a hundred

    def test_an_export_without_injects_is_refused(self) -> None:
        assert "no inject" in refused(peers.as_file({"scenario_information": {"scenario_name": "x"}}))


class TestZips:
    def test_a_zip_without_json_is_refused_with_what_it_holds(self) -> None:
        assert "'a.pdf'" in refused(peers.packed({"a.pdf": b"x"}), "x.zip")

    def test_a_zip_in_a_zip_is_not_opened(self) -> None:
        assert "'inner.zip'" in refused(peers.packed({"inner.zip": peers.packed({"a.json": b"{}"})}), "x.zip")

    def test_a_path_that_leads_out_is_refused(self) -> None:
        sentence = refused(peers.packed({"../../a.json": peers.as_file(peers.openaev())}), "x.zip")
        assert "x.zip" in sentence
        assert "'../../a.json'" in sentence

    def test_a_bomb_is_refused(self) -> None:
        bomb = peers.packed({"a.json": b" " * 90_000_000})
        tracemalloc.start()
        try:
            assert "'a.json'" in refused(bomb, "x.zip")
            assert tracemalloc.get_traced_memory()[1] < 45_000_000
        finally:
            tracemalloc.stop()

    def test_a_link_is_refused(self) -> None:
        holding = BytesIO()
        with zipfile.ZipFile(holding, "w") as into:
            link = zipfile.ZipInfo("a.json")
            link.external_attr = 0o120777 << 16
            into.writestr(link, "/etc/passwd")
        assert "a link" in refused(holding.getvalue(), "x.zip")

    def test_a_locked_zip_is_refused(self) -> None:
        content = bytearray(peers.packed({"a.json": peers.as_file(peers.openaev())}))
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(mark) + place] |= 1
        assert "password" in refused(bytes(content), "x.zip")

    def test_a_damaged_member_is_refused(self) -> None:
        content = bytearray(peers.packed({"a.json": peers.as_file(peers.openaev())}))
        content[100:400] = bytes(300)
        assert "'a.json'" in refused(bytes(content), "x.zip")

    def test_a_member_that_lies_about_its_size_is_cut(self) -> None:
        content = bytearray(peers.packed({"a.json": b"[" + b"1" * 30_000_000}))
        content[content.index(b"PK\x01\x02") + 24 :][:4] = (1000).to_bytes(4, "little")
        place = content.index(b"PK\x01\x02") + 24
        content[place : place + 4] = (1000).to_bytes(4, "little")
        assert "a.json" in refused(bytes(content), "x.zip")

    def test_json_of_another_kind_in_a_zip_is_refused_by_name(self) -> None:
        assert "'a.json' in x.zip" in refused(peers.packed({"a.json": b'{"a": 1}'}), "x.zip")


WORDS = st.sampled_from(["call", "cutter", "", "1", None, "landing", "t1", "end", "inject 2", "07:20 PM", "25:00",
                         "\0a", "2025-01-02 09:00", "<b>x</b>", "\ud800", "${x.y}", "x" * 300, -5, 10**20, 1e300,
                         True])  # fmt: skip
JUNK = st.recursive(
    st.one_of(WORDS, st.integers(), st.floats(), st.text(max_size=9)),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=5), below, max_size=3),
    max_leaves=6,
)


@st.composite
def garbled(draw: st.DrawFn) -> Any:
    """A peer's data with pieces exchanged for junk, left out, doubled and turned round."""
    share = draw(st.sampled_from([2, 6, 15]))

    def walk(value: Any) -> Any:
        if draw(st.integers(0, 99)) < share:
            return draw(JUNK)
        if isinstance(value, dict):
            return {key: walk(below) for key, below in value.items() if draw(st.integers(0, 99)) >= share // 2}
        if isinstance(value, list):
            items = [walk(below) for below in value]
            items += items[:1] if draw(st.integers(0, 99)) < share else []
            return items[::-1] if draw(st.integers(0, 99)) < share else items
        return value

    return walk(draw(st.sampled_from(EVERY))())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(garbled())
def test_whatever_a_file_holds_it_becomes_a_sound_scenario_or_a_sentence(data: Any) -> None:
    found = understood("file.json", json.dumps(data).encode())
    if found.refused is None:
        scenario, errors = scenario_of(found)
        assert errors == []
        assert scenario is not None
    else:
        assert "makes no sound scenario" not in found.refused


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(EVERY), st.integers(0, 5000))
def test_bytes_that_were_damaged_never_raise(junk: bytes, make: Any, place: int) -> None:
    for content in (junk, b"{" + junk, b"PK\x03\x04" + junk):
        understood("file.json", content)
    whole = peers.as_file(make())
    understood("file.json", whole[:place] + junk[:20] + whole[place + 20 :])
