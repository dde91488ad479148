"""Every text has an address, and a translation stands at it; what became of its source is known."""

import pytest

from tests.words import Written, inject, small_scenario, told_scenario
from ttx.scenario.model import Scenario
from ttx.scenario.translations import digest, language_for, status, texts, texts_of, translated


def scenario(**languages: dict[str, str]) -> Scenario:
    """The small scenario with a picture, and these translations; one that begins with * is of an older text."""
    data = small_scenario()
    inject(data, "D1-03")["picture"] = {"file": "port.png", "alt": "A quay", "caption": "Ellory, this morning"}
    inject(data, "D1-03")["expected"] = ["A port is named", "Somebody says who pays"]
    inject(data, "D1-03")["notes"] = "Do not help them."
    data["rules"] = ["Answer for yourself.", "Be kind."]
    data["days"][0]["questions"] = ["Who calls whom?"]
    known = texts(Scenario.model_validate(data))
    data["translations"] = {
        language: {address: entry(known.get(address, ""), text) for address, text in made.items()}
        for language, made in languages.items()
    }
    return Scenario.model_validate(data)


def entry(source: str, text: str) -> Written:
    return {"of": "00000000" if text.startswith("*") else digest(source), "text": text}


def test_every_text_that_somebody_reads_has_an_address():
    known = texts(scenario())

    assert {
        "title": "Exercise Small Tide",
        "rules.2": "Be kind.",
        "objectives.O1.name": "Understand each other",
        "variables.port.label": "Port of landing",
        "map.places.Ellory.name": "Ellory",
        "day-1.title": "At sea",
        "day-1.theme": "Early warning and rescue",
        "day-1.questions.1": "Who calls whom?",
        "day-1.sessions.rescue.title": "Search and rescue",
        "D1-03.title": "Which port?",
        "D1-03.sender": "Coast guard of Orrin",
        "D1-03.notes": "Do not help them.",
        "D1-03.expected.2": "Somebody says who pays",
        "D1-03.picture.alt": "A quay",
        "D1-03.picture.caption": "Ellory, this morning",
        "D1-03.questions.port.ask": "What would your delegation do about port?",
        "D1-03.questions.port.options.B": "None yet",
        "D1-03.branch.options.A.label": "Ellory",
        "D1-02.questions.sure.low": "Not sure",
        "D1-05.map.1.label": "171 people",
    }.items() <= known.items()


def test_a_text_that_is_not_written_has_no_address():
    known = texts(scenario())

    assert "D1-01.notes" not in known
    assert "objectives.O1.about" not in known
    assert "" not in known.values()


def test_an_injects_own_texts_are_those_at_its_addresses():
    whole = scenario()
    one = next(one for one in whole.days[0].injects if one.id == "D1-03")

    assert texts_of(one) == {name: text for name, text in texts(whole).items() if name.startswith("D1-03.")}


def test_every_text_can_be_translated():
    known = texts(scenario())

    french = translated(scenario(fr={address: f"<{text}>" for address, text in known.items()}), "fr")

    assert texts(french) == {address: f"<{text}>" for address, text in known.items()}


def test_only_texts_are_translated():
    source = scenario()
    known = texts(source)

    there_and_back = scenario(fr={name: text.upper() for name, text in known.items()}, xx=known)

    assert translated(translated(there_and_back, "fr"), "xx").model_copy(update={"translations": {}}) == source


def test_what_is_missing_stays_in_the_source_and_what_is_stale_is_taken():
    whole = scenario(fr={"D1-01.title": "Deux fois plus", "D1-02.title": "*Un bateau part", "D1-03.title": ""})

    titles = [one.title for one in translated(whole, "fr").days[0].injects[:3]]
    standing = status(whole, "fr")

    assert titles == ["Deux fois plus", "*Un bateau part", "Which port?"]
    assert [standing[f"D1-0{n}.title"] for n in (1, 2, 3, 5)] == ["fresh", "stale", "missing", "missing"]
    assert standing.keys() == texts(whole).keys()


def test_a_translation_may_be_longer_than_its_source_may():
    long = "mot " * 100

    assert translated(scenario(fr={"D1-01.title": long.strip()}), "fr").days[0].injects[0].title == long.strip()


def test_a_text_changes_its_digest_and_blanks_around_it_do_not():
    assert digest("A port") != digest("A port.")
    assert digest(" A port\n") == digest("A port")
    assert len(digest("")) == 8


@pytest.mark.parametrize(
    "reader, gets",
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("pt-PT", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("en", "en"),
        ("en-GB", "en"),
        ("ar", "ar"),
    ],
)
def test_a_reader_gets_his_language_or_one_that_differs_in_region_only(reader: str, gets: str):
    whole = scenario(fr={"title": "Petite marée"}, **{"pt-BR": {"title": "Maré"}})

    assert language_for(whole, reader) == gets


def test_an_inject_that_is_called_like_a_day_takes_no_address_from_it():
    data = small_scenario()
    inject(data, "D1-09")["id"] = "day-1"

    assert texts(Scenario.model_validate(data))["day-1.title"] == "At sea"


def test_what_speakers_are_and_say_is_translated_and_their_names_are_not():
    told = Scenario.model_validate(told_scenario())
    here = "day-1.sessions.coffee.speakers.1"
    known = texts(told)

    assert known[f"{here}.role"] == "Harbour master of Ellory"
    assert known[f"{here}.topic"] == "A quay by night"
    assert known["D1-01.story"] == "Tuesday, before dawn"
    assert "Ines Caldera" not in known.values()
    made = {
        address: entry(known[address], text)
        for address, text in ((f"{here}.role", "Capitaine du port"), ("D1-01.story", "Mardi, avant l'aube"))
    }
    french = translated(Scenario.model_validate(told_scenario() | {"translations": {"fr": made}}), "fr")
    first, second = french.days[0].sessions[1].speakers
    assert (first.name, first.role, first.topic) == ("Ines Caldera", "Capitaine du port", "A quay by night")
    assert (second.name, second.role, second.topic) == ("Tomas Wren", None, None)
    assert french.days[0].injects[0].story == "Mardi, avant l'aube"
