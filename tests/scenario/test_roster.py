"""A roster is read from YAML or CSV, and everybody in it has a place."""

from pathlib import Path

import pytest

from tests.words import small_roster, write_yaml
from ttx.scenario.files import read_roster
from ttx.scenario.findings import Faulty
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat, read_role

ISLANDS = "Federated Islands of Tamarinda"


def csv(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "roster.csv"
    path.write_text(text, encoding=encoding)
    return path


def faults(path: Path) -> list[tuple[int, str | None, str]]:
    with pytest.raises(Faulty) as raised:
        read_roster(path)
    return [(fault.line, fault.field, fault.sentence) for fault in raised.value.findings]


@pytest.mark.parametrize(
    "text, role",
    [
        ("head", Role.HEAD),
        (" Head of Delegation ", Role.HEAD),
        ("FACILITATOR", Role.LEAD_FACILITATOR),
        ("lead", Role.LEAD_FACILITATOR),
        ("Lead facilitator", Role.LEAD_FACILITATOR),
        ("table-facilitator", Role.TABLE_FACILITATOR),
        ("Plenary", Role.PROJECTOR),
        ("screen", Role.PROJECTOR),
        ("evaluator", Role.EVALUATOR),
    ],
)
def test_a_role_is_known_by_its_everyday_names(text: str, role: Role) -> None:
    assert read_role(text) is role


def test_an_unknown_role_is_refused_with_the_list_of_roles() -> None:
    with pytest.raises(ValueError, match=r"^'king' is no role; the roles are admin, .* and projector\.$"):
        read_role("king")


def test_a_whole_roster_is_read_from_yaml(tmp_path: Path) -> None:
    written = small_roster()
    written["seats"][4]["language"] = "ar"
    write_yaml(tmp_path / "roster.yaml", written)

    roster = read_roster(tmp_path / "roster.yaml")

    assert roster == Roster(
        delegations={
            "Kestria": RosterDelegation(name="Kestria", groups=("SEA",)),
            "tamarinda": RosterDelegation(name=ISLANDS, groups=("LAND",)),
        },
        tables={"T1": "Table 1", "T2": "Table 2"},
        seats=(
            RosterSeat(role=Role.LEAD_FACILITATOR, name="Ana"),
            RosterSeat(role=Role.TABLE_FACILITATOR, table="T1"),
            RosterSeat(role=Role.HEAD, delegation="Kestria", table="T1"),
            RosterSeat(role=Role.DELEGATE, delegation="Kestria", table="T1"),
            RosterSeat(role=Role.HEAD, delegation="tamarinda", table="T2", language="ar"),
            RosterSeat(role=Role.PROJECTOR),
        ),
    )


def test_a_list_of_seats_is_a_roster_and_names_become_ids(tmp_path: Path) -> None:
    write_yaml(
        tmp_path / "roster.yaml",
        [{"delegation": ISLANDS, "table": 3}, {"delegation": ISLANDS, "role": "delegate", "groups": ["SEA"]}],
    )

    roster = read_roster(tmp_path / "roster.yaml")

    ident = "federated-islands-of-tamarinda"
    assert roster.delegations == {ident: RosterDelegation(name=ISLANDS, groups=("SEA",))}
    assert roster.tables == {"table-3": "3"}
    assert roster.seats == (
        RosterSeat(role=Role.HEAD, delegation=ident, table="table-3"),
        RosterSeat(role=Role.DELEGATE, delegation=ident),
    )


def test_a_roster_is_read_from_a_spreadsheet_as_it_comes(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "Delegation;TABLE;Role;Language;Name;Groups;\n"
        "Kestria;1;Head of delegation;;Ana  Marić;SEA, LAND;\n"
        ";;;;;;\n"
        ";;plenary;;;;\n",
        encoding="utf-8-sig",
    )

    roster = read_roster(path)

    assert roster.delegations == {"Kestria": RosterDelegation(name="Kestria", groups=("SEA", "LAND"))}
    assert roster.tables == {"table-1": "1"}
    assert roster.seats == (
        RosterSeat(role=Role.HEAD, delegation="Kestria", table="table-1", name="Ana Marić"),
        RosterSeat(role=Role.PROJECTOR),
    )


def test_different_names_never_share_an_id_and_one_name_has_one(tmp_path: Path) -> None:
    names = ["Côte Verte", "Cote Verte", "cote-verte", "COTE  VERTE", "جزر", "កោះ", "Cote-Verte?"]
    path = csv(tmp_path, "delegation,role\n" + "".join(f"{name},delegate\n" for name in names))

    roster = read_roster(path)

    assert {ident: delegation.name for ident, delegation in roster.delegations.items()} == {
        "cote-verte": "Côte Verte",
        "cote-verte-2": "Cote Verte",
        "cote-verte-3": "cote-verte",
        "delegation": "جزر",
        "delegation-2": "កោះ",
        "cote-verte-4": "Cote-Verte?",
    }
    assert roster.seats[3].delegation == "cote-verte-2"


def test_a_seat_may_say_a_declared_delegations_id_or_its_name(tmp_path: Path) -> None:
    written = small_roster()
    written["seats"] = [{"delegation": "TAMARINDA"}, {"delegation": ISLANDS, "role": "delegate"}]
    write_yaml(tmp_path / "roster.yaml", written)

    roster = read_roster(tmp_path / "roster.yaml")

    assert [seat.delegation for seat in roster.seats] == ["tamarinda", "tamarinda"]


@pytest.mark.parametrize(
    "rows, line, field, telling",
    [
        (",,king\n", 2, "seats.1.role", "'king' is no role; the roles are admin,"),
        (",T1,\n", 2, "seats.1.role", "The seat has no role; the roles are admin,"),
        (",T1,head\n", 2, "seats.1.delegation", "A head answers for a delegation; name it."),
        (",T1,delegate\n", 2, "seats.1.delegation", "A delegate answers for a delegation; name it."),
        ("A,,head\nA,,table facilitator\n", 3, "seats.2.table", "A table facilitator runs a table; name it."),
        ("", 1, "seats", "The roster has no seats; give at least one delegation a head."),
        ("A,,head,more\n", 2, None, "This row has more cells than the 3 columns of the header."),
        ('A,,"head\n', 2, None, "This row cannot be read as CSV: unexpected end of data."),
    ],
)
def test_a_fault_of_a_roster_is_told_with_its_line(
    tmp_path: Path, rows: str, line: int, field: str | None, telling: str
) -> None:
    path = csv(tmp_path, f"delegation,table,role\n{rows}")

    ((found_line, found_field, sentence),) = faults(path)

    assert (found_line, found_field) == (line, field)
    assert sentence.startswith(telling)


def test_all_faults_of_a_roster_are_told_at_once(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "delegation,role,langauge,language,name,account,groups\n"
        "A,head,x,en,Ana,ana@a.example,\n"
        "A,head,,English,Ana,,\n"
        "B,head,,,Bo,ana@a.example,\n"
        ",projector,,,,,SEA\n",
    )

    found = faults(path)

    assert found == [
        (2, "seats.1.langauge", "'langauge' is not a field of a seat; did you mean 'language'?"),
        (3, "seats.2.language", "'English' is no language's code; write one such as en, ar or id."),
        (3, "seats.2.name", "Ana with the same role already has the seat on line 2; remove one."),
        (4, "seats.3.account", "The account ana@a.example already has the seat on line 2; remove one."),
        (5, "seats.4.groups", "Working groups belong to a delegation, and this seat has none."),
    ]


def test_a_yaml_roster_tells_its_faults_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "roster.yaml"
    path.write_text(
        "delegations:\n"
        "  A: {name: Same}\n"
        "  B: {name: same, group: [SEA]}\n"
        "  3rd: Third\n"
        "  D: 4\n"
        "  A: {name: Again}\n"
        "table: {}\n"
        "tables: [T1]\n"
        "seats:\n"
        "  - role: head\n"
        "    delegation: [A]\n"
        "  - head\n"
    )

    found = faults(path)

    assert found == [
        (3, "delegations.B", "'same' is the name of A and of B; give each its own."),
        (3, "delegations.B.group", "'group' is not a field of a delegation; did you mean 'groups'?"),
        (
            4,
            "delegations.3rd",
            "'3rd' is no id; an id is a letter, then letters, digits, - or _, 40 at most.",
        ),
        (5, "delegations.D", "Delegation D needs a name: D: {name: ...}."),
        (6, "delegations.A", "'A' stands there twice; the second one is never used."),
        (7, "table", "'table' is not a part of a roster; did you mean 'tables'?"),
        (8, "tables", "The tables must stand as id: name, one a line."),
        (11, "seats.1.delegation", "seats.1.delegation must be text; put it in quotes."),
        (12, "seats", "A seat is written as fields: {delegation: ..., role: ...}."),
    ]


def test_names_have_an_end(tmp_path: Path) -> None:
    path = tmp_path / "roster.yaml"
    write_yaml(path, {"tables": {"T1": "a" * 201}, "seats": [{"delegation": "b" * 201, "name": "c" * 201}]})

    assert [(field, sentence) for _, field, sentence in faults(path)] == [
        ("tables.T1", "The name of T1 is longer than 200 signs."),
        ("seats.1.delegation", "The delegation is longer than 200 signs."),
        ("seats.1.name", "The name is longer than 200 signs."),
    ]


def test_a_file_of_another_kind_is_no_roster(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_text("PK")

    assert faults(path) == [(1, None, "roster.xlsx is no roster; a roster is a .yaml or a .csv file.")]
