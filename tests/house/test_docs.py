"""What the documents promise is there, and what is there is documented."""

import re
from pathlib import Path
from typing import get_args

import pytest

from ttx.exercise.requests import Asked
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.web.access import GATES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "scenarios" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_told_to_operators():
    told = set(re.findall(r"`TTX_(\w+)`", text("docs/operate.md")))

    assert told == {name.upper() for name in Settings.model_fields}


def test_every_verb_is_told_to_programmers():
    verbs = {get_args(one.model_fields["do"].annotation)[0] for one in get_args(Asked)}
    (commands,) = re.findall(r"\nCommands: (.*?)\n\n", text("docs/api.md"), re.DOTALL)
    told = {name.split()[0] for name in re.findall(r"`([a-z_]+(?: \{[^}]*\})?)`", commands.split("An answer")[0])}

    assert told == verbs


def test_every_call_of_the_api_is_told_to_programmers():
    calls = {re.sub(r"\{exercise\}", "ID", call) for call in GATES if "/api/v1/" in call}
    page = text("docs/api.md")

    assert [call for call in calls if call.split()[1] not in page] == []


def test_every_role_is_told():
    roles = text("docs/words.md").partition("## Roles")[2].partition("##")[0]

    assert set(re.findall(r"`(\w+)`", roles)) == {role.value for role in Role}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_the_readme_is_short():
    assert len(text("README.md").splitlines()) < 100


@pytest.mark.parametrize("page", ["docs/security.md", "docs/asvs.md"])
def test_every_test_that_a_page_on_security_names_is_there(page: str):
    file, missing, named = "", [], re.findall(r"`(tests/[\w/]+\.py)?::(test_\w+)`", text(page))
    for given, name in named:
        file = given or file
        if f"def {name}(" not in text(file):
            missing.append(f"{file}::{name}")

    assert len(named) > 40
    assert missing == []


STANDS = ("met", "open", "not applicable")


def test_every_requirement_of_the_asvs_stands_once_and_what_is_met_names_where():
    rows = re.findall(
        r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text("docs/asvs.md"), re.MULTILINE
    )
    files = re.findall(
        r"`((?:ttx|tests|frontend|deploy|docs|scenarios)/[\w./-]+\.\w+)(?:::\w+)?`", text("docs/asvs.md")
    )

    assert len(rows) == len({number for number, *_ in rows}) == 253  # levels 1 and 2 of ASVS 5.0.0
    assert {stands for _, _, _, stands, _ in rows} == set(STANDS)
    assert [number for number, _, _, stands, why in rows if stands != "not applicable" and not why.strip()] == []
    assert sorted({one for one in files if not (ROOT / one).exists()}) == []


@pytest.mark.parametrize("level", ["1", "2"])
def test_the_figures_of_the_asvs_are_those_of_its_rows(level: str):
    page = text("docs/asvs.md")
    (told,) = re.findall(rf"^\| level {level} \| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    found = [
        stands
        for at, stands in re.findall(r"^\| [\d.]+ \| ([12]) \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE)
        if at == level
    ]

    assert [int(one) for one in told] == [found.count(one) for one in STANDS]
