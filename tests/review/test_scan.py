"""The scan of free text: a name in any script, spelling or disguise is asked about; plain sentences are not."""

import unicodedata

import pytest

from ttx.review.peoples import PEOPLES
from ttx.review.scan import Scan

SCAN = Scan(
    delegations={"us": "Republic of Kestria", "tam": "Federated Islands of Tamarinda", "thai": "ราชอาณาจักรสมมุติ"},
    people=("Amina Yusuf", "Li Wei", "Nguyễn Văn An"),
    agencies={"hp": "Harbour Police of Port Sable"},
    places=("Port Sable",),
    vessels=("Lantern Star",),
)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.what) for one in SCAN(text)]


@pytest.mark.parametrize(
    "text, hit, what",
    [
        ("We in Kestria would wait", "Kestria", "a delegation"),
        ("The Kestrian navy would wait", "Kestrian", "a delegation"),
        ("ask KESTRIA'S navy", "KESTRIA", "a delegation"),
        ("Ask Ms Okafor first", "Ms Okafor", "a person"),
        ("amina said so", "amina", "a person"),
        ("Nguyen Van An knows", "Nguyen Van An", "a person"),
        ("the Indonesian side", "Indonesian", "a country or its people"),
        ("la partie indonésienne", "indonésienne", "a country or its people"),
        ("orang Indonesia", "Indonesia", "a country or its people"),
        ("индонезийская сторона", "индонезийская", "a country or its people"),
        ("الجانب الإندونيسي", "إندونيسي", "a country or its people"),
        ("เรือไทยลำหนึ่ง", "ไทย", "a country or its people"),
        ("由印度尼西亚通知", "印度尼西亚", "a country or its people"),
        ("ရိုဟင်ဂျာ လှေ", "ရိုဟင်ဂျာ", "a country or its people"),
        ("we call UNHCR", "UNHCR", "an agency"),
        ("we call U.N.H.C.R. at once", "U.N.H.C.R", "an agency"),
        ("we ask IOM", "IOM", "an agency"),
        ("the Harbour Police of Port Sable", "Harbour Police of Port Sable", "an agency"),
        ("near port sable", "port sable", "a place"),
        ("aboard the Lantern Star", "Lantern Star", "a vessel"),
        ("aboard KRI Halasan", "KRI Halasan", "a vessel"),
        ("write to duty@example.org", "duty@example.org", "an address"),
        ("call +62 21 555 0101", "+62 21 555 0101", "an address"),
    ],
)
def test_what_names_somebody_is_found_where_it_stands(text: str, hit: str, what: str):
    assert (hit, what) in found(text)


@pytest.mark.parametrize(
    "disguised",
    [
        "Kеstria",  # a Cyrillic е
        "Κestria",  # a Greek kappa
        "Ｋｅｓｔｒｉａ",  # full width
        "Kes\u200btria",  # a zero-width space
        "Kes\u00adtria",  # a soft hyphen
        "K\u0301estria",  # an accent
        "Kestr1a",
        "K3stria",
        "K e s t r i a",
        "K.e.s.t.r.i.a",
        "𝐊𝐞𝐬𝐭𝐫𝐢𝐚",  # mathematical bold
    ],
)
def test_no_disguise_of_letters_hides_a_name(disguised: str):
    assert [what for _text, what in found(f"we in {disguised} wait")] == ["a delegation"]
    assert [what for _text, what in found(unicodedata.normalize("NFD", f"we in {disguised} wait"))] == ["a delegation"]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody knows who leads at sea after dark.",
        "We would ask the coast guard to take them on board within two hours.",
        "It is for us to decide, and for them to be told.",
        "The list of those on board is not kept by anyone.",
        "Each of 45 boats, 16 persons, 2 days.",
    ],
)
def test_a_plain_sentence_passes(text: str):
    assert found(text) == []


def test_places_found_twice_are_told_once_and_the_longest_first():
    assert found("Harbour Police of Port Sable, Kestria") == [
        ("Harbour Police of Port Sable", "an agency"),
        ("Kestria", "a delegation"),
    ]


@pytest.mark.parametrize("stem", [one for one in PEOPLES if one])
def test_every_stem_is_found_as_it_is_written(stem: str):
    assert "a country or its people" in [what for _text, what in found(f"x {stem} y")], stem
