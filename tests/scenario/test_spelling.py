"""Fresh YAML is laid out the way a careful author writes it."""

from tests.scenario.layouts import DAY
from tests.words import inject, told_scenario
from ttx.scenario.files import assembled
from ttx.scenario.writing import written


def test_speakers_the_rules_of_a_vote_and_the_time_in_the_story_stand_in_their_order():
    data = told_scenario()
    branch = inject(data, "D1-03")["branch"]
    inject(data, "D1-03")["branch"] = {name: branch[name] for name in reversed(branch)}
    speakers = data["days"][0]["sessions"][1]["speakers"]
    speakers[0] = {name: speakers[0][name] for name in reversed(speakers[0])}

    text = written(data)[DAY]

    assert (
        """\
    speakers:
      - {name: Ines Caldera, role: Harbour master of Ellory, topic: A quay by night}
      - {name: Tomas Wren}
"""
        in text
    )
    assert "\n      default: B\n      by: tables\n      hidden: true\n      quorum: 60\n      binding: true\n" in text
    assert "\n    story: Tuesday, before dawn\n" in text
    assert assembled(written(data)).data == data
