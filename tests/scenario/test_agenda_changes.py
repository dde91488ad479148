from tests.scenario.asking import LANTERN, asked, changed_lines, day, inject, refused, small
from tests.words import told_scenario
from ttx.scenario.agenda_changes import speaker_ids
from ttx.scenario.changes import revision, undone
from ttx.scenario.files import assembled
from ttx.scenario.merging import own
from ttx.scenario.translations import digest
from ttx.scenario.writing import written


def test_a_days_own_fields_are_written():
    base = revision(own(day(small(), 1)))
    done = asked(small(), "write_day", day=1, fields={"title": "At sea: two"}, base=base)

    assert changed_lines(small(), done.texts) == ['title: "At sea: two"']
    assert "written one by one" in refused(small(), "write_day", day=1, fields={"injects": []})
    assert "keeps its number" in refused(small(), "write_day", day=1, fields={"day": 2})


def test_a_new_day_begins_with_a_session_and_an_inject():
    done = asked(small(), "add_day", title="Hubs", theme="Work", lead="LAND")

    assert done.texts["day-3.yaml"].startswith("day: 3\ntitle: Hubs\ntheme: Work\nlead: LAND\n\nsessions:\n")
    assert not assembled(done.texts).faults
    assert done.days == {3}
    assert undone(done.texts, done.touched, done.splices).texts == small()


def test_a_day_that_others_wait_for_is_not_deleted():
    assert "D2-03 on other days name its injects" in refused(small(), "delete_day", day=1)

    done = asked(small(), "delete_day", day=2)
    assert sorted(done.texts) == ["day-1.yaml", "scenario.yaml", "translations/fr.yaml"]
    assert "is the only one" in refused(done.texts, "delete_day", day=1)


def test_injects_and_translations_follow_a_renamed_session():
    done = asked(small(), "write_session", day=1, session="picture", fields={"id": "early", "title": "Early"})

    assert [inject(done.texts, ident)["session"] for ident in ("D1-01", "D1-02", "D1-03")] == [
        "early",
        "early",
        "rescue",
    ]
    assert "day-1.sessions.early.title" in done.texts["translations/fr.yaml"]
    assert "has a session coffee already" in refused(
        small(), "write_session", day=1, session="picture", fields={"id": "coffee"}
    )


def test_a_session_is_added_after_another_and_deleted_once_it_is_empty():
    done = asked(small(), "add_session", day=1, after="rescue")

    assert day(done.texts, 1)["sessions"][-2] == {
        "id": "d1-s5",
        "title": "New session",
        "start": "11:45",
        "minutes": 60,
    }
    assert asked(done.texts, "delete_session", day=1, session="d1-s5").texts == small()
    assert "holds D1-01 and D1-02" in refused(small(), "delete_session", day=1, session="picture")


def test_the_head_is_written_and_its_comments_stay():
    rules = assembled(LANTERN).data["rules"]  # type: ignore[index]

    done = asked(LANTERN, "write_head", fields={"rules": [*rules, "One more: this"]})

    assert changed_lines(LANTERN, done.texts) == ['  - "One more: this"']
    assert done.head
    assert done.sentence == "Changed the scenario's rules."
    assert "stand in files of their own" in refused(small(), "write_head", fields={"days": []})


def test_a_translation_is_kept_with_what_it_was_made_from():
    done = asked(small(), "write_translation", language="ar", address="D2-01.title", text="القاعة ممتلئة")

    assert assembled(done.texts).data["translations"]["ar"] == {  # type: ignore[index]
        "D2-01.title": {"of": digest("The hall is full"), "text": "القاعة ممتلئة"}
    }
    assert [(one.day, one.inject) for one in done.touched] == [(2, "D2-01")]
    assert asked(done.texts, "write_translation", language="ar", address="D2-01.title", text="").texts == small()
    assert "There is no text D2-01.titel" in refused(
        small(), "write_translation", language="ar", address="D2-01.titel", text="x"
    )
    assert "is written in 'en'" in refused(small(), "write_translation", language="en", address="D2-01.title", text="x")


def test_a_picture_that_is_shown_is_not_dropped():
    shown = {"file": "hall.png", "alt": "A hall"}
    texts = asked(small(), "write_inject", day=2, inject="D2-01", fields={"picture": shown}).texts

    assert "is shown by D2-01" in refused(texts, "drop_picture", ("hall.png",), name="hall.png")
    assert "There is no picture" in refused(texts, "drop_picture", ("hall.png",), name="hal.png")
    dropped = asked(small(), "drop_picture", ("hall.png",), name="hall.png")
    assert dropped.touched == (("pictures/hall.png", (), None, None, "hall.png", None),)
    assert asked(small(), "put_picture", (), name="hall.png").sentence == "Added the picture hall.png."


def test_a_speaker_who_comes_first_moves_nobodys_translations():
    here = "day-1.sessions.coffee.speakers"
    french = {f"{here}.1.role": {"of": digest("Harbour master of Ellory"), "text": "Capitaine du port"}}
    texts = written(told_scenario() | {"translations": {"fr": french}})
    ines, tomas = day(texts, 1)["sessions"][1]["speakers"]

    done = asked(texts, "write_session", day=1, session="coffee", fields={"speakers": [{"name": "Lin"}, tomas, ines]})

    assert [(one["id"], one["name"]) for one in day(done.texts, 1)["sessions"][1]["speakers"]] == [
        ("s3", "Lin"),
        ("s2", "Tomas Wren"),
        ("s1", "Ines Caldera"),
    ]
    assert f"{here}.s1.role:" in done.texts["translations/fr.yaml"]
    assert f"{here}.1.role" not in done.texts["translations/fr.yaml"]
    more = asked(done.texts, "write_session", day=1, session="coffee", fields={"speakers": [{"id": "s1", **ines}]})
    assert more.texts["translations/fr.yaml"] == done.texts["translations/fr.yaml"]
    assert undone(done.texts, done.touched, done.splices).texts == texts


def test_a_speaker_gets_an_id_that_is_nobodys():
    assert speaker_ids([{"name": "A"}, {"id": "s1"}, {"name": "B"}], ["s2"]) == ["s3", "s1", "s4"]
