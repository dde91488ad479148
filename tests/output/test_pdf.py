"""A paper as PDF is set with what we carry, whatever the machine has."""

import pytest
import typst

from tests.output.words import pdf_texts, sitman
from tests.words import small_scenario
from ttx.output import typesetter
from ttx.output.pdf import as_pdf
from ttx.scenario.model import Scenario

COOPERATION = (
    "**Cooperation**, hợp tác, συνεργασία, сотрудничество",
    "**ความร่วมมือ** ความร่วมมือ",
    "**ຄວາມຮ່ວມມື** ຄວາມຮ່ວມມື",
    "**កិច្ចសហប្រតិបត្តិការ** កិច្ចសហប្រតិបត្តិការ",
    "**ပူးပေါင်းဆောင်ရွက်မှု** ပူးပေါင်းဆောင်ရွက်မှု",
    "**সহযোগিতা** সহযোগিতা",
    "**सहयोग** सहयोग",
    "**සහයෝගීතාව** සහයෝගීතාව",
    "**ஒத்துழைப்பு** ஒத்துழைப்பு",
    "**التعاون** تعاون",
)
"""One word in each script that a paper is set in without the machine's fonts, bold and not."""
SCRIPTS = ("Thai", "Lao", "Khmer", "Myanmar", "Bengali", "Devanagari", "Sinhala", "Tamil", "Arabic")
FACES = [f"{script}-{weight}" for script in SCRIPTS for weight in ("Regular", "Bold")]


def test_a_machine_without_fonts_prints_every_script_we_carry(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = typst.Fonts(include_system_fonts=False, font_paths=[typesetter.FONTS])
    monkeypatch.setattr(typesetter, "_fonts", lambda: ours)

    scenario = Scenario.model_validate({**small_scenario(), "summary": "\n\n".join(COOPERATION)})

    content = as_pdf(sitman(scenario))

    assert "has no font" not in "".join(pdf_texts(content))
    assert b"pdfuaid" in content
    assert [face for face in FACES if f"+NotoSans{face}".encode() not in content] == []
