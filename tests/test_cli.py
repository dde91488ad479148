"""The command line's contract: what each command prints, where, and its exit code; every error is a sentence."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.words import Ttx, sentence
from tests.store.words import meddling
from tests.web.words import SCENARIO, roster
from tests.words import inject, small_roster, small_scenario, write_scenario, write_yaml
from ttx import __version__
from ttx.exercise.entries import DayOpened, ExerciseEnded, InjectReleased, ResponseSubmitted
from ttx.exercise.records import Seal
from ttx.scenario.roster import Role
from ttx.store import accounts, log, seats, sessions
from ttx.store.database import Store
from ttx.web.shown import utc_now

HOUSE = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small scenario with its roster, as files."""
    return write_scenario(tmp_path / "small", small_scenario(), small_roster())


@pytest.fixture
def exercise(tmp_path: Path) -> str:
    """An exercise in `data` with an answer in it."""
    with Store(tmp_path / "data") as store:
        exercise = log.create_exercise(store, SCENARIO, roster())
        answered = ResponseSubmitted.model_validate(
            {"inject": "D1-01", "question": "q1", "delegation": "Kestria", "answer": {"text": "We call"}}
        )
        with log.writing(store, exercise) as book:
            book.append([DayOpened(day=1), InjectReleased(inject="D1-01"), answered], None, utc_now())
    return exercise


# check


def test_check_finds_nothing_in_what_comes_along(ttx: Ttx):
    scenario = HOUSE / "scenarios" / "lantern-tide"

    assert ttx("check", scenario, "--json").object == {"findings": [], "errors": 0}
    plain = ttx("check", scenario)
    assert (plain.code, plain.out) == (0, f"{scenario}: no findings.\n")


def test_check_reports_every_fault_with_its_place(ttx: Ttx, tmp_path: Path):
    data = small_scenario()
    inject(data, "D1-02")["next"] = ["D9-99"]
    del inject(data, "D1-01")["sender"]
    folder = write_scenario(tmp_path / "faulty", data)

    said = ttx("check", folder, "--json")
    plain = ttx("check", folder)

    assert said.code == plain.code == 1
    findings = said.object["findings"]
    assert said.object["errors"] == len([one for one in findings if one["severity"] == "error"]) >= 2
    assert {"severity", "file", "line", "inject", "field", "sentence"} == set(findings[0])
    places = {(one["file"], one["inject"]) for one in findings}
    assert {("day-1.yaml", "D1-01"), ("day-1.yaml", "D1-02")} <= places
    assert plain.out == ""
    assert all(one["sentence"] in plain.err for one in findings)


def test_check_of_a_folder_that_is_not_there_is_a_finding(ttx: Ttx):
    said = ttx("check", "nowhere", "--json")

    assert said.code == 1
    assert "does not exist" in said.object["findings"][0]["sentence"]


# exercise, token, account


def test_exercise_new_gives_every_seat_a_code(ttx: Ttx, folder: Path):
    made = ttx("exercise", "new", folder, "--roster", folder / "roster.yaml", "--data", "data", "--json")

    assert made.code == 0
    assert set(made.object) == {"id", "exercise", "seats"}
    listed = made.object["seats"]
    assert [(seat["role"], seat["delegation"], seat["table"]) for seat in listed] == [
        ("lead_facilitator", None, None),
        ("table_facilitator", None, "T1"),
        ("head", "Kestria", "T1"),
        ("delegate", "Kestria", "T1"),
        ("head", "tamarinda", "T2"),
        ("projector", None, None),
    ]
    with Store(Path("data"), create=False) as store:
        for seat in listed:
            found = seats.seat_by_code(store, seat["code"])
            assert found is not None
            assert (found.exercise, found.role) == (made.object["exercise"], seat["role"])


def test_exercise_new_takes_a_scenario_that_comes_along_and_a_roster_as_csv(ttx: Ttx, tmp_path: Path):
    (tmp_path / "people.csv").write_text(
        "delegation,table,role,language,name\nAruna,Table 1,head,fr,Ana\n,,lead,en,Bo\n"
    )

    made = ttx("exercise", "new", "lantern-tide", "--roster", "people.csv", "--data", "data")

    assert made.code == 0
    assert made.out.startswith("Exercise ")
    assert "Head of delegation" in made.out


def test_exercise_new_tells_every_fault_of_a_roster_and_makes_nothing(ttx: Ttx, folder: Path, tmp_path: Path):
    write_yaml(tmp_path / "bad.yaml", {"seats": [{"role": "king"}, {"role": "head"}]})

    said = ttx("exercise", "new", folder, "--roster", "bad.yaml", "--data", "data", "--json")
    missing = ttx("exercise", "new", folder, "--roster", "none.yaml", "--data", "data", "--json")

    assert (said.code, said.out) == (missing.code, missing.out) == (1, "")
    assert "'king' is no role" in said.err
    assert "2 findings." in said.err
    assert "none.yaml is missing" in missing.err
    with Store(tmp_path / "data") as store:
        assert log.exercises(store) == []


def test_token_new_makes_a_token_that_works(ttx: Ttx, exercise: str):
    made = ttx("token", "new", "--exercise", exercise, "--role", "lead", "--data", "data", "--json")
    plain = ttx("token", "new", "--exercise", exercise, "--role", "head", "--delegation", "Kestria", "--data", "data")

    assert set(made.object) == {"token", "seat", "role"}
    with Store(Path("data"), create=False) as store:
        by_json = seats.seat_by_token(store, made.object["token"])
        by_line = seats.seat_by_token(store, plain.out.strip())
    assert by_json is not None
    assert (by_json.id, by_json.role) == (made.object["seat"], Role.LEAD_FACILITATOR)
    assert by_line is not None
    assert (by_line.role, by_line.delegation) == (Role.HEAD, "Kestria")


def test_token_new_refuses_what_leads_nowhere(ttx: Ttx, exercise: str):
    def new(*words: str, exercise: str = exercise, data: str = "data") -> str:
        return sentence(ttx("token", "new", "--exercise", exercise, "--data", data, "--role", *words))

    assert "'king' is no role" in new("king")
    assert "--delegation" in new("head")
    assert "There is no delegation Atlantis" in new("head", "--delegation", "Atlantis")
    assert "There is no table T9" in new("table_facilitator", "--table", "T9")
    assert "There is no exercise none" in new("lead", exercise="none")
    assert "there is no ttx database in it" in new("lead", data="elsewhere")
    assert not Path("elsewhere").exists()


def test_account_new_reads_the_password_from_standard_input(ttx: Ttx, exercise: str):
    made = ttx("account", "new", "Ana", "--data", "data", stdin="a long enough password\n")
    seated = ttx("account", "seat", "ana", "--exercise", exercise, "--role", "lead", "--data", "data")

    assert (made.code, made.out) == (0, "Account Ana can sign in at /login.\n")
    assert seated.code == 0
    with Store(Path("data"), create=False) as store:
        account = accounts.sign_in(store, "ANA", "a long enough password")
        assert account is not None
        assert not account.admin
        assert [seat.role for seat in accounts.seats_of_account(store, "ana")] == [Role.LEAD_FACILITATOR]


def test_an_operator_signs_out_disables_and_gives_a_new_password(ttx: Ttx, tmp_path: Path):
    for name in ("ana", "bob"):
        ttx("account", "new", name, "--data", "data", stdin="a long enough password\n")
    with Store(tmp_path / "data") as store:
        for name in ("ana", "ana", "bob"):
            sessions.open_session(store, name)

    assert "the name of an account, or --everybody" in sentence(ttx("account", "sign-out", "--data", "data"))
    assert "no account eve" in sentence(ttx("account", "sign-out", "eve", "--data", "data"))
    assert ttx("account", "sign-out", "Ana", "--data", "data").out == "2 browsers were signed out.\n"
    assert ttx("account", "sign-out", "--everybody", "--data", "data").out == "1 browser was signed out.\n"
    assert ttx("account", "password", "ana", "--data", "data", stdin="another sentence altogether\n").code == 0
    assert ttx("account", "disable", "bob", "--data", "data").code == 0
    assert "no account eve" in sentence(ttx("account", "disable", "eve", "--data", "data"))
    with Store(tmp_path / "data") as store:
        assert accounts.sign_in(store, "ana", "another sentence altogether") is not None
        assert accounts.sign_in(store, "bob", "a long enough password") is None


def test_account_new_refuses_short_passwords_and_taken_names(ttx: Ttx):
    assert "15 characters" in sentence(ttx("account", "new", "ana", "--data", "data", stdin="short\n"))
    assert "15 characters" in sentence(ttx("account", "new", "ana", "--data", "data", stdin=""))
    assert ttx("account", "new", "ana", "--admin", "--data", "data", stdin="a long enough password").code == 0
    again = ttx("account", "new", "ana", "--data", "data", stdin="another long password\n")
    assert "already" in sentence(again)
    assert "There is no account bo" in sentence(
        ttx("account", "seat", "bo", "--exercise", "none", "--role", "lead", "--data", "data")
    )


# report, verify, backup, restore


def test_report_writes_every_format(ttx: Ttx, exercise: str, tmp_path: Path):
    for form in ("json", "csv", "xlsx"):
        said = ttx("report", exercise, "--tier", "full", "--as", form, "-o", f"report.{form}", "--data", "data")
        assert (said.code, said.out) == (0, "")

    assert json.loads((tmp_path / "report.json").read_text())["tier"] == "full"
    assert "We call" in (tmp_path / "report.csv").read_text("utf-8-sig")
    assert zipfile.ZipFile(tmp_path / "report.xlsx").testzip() is None


@pytest.mark.parametrize("tier, more", [("own", ("--delegation", "Kestria")), ("analyst", ())])
def test_report_writes_each_tier(ttx: Ttx, exercise: str, tmp_path: Path, tier: str, more: tuple[str, ...]):
    said = ttx("report", exercise, "--tier", tier, "--as", "json", "-o", "report.json", "--data", "data", *more)

    assert said.code == 0
    assert json.loads((tmp_path / "report.json").read_text())["tier"] == tier


def test_report_says_why_it_writes_nothing(ttx: Ttx, exercise: str, tmp_path: Path):
    def report(*words: str, tier: str = "full", form: str = "json", of: str = exercise, to: str = "r.json") -> str:
        return sentence(ttx("report", of, "--tier", tier, "--as", form, "-o", to, "--data", "data", *words))

    assert "docx, pdf, html, xlsx, csv, json" in report(form="odt")
    assert "name one that takes part" in report(tier="own")
    assert "name one that takes part" in report("--delegation", "Atlantis", tier="own")
    assert "when the exercise has ended" in report(tier="public")
    assert "There is no exercise none" in report(of="none")
    assert "nowhere/r.json: No such file or directory" in report(to="nowhere/r.json")
    assert not (tmp_path / "r.json").exists()


def test_verify_says_that_a_record_is_whole(ttx: Ttx, exercise: str):
    said, plain = ttx("verify", exercise, "--data", "data", "--json"), ttx("verify", exercise, "--data", "data")

    assert (said.code, plain.code) == (0, 0)
    assert (said.object["entries"], said.object["fault"]) == (4, None)
    assert plain.out == f"{said.object['sentence']}\n"


def test_verify_finds_what_was_changed(ttx: Ttx, exercise: str):
    with Store(Path("data"), create=False) as store, meddling(store) as raw:
        raw.execute("UPDATE bodies SET body = replace(body, 'We call', 'We wait') WHERE seq = 4")

    said, plain = ttx("verify", exercise, "--data", "data", "--json"), ttx("verify", exercise, "--data", "data")

    assert (said.code, plain.code) == (1, 1)
    assert said.object["fault"] == 4
    assert "the body of entry 4" in plain.out


def test_what_was_noted_at_a_days_close_is_found_again_unless_the_end_was_cut_off(ttx: Ttx, exercise: str):
    with Store(Path("data"), create=False) as store:
        last = log.read(store, exercise)[-1]
    seal = Seal(1, last.seq, last.hash).groups
    checks = ("verify", exercise, "--data", "data", "--noted")

    assert ttx(*checks, seal.upper()).code == 0
    assert f"the hash of entry {last.seq}." in ttx(*checks, seal).out
    assert "Type it anew" in ttx(*checks, "3f2a").err

    with Store(Path("data"), create=False) as store, meddling(store) as raw:
        raw.execute("DELETE FROM bodies WHERE seq = 4")
        raw.execute("DELETE FROM entries WHERE seq = 4")
        raw.execute("UPDATE exercises SET head = 3, head_hash = (SELECT hash FROM entries WHERE seq = 3)")

    assert ttx("verify", exercise, "--data", "data").code == 0
    said = ttx(*checks, seal)
    assert (said.code, "was cut off or written anew" in said.out) == (1, True)


def test_verify_of_an_exercise_that_is_not_there_fails(ttx: Ttx, exercise: str):
    said = ttx("verify", "none", "--data", "data")

    assert (said.code, said.out) == (1, "There is no exercise none in this data directory.\n")


def test_a_backup_is_restored_in_a_new_epoch(ttx: Ttx, exercise: str, tmp_path: Path):
    assert ttx("backup", "kept.sqlite", "--data", "data").code == 0
    assert ttx("restore", "kept.sqlite", "--data", "other").code == 0

    assert ttx("verify", exercise, "--data", "other").code == 0
    with Store(tmp_path / "data") as old, Store(tmp_path / "other") as new:
        (before, before_epoch), (after, after_epoch) = log.head(old, exercise), log.head(new, exercise)
        assert (after, log.read(new, exercise)) == (before, log.read(old, exercise))
    assert after_epoch != before_epoch


def test_an_exercise_that_has_ended_goes_elsewhere_as_a_file(ttx: Ttx, exercise: str, tmp_path: Path):
    assert "it has not ended" in sentence(ttx("exercise", "export", exercise, "-o", "autumn.zip", "--data", "data"))
    with Store(tmp_path / "data") as store, log.writing(store, exercise) as book:
        book.append([ExerciseEnded()], None, utc_now())
    assert ttx("exercise", "export", exercise, "-o", "autumn.zip", "--data", "data").code == 0
    assert (tmp_path / "autumn.zip").stat().st_mode & 0o777 == 0o600
    assert "already" in sentence(ttx("exercise", "export", exercise, "-o", "autumn.zip", "--data", "data"))

    told = ttx("exercise", "import", "autumn.zip", "--data", "other", "--json").object

    assert (told["exercise"], told["entries"]) == (exercise, 5)
    assert len(told["seats"]) > 3
    assert ttx("verify", exercise, "--data", "other").code == 0
    ttx("exercise", "export", exercise, "-o", "again.zip", "--data", "other")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "autumn.zip").read_bytes()
    assert "already" in sentence(ttx("exercise", "import", "autumn.zip", "--data", "other"))


def test_what_was_said_is_shredded_on_request_and_by_age(ttx: Ttx, exercise: str, tmp_path: Path):
    assert "--people, --said" in sentence(ttx("exercise", "shred", exercise, "--data", "data"))
    assert "--ended-days" in sentence(ttx("exercise", "shred", "--said", "--data", "data"))
    assert "it has not ended" in sentence(ttx("exercise", "shred", exercise, "--said", "--yes", "--data", "data"))
    with Store(tmp_path / "data") as store, log.writing(store, exercise) as book:
        book.append([ExerciseEnded()], None, utc_now())
    young = ttx("exercise", "shred", "--ended-days", "30", "--said", "--yes", "--data", "data")
    refused = ttx("exercise", "shred", exercise, "--said", "--data", "data", stdin="n\n")

    done = ttx("exercise", "shred", "--ended-days", "0", "--said", "--people", "--yes", "--data", "data")

    assert (young.code, young.out, refused.code) == (0, "", 1)
    assert "1 entries shredded" in done.out
    assert "1 with a shredded body" in ttx("verify", exercise, "--data", "data").out


def test_backup_and_restore_say_why_they_do_nothing(ttx: Ttx, exercise: str, tmp_path: Path):
    ttx("backup", "kept.sqlite", "--data", "data")
    (tmp_path / "noise").write_bytes(b"noise" * 1000)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")

    assert "a file of that name already" in sentence(ttx("backup", "kept.sqlite", "--data", "data"))
    assert "no such file or directory" in sentence(ttx("backup", "nowhere/kept.sqlite", "--data", "data"))
    assert "no ttx database" in sentence(ttx("backup", "more.sqlite", "--data", "nothing"))
    assert "no such file" in sentence(ttx("restore", "none", "--data", "new"))
    assert "damaged or no database" in sentence(ttx("restore", "noise", "--data", "new"))
    assert "not empty" in sentence(ttx("restore", "kept.sqlite", "--data", "full"))


# What stands in the way of all of them


def test_serve_refuses_what_it_cannot_do(ttx: Ttx):
    nobody = "postgresql://ttx@127.0.0.1:1/ttx"
    assert "its server does not let us in" in sentence(ttx("serve", "--data", "data", "--database", nobody))
    assert "its address is none" in sentence(ttx("serve", "--data", "data", "--database", "ttx.sqlite"))
    assert "CERT:KEY" in sentence(ttx("serve", "--data", "data", "--tls", "cert.pem"))


def test_a_data_directory_that_cannot_be_made_is_a_sentence(ttx: Ttx):
    said = ttx("account", "new", "ana", "--data", "/proc/nowhere/data", stdin="a long enough password")

    assert "/proc/nowhere/data could not be opened" in sentence(said)


def test_a_data_directory_of_somebody_else_is_a_sentence(ttx: Ttx, tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ttx.sqlite").write_bytes(b"not a database at all, but long enough to look like one" * 20)

    assert "damaged or none" in sentence(ttx("verify", "x", "--data", "data"))
    assert "damaged or none" in sentence(ttx("serve", "--data", "data"))


def test_a_command_that_is_not_there_is_named(ttx: Ttx):
    said = ttx("fly")

    assert said.code == 2
    assert "No such command 'fly'" in said.err


def test_help_names_every_command(ttx: Ttx):
    said = ttx("--help")

    assert said.code == 0
    exercises = ("demo", "serve", "exercise", "token", "account", "report", "verify", "backup", "restore")
    for command in (*exercises, "check", "scenario"):
        assert command in said.out


def test_several_scenarios_are_checked_as_a_shell_names_them(ttx: Ttx, folder: Path, tmp_path: Path):
    write_scenario(tmp_path / "other", {**small_scenario(), "title": ""}, small_roster())
    (tmp_path / "README.md").write_text("No scenario\n")

    said = ttx("check", "README.md", "other", "small", "--json")

    assert said.code == 1
    assert {one["file"] for one in said.object["findings"]} == {"other/scenario.yaml"}
    assert "small: no findings." in ttx("check", "README.md", "small").out
    assert "None of these is a folder" in sentence(ttx("check", "README.md", "README.md"))


def test_it_says_which_version_it_is(ttx: Ttx):
    assert ttx("--version").out.strip() == f"ttx {__version__}"
