import re
from collections.abc import Mapping

import pytest

from tests.scenario.asking import LANTERN, asked, changed_lines, faults, ids, inject, leads, refused, small
from ttx.scenario.changes import CHANGE, Stale, piece, revision, undone
from ttx.scenario.files import assembled

# Writing an inject


def test_a_field_that_is_written_changes_its_line_alone():
    done = asked(LANTERN, "write_inject", day=1, inject="D1-01", fields={"minutes": 26})

    assert changed_lines(LANTERN, done.texts) == ["    minutes: 26"]
    assert done.sentence == "Changed D1-01: minutes."
    assert done.days == {1}
    assert not done.head
    (touched,) = done.touched
    assert touched[:4] == ("day-1.yaml", ("injects", "D1-01"), 1, "D1-01")
    assert (touched.before, touched.after) == (inject(LANTERN, "D1-01"), inject(done.texts, "D1-01"))


def test_a_field_set_to_nothing_is_taken_away_and_others_stay():
    done = asked(small(), "write_inject", day=1, inject="D1-02", fields={"map": None, "phase": "sar"})

    after = inject(done.texts, "D1-02")
    assert "map" not in after
    assert after["phase"] == "sar"
    assert after["questions"] == inject(small(), "D1-02")["questions"]


def test_the_name_of_a_place_is_taken_for_its_id():
    steps = [
        {"do": "move", "token": "wake", "to": "port ellory"},
        {"do": "alert", "place": "Port Ellory", "label": "x"},
    ]

    done = asked(LANTERN, "write_inject", day=1, inject="D1-01", fields={"map": steps})

    assert [one.get("to") or one.get("place") for one in inject(done.texts, "D1-01")["map"]] == ["PortEllory"] * 2


def test_whoever_saw_another_version_is_told_what_stands_there_now():
    before = piece(small(), CHANGE.validate_python({"do": "write_inject", "day": 1, "inject": "D1-01", "fields": {}}))
    texts = asked(small(), "write_inject", day=1, inject="D1-01", fields={"minutes": 5}).texts

    with pytest.raises(Stale) as caught:
        asked(texts, "write_inject", day=1, inject="D1-01", fields={"title": "x"}, base=revision(before))

    assert caught.value.piece == inject(texts, "D1-01")
    again = asked(
        texts, "write_inject", day=1, inject="D1-01", fields={"title": "x"}, base=revision(caught.value.piece)
    )
    assert inject(again.texts, "D1-01")["title"] == "x"


def test_whoever_writes_an_inject_that_is_gone_is_told_so():
    base = revision(inject(small(), "D1-09"))
    texts = asked(small(), "delete_inject", inject="D1-09").texts

    with pytest.raises(Stale, match="Somebody took it away") as caught:
        asked(texts, "write_inject", day=1, inject="D1-09", fields={"title": "x"}, base=base)

    assert caught.value.piece is None


def test_a_renamed_inject_is_named_so_everywhere():
    done = asked(small(), "write_inject", day=1, inject="D1-05", fields={"id": "LAND"})

    assert inject(done.texts, "D1-04A")["next"] == ["LAND"]
    assert inject(done.texts, "D1-04B")["next"] == ["LAND"]
    assert inject(done.texts, "D2-03")["needs"] == ["LAND"]
    assert done.days == {1, 2}
    assert faults(done.texts) == faults(small())


def test_options_and_translations_follow_a_renamed_inject():
    options = asked(small(), "write_inject", day=1, inject="D1-04A", fields={"id": "ELLORY"})
    translations = asked(small(), "write_inject", day=1, inject="D1-03", fields={"id": "PORT"})

    assert inject(options.texts, "D1-03")["branch"]["options"]["A"]["next"] == "ELLORY"
    assert "PORT.title:\n" in translations.texts["translations/fr.yaml"]
    assert "D1-03" not in "".join(translations.texts.values())
    assert translations.days == {1}
    assert [one.location for one in translations.touched if one.inject == "PORT"] == [
        ("injects", "PORT"),
        ("PORT.title",),
    ]


def test_an_id_that_is_taken_or_no_id_is_refused():
    assert "is the id of another inject, on day 2" in refused(
        small(), "write_inject", day=1, inject="D1-01", fields={"id": "D2-01"}
    )
    assert "cannot be an inject's id" in refused(small(), "write_inject", day=1, inject="D1-01", fields={"id": "1 x"})
    assert "cannot be an inject's id" in refused(small(), "add_inject", day=1, fields={"id": 7})
    assert refused(small(), "write_inject", day=1, inject="D1-1", fields={}) == (
        "There is no inject D1-1 in day 1; did you mean 'D1-01'?"
    )


@pytest.mark.parametrize("ident", ["day-2", "title", "groups", "map"])
def test_an_id_under_which_other_texts_are_translated_is_refused(ident: str):
    assert "names a part of the whole scenario" in refused(small(), "add_inject", day=1, fields={"id": ident})
    assert "names a part" in refused(small(), "write_inject", day=1, inject="D1-02", fields={"id": ident})


def test_translations_of_the_whole_stay_when_an_inject_that_is_called_like_it_changes():
    """An imported folder may hold such a one."""
    imported = {name: text.replace("id: D2-02\n", "id: groups\n") for name, text in small().items()}
    texts = asked(imported, "write_translation", language="fr", address="groups.SEA.name", text="En mer").texts

    renamed = asked(texts, "write_inject", day=2, inject="groups", fields={"id": "D2-02"})

    assert renamed.texts["translations/fr.yaml"] == texts["translations/fr.yaml"]
    assert "groups.SEA.name" in asked(texts, "delete_inject", inject="groups").texts["translations/fr.yaml"]


@pytest.mark.parametrize("ident", ["[1, 2]", "D1-" + "9" * 5000, "day-7", "Z" + "9" * 39])
def test_a_copy_gets_an_id_that_can_be_one_whatever_the_others_are_called(ident: str):
    texts = small() | {"day-2.yaml": small()["day-2.yaml"].replace("id: D2-02\n", f"id: {ident}\n")}

    for request in ({"do": "duplicate_inject", "inject": "D2-01"}, {"do": "add_inject", "day": 2}):
        (made,) = (one for one in ids(asked(texts, **request).texts, 2) if one not in ids(texts, 2))
        assert re.fullmatch(r"D2-[0-9]+", made)


def test_lines_that_a_browser_sent_end_as_those_of_the_file():
    done = asked(small(), "write_inject", day=1, inject="D1-01", fields={"text": "one\r\n\r\ntwo"})

    assert inject(done.texts, "D1-01")["text"] == "one\n\ntwo"
    assert "    text: |-\n      one\n\n      two\n" in done.texts["day-1.yaml"]


def test_of_two_injects_of_one_id_the_one_of_this_day_is_renamed_and_nobody_follows():
    texts = small()
    texts["day-2.yaml"] = texts["day-2.yaml"].replace("id: D2-01", "id: D1-05")

    done = asked(texts, "write_inject", day=2, inject="D1-05", fields={"id": "D2-01"})

    assert done.texts == small()


def test_what_says_that_already_is_no_change():
    assert "says that already" in refused(small(), "write_inject", day=1, inject="D1-01", fields={"minutes": 20})


def test_a_control_character_is_refused_with_a_sentence():
    assert "control character" in refused(small(), "write_inject", day=1, inject="D1-01", fields={"text": "a\x00b"})
    assert "cannot be written" in refused(small(), "write_inject", day=1, inject="D1-01", fields={"minutes": 10**30})


def test_a_file_that_cannot_be_read_is_to_be_mended_first():
    texts = small() | {"day-1.yaml": "injects: [\n"}

    assert "Mend the file first." in refused(texts, "write_inject", day=1, inject="D1-01", fields={"title": "x"})
    assert asked(texts, "write_inject", day=2, inject="D2-01", fields={"title": "x"}).days == {2}


# Adding, duplicating and deleting


def test_a_new_inject_starts_after_the_one_before_it_in_its_session():
    done = asked(small(), "add_inject", day=1, after="D1-01", fields={"title": "New"})

    assert ids(done.texts, 1)[:3] == ["D1-01", "D1-10", "D1-02"]
    new = inject(done.texts, "D1-10")
    assert (new["at"], new["session"], new["title"]) == ("09:20", "picture", "New")
    assert done.sentence == "Added D1-10 to day 1, after D1-01. D1-01 now leads to D1-10."
    assert not assembled(done.texts).faults


def test_a_new_inject_never_begins_when_the_one_before_it_does_however_full_the_session_is():
    full = asked(small(), "write_inject", day=1, inject="D1-02", fields={"at": "09:30", "minutes": 30}).texts
    last = asked(full, "add_inject", day=1, after="D1-02", fields={"id": "LAST"})
    between = asked(last.texts, "write_inject", day=1, inject="D1-02", fields={"minutes": 60})
    between = asked(between.texts, "add_inject", day=1, after="D1-02", fields={"id": "BETWEEN"})

    assert inject(last.texts, "LAST")["at"] == "09:59"
    assert inject(between.texts, "BETWEEN")["at"] == "09:59"  # not after the one that follows


def test_a_new_inject_begins_later_than_the_one_before_it_where_another_arm_or_the_reserve_follows_in_the_file():
    arm = asked(small(), "add_inject", day=1, after="D1-04A", fields={"id": "NEW"}).texts
    moment = asked(small(), "write_inject", day=1, inject="D1-01", fields={"minutes": 0}).texts
    moment = asked(moment, "add_inject", day=1, after="D1-01", fields={"id": "NEW"}).texts

    assert [inject(arm, name)["at"] for name in ("D1-04A", "NEW", "D1-05")] == ["10:45", "11:05", "11:15"]
    assert [inject(moment, name)["at"] for name in ("D1-01", "NEW")] == ["09:00", "09:01"]


def test_a_new_inject_before_the_one_where_arms_join_follows_all_of_them():
    done = asked(small(), "add_inject", day=1, after="D1-04B", joins="D1-05", fields={"id": "NEW"})

    assert ids(done.texts, 1)[4:7] == ["D1-04B", "NEW", "D1-05"]
    assert inject(done.texts, "D1-04A")["next"] == inject(done.texts, "D1-04B")["next"] == ["NEW"]
    assert inject(done.texts, "NEW")["next"] == ["D1-05"]
    assert inject(done.texts, "D2-03")["needs"] == ["D1-05"]
    assert "D1-99" in refused(small(), "add_inject", day=1, after="D1-04B", joins="D1-99")


def test_a_new_first_inject_starts_with_its_session():
    done = asked(small(), "add_inject", day=2)

    assert ids(done.texts, 2)[0] == "D2-04"
    assert inject(done.texts, "D2-04")["at"] == "09:00"


def test_a_copy_stands_below_its_original_with_the_next_free_id():
    done = asked(small(), "duplicate_inject", inject="D2-02")

    assert ids(done.texts, 2) == ["D2-01", "D2-02", "D2-04", "D2-03"]
    assert inject(done.texts, "D2-04") == inject(small(), "D2-02") | {"id": "D2-04", "at": "09:50"}
    assert "D2-02 now leads to D2-04." in done.sentence


def test_what_led_to_a_deleted_inject_leads_on():
    texts = asked(small(), "write_inject", day=1, inject="D1-05", fields={"next": ["D2-01"]}).texts
    texts = asked(texts, "write_inject", day=2, inject="D2-03", fields={"needs": None}).texts

    done = asked(texts, "delete_inject", inject="D1-05")

    assert inject(done.texts, "D1-04A")["next"] == ["D2-01"]
    assert inject(done.texts, "D1-04B")["next"] == ["D2-01"]
    assert "D1-04A now leads to D2-01. D1-04B now leads to D2-01." in done.sentence


def test_the_order_of_the_file_closes_a_gap_by_itself():
    done = asked(small(), "delete_inject", inject="D1-02")

    assert leads(done.texts, "D1-01") == ["D1-03"]
    assert "next" not in inject(done.texts, "D1-01")
    assert done.sentence == "Deleted D1-02. D1-01 now leads to D1-03."


def test_what_followed_by_order_alone_leads_where_the_deleted_inject_led():
    texts = asked(small(), "write_inject", day=1, inject="D1-02", fields={"next": ["D1-05"]}).texts

    assert leads(asked(texts, "delete_inject", inject="D1-02").texts, "D1-01") == ["D1-05"]


def test_an_inject_is_not_deleted_while_it_is_open_who_takes_its_place():
    option = refused(small() | {}, "delete_inject", inject="D1-05")
    assert option.startswith("D1-05 cannot be taken out: D2-03 waits for it")

    texts = asked(small(), "write_inject", day=1, inject="D1-01", fields={"next": ["D1-03"]}).texts
    assert "D1-01 leads to it, and it leads to D1-04A and D1-04B. Let D1-01 lead elsewhere first." in refused(
        texts, "delete_inject", inject="D1-03"
    )


def test_translations_of_a_deleted_inject_go_with_it():
    done = asked(small(), "delete_inject", inject="D1-03")

    assert "D1-03" not in done.texts["translations/fr.yaml"]
    assert "day-1.sessions" in done.texts["translations/fr.yaml"]


def test_comments_between_injects_outlive_them():
    def sections(texts: Mapping[str, str]) -> list[str]:
        return [line for line in texts["day-1.yaml"].splitlines() if line.startswith("  # ---")]

    done = asked(LANTERN, "delete_inject", inject="D1-09")

    assert "D1-09" not in done.texts["day-1.yaml"]
    assert sections(done.texts) == sections(LANTERN) != []


# Moving


def test_an_inject_moved_within_its_day_joins_its_neighbours_session():
    done = asked(small(), "move_inject", inject="D1-01", day=1, after="D1-04B")

    assert ids(done.texts, 1) == ["D1-02", "D1-03", "D1-04A", "D1-04B", "D1-01", "D1-05", "D1-09"]
    assert inject(done.texts, "D1-01")["session"] == "rescue"
    assert "D1-01 now leads to D1-05." in done.sentence
    assert [one.inject for one in done.touched] == ["D1-01"]


def test_an_inject_moved_to_another_day_touches_both():
    done = asked(small(), "move_inject", inject="D1-09", day=2, after="D2-01")

    assert "D1-09" not in ids(done.texts, 1)
    assert ids(done.texts, 2) == ["D2-01", "D1-09", "D2-02", "D2-03"]
    assert inject(done.texts, "D1-09")["session"] == "reception"
    assert done.days == {1, 2}


def test_links_stay_with_an_inject_that_is_moved():
    done = asked(small(), "move_inject", inject="D1-05", day=2)

    assert leads(done.texts, "D1-04A") == ["D1-05"]
    assert ids(done.texts, 2)[0] == "D1-05"
    assert "D1-05 now leads to D2-01." in done.sentence


def test_an_inject_that_goes_over_into_the_session_beside_it_takes_a_time_there_in_one_step():
    done = asked(small(), "move_inject", inject="D1-02", day=1, after="D1-02", session="rescue")
    before = inject(small(), "D1-03")["at"]

    assert ids(done.texts, 1) == ids(small(), 1)
    assert (inject(done.texts, "D1-02")["session"], inject(done.texts, "D1-02")["at"]) == ("rescue", before)
    assert done.sentence.startswith("Moved D1-02 on day 1, into the session ")
    assert "after D1-02" not in done.sentence
    assert undone(done.texts, done.touched, done.splices).texts == small()
    assert "no session nowhere" in refused(small(), "move_inject", inject="D1-02", day=1, session="nowhere")


def test_an_inject_takes_the_time_after_its_new_neighbour_in_another_session():
    done = asked(small(), "move_inject", inject="D1-01", day=1, after="D1-03")

    assert inject(done.texts, "D1-01")["at"] == "10:35"


def test_an_inject_is_not_moved_to_where_it_stands():
    assert "stands there already" in refused(small(), "move_inject", inject="D1-02", day=1, after="D1-01")
    assert "cannot stand after itself" in refused(small(), "move_inject", inject="D1-02", day=1, after="D1-02")
    assert "There is no day 7" in refused(small(), "move_inject", inject="D1-02", day=7)


# Connecting


def test_a_link_beyond_the_next_inject_is_written_out_and_left_out_again():
    more = asked(small(), "connect", source="D1-01", target="D1-03")
    less = asked(more.texts, "disconnect", source="D1-01", target="D1-03")

    assert inject(more.texts, "D1-01")["next"] == ["D1-02", "D1-03"]
    assert more.sentence == "D1-01 leads to D1-02 and D1-03."
    assert less.texts == small()


def test_an_inject_that_leads_nowhere_says_so():
    done = asked(small(), "disconnect", source="D1-01", target="D1-02")

    assert inject(done.texts, "D1-01")["next"] == []
    assert asked(done.texts, "connect", source="D1-01", target="D1-02").texts == small()


def test_an_option_is_led_elsewhere_added_and_taken_away():
    led = asked(small(), "connect", source="D1-03", target="D1-05", option="A")
    added = asked(small(), "connect", source="D1-03", target="D1-05", option="C")

    assert inject(led.texts, "D1-03")["branch"]["options"]["A"]["next"] == "D1-05"
    assert list(inject(added.texts, "D1-03")["branch"]["options"]) == ["A", "B", "C"]
    assert not assembled(added.texts).faults
    assert asked(added.texts, "disconnect", source="D1-03", target="D1-05").texts == small()
    dropped = asked(added.texts, "disconnect", source="D1-03", target="D1-04B")
    assert "default" not in inject(dropped.texts, "D1-03")["branch"]
    assert "choose another default" in dropped.sentence


@pytest.mark.parametrize(
    "request_, telling",
    [
        (("connect", "D1-01", "D1-02", None), "leads to D1-02 already"),
        (("connect", "D1-01", "D1-01", None), "cannot lead to itself"),
        (("connect", "D1-01", "D1-09", None), "held in reserve"),
        (("connect", "D1-01", "D1-03", "A"), "is no decision"),
        (("connect", "D1-03", "D1-05", None), "Say by which option"),
        (("connect", "D1-03", "D1-04A", "A"), "leads to D1-04A already"),
        (("disconnect", "D1-01", "D1-05", None), "does not lead to D1-05"),
        (("disconnect", "D1-03", "D1-05", None), "by this option"),
        (("disconnect", "D1-03", "D1-04A", None), "needs two options"),
    ],
)
def test_a_link_that_cannot_be_is_refused(request_, telling):
    do, source, target, option = request_

    assert telling in refused(small(), do, source=source, target=target, option=option)
