"""Files as peers' programs write them, with stories of our own and the odd corners of the real formats."""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from tests.scenario.formats.words import imported
from ttx.scenario.formats.understood import Understood
from ttx.scenario.model import Inject, Scenario

Json = dict[str, Any]


def as_file(data: object) -> bytes:
    """Data as the bytes of a JSON file."""
    return json.dumps(data, indent=1).encode()


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    holding = io.BytesIO()
    with zipfile.ZipFile(holding, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in members.items():
            into.writestr(name, content)
    return holding.getvalue()


def read(data: object, name: str = "file.json") -> tuple[Understood, Scenario]:
    """What was understood of this data as a file, and the sound scenario it is."""
    return imported(name, as_file(data))


def injects(scenario: Scenario) -> dict[str, Inject]:
    """All injects by their titles."""
    return {inject.title: inject for day in scenario.days for inject in day.injects}


def told(sentences: tuple[str, ...], *words: str) -> bool:
    """Whether one of these sentences has all these words."""
    return any(all(word in sentence for word in words) for sentence in sentences)


def injects_of(data: Any) -> list[Any]:
    """The list of injects in a peer's data."""
    if isinstance(data, list):
        return data
    found: list[Any] = data.get("injects") or data["scenario_injects"]
    return found


def t3sf() -> list[Json]:
    """Five injects for three players, past midnight, one with a poll and one with a picture."""
    rows = [
        ("10:40 PM", "Monday 9:00 AM", "Boat in distress", "Harbour master", "Coast guard", "A boat calls.", "", ""),
        (
            "11:10 PM",
            "Monday 9:20 AM",
            "Which port?",
            "Rescue centre",
            "Ministry",
            "Name a port.",
            "",
            "Ellory | None yet",
        ),
        (
            "11:55 PM",
            "Monday 9:50 AM",
            "Photograph",
            "Merevale Gazette",
            "Press office",
            "Is this yours?",
            "deck.png",
            "",
        ),
        (
            "12:20 AM",
            "Monday 10:00 AM",
            "Beds",
            "Reception",
            "Ministry",
            "<b>Forty</b> beds.<br>No interpreter.",
            "",
            "",
        ),
        ("12:20 AM", "Monday 10:00 AM", "Beds", "Reception", "Coast guard", "Forty beds.", "", ""),
    ]
    return [
        {"#": number, "Real Time": real, "Date": date, "Subject": subject, "From": sender, "Player": player,
         "Script": script, "Photo": f"https://pictures.example.org/{picture}" if picture else "",
         "Picture Name": picture,
         "Profile": "https://pictures.example.org/face.png" if number == 1 else "", "Poll": poll}
        for number, (real, date, subject, sender, player, script, picture, poll) in enumerate(rows, 1)
    ]  # fmt: skip


def iceberg() -> Json:
    """A decision with two ways that meet, a way that ends, an inject that nothing leads to, and a debriefing."""
    return {
        "schema_version": "1.0",
        "title": "Night at Ellory",
        "description": "A boat and a port.",
        "tags": ["sea"],
        "metadata": {"author": "Working group", "estimated_duration_minutes": 80},
        "participant_teams": [{"id": "sea_desk", "label": "Sea desk"}, {"id": "2nd", "label": "Legal"}],
        "start_inject_id": "call",
        "injects": [
            _node("call", "A call", order=1, teams=["sea_desk"], options=[
                _option("send", "Send a cutter", "cutter"), _option("wait", "Wait", "drift"),
                _option("no", "Refuse", None)]),
            _node("cutter", "The cutter sails", order=2, following="landing",
                  expected_actions=["Tell the port", "Log it"]),
            _node("drift", "The boat drifts", order=3, following="landing"),
            _node("landing", "The landing", order=4, teams=["sea_desk", "2nd"], triggers_communications=[
                {"external_entity": "Gazette", "direction": "inbound", "subject": "Numbers?", "body": "How many?",
                 "delay_after_release_seconds": 60},
                {"external_entity": "UNHCR", "direction": "outbound", "subject": "Alert", "body": "We landed them."}]),
            _node("spare", "A second boat", order=9, options=[_option("x", "Go", "landing")]),
        ],
        "debrief_notes": "Ask who decided.",
    }  # fmt: skip


def _node(ident: str, title: str, *, order: int, teams: list[str] | None = None, following: str | None = None,
          options: list[Json] | None = None, **more: Any) -> Json:  # fmt: skip
    return {"id": ident, "title": title, "content": f"{title}, says the desk.", "target_teams": teams or [],
            "sequence_order": order, "next_inject_id": following, "options": options or [], "free_text_response": True,
            "expected_actions": [], "triggers_communications": [], **more}  # fmt: skip


def _option(ident: str, label: str, following: str | None) -> Json:
    return {"id": ident, "label": label, "next_inject_id": following}


FIRST, SECOND, THIRD = (f"{number}0000000-1111-4222-8333-444444444444" for number in (1, 2, 3))


def cexf() -> Json:
    """Three injects; the flow starts with the second, whose payload is a text in base64, and leaves out the third."""
    return {
        "exercise": {
            "name": "Forged papers", "description": "A desk finds forged papers.", "expanded": "At length.",
            "meta": {"author": "Desk", "level": "beginner"}, "namespace": "papers", "tags": ["state:production"],
            "total_duration": "7200", "uuid": FIRST, "version": "20250101",
        },
        "inject_flow": [
            {"description": "Then the network.", "inject_uuid": SECOND, "reporting_callback": [],
             "requirements": {"inject_uuid": FIRST, "resolution_requirement": "Reported"},
             "sequence": {"completion_trigger": ["time_expiration"], "trigger": []}, "timing": {"triggered_at": None}},
            {"description": "First a message.", "inject_uuid": FIRST, "requirements": {},
             "sequence": {"followed_by": [SECOND], "trigger": ["startex"]}, "timing": {"triggered_at": None}},
        ],
        "inject_payloads": [
            {"name": "message", "type": "file", "uuid": "p1", "parameters": {
                "content": b64encode("Deär desk,\nsee these papers.".encode()).decode(), "content-type": "base64",
                "filename": "mail.eml"}},
            {"name": "probe", "type": "tcp_connection", "uuid": "p2",
             "parameters": {"destination": "mail", "port": "25"}},
        ],
        "injects": [
            {"action": "network_connection", "action_payload_resource_uuid": "p2", "name": "A probe", "uuid": SECOND,
             "inject_evaluation": [], "target_tool": "Suricata"},
            {"action": "email_to_participants", "action_payload_resource_uuid": "p1", "name": "A message",
             "uuid": FIRST,
             "inject_evaluation": [{"parameters": [{"info": {"comparison": "contains"}}], "result": "Reported",
                                    "score_range": [0, 10]}], "target_tool": "MISP"},
            {"action": "phone_call", "name": "In reserve", "uuid": THIRD, "inject_evaluation": []},
        ],
    }  # fmt: skip


def openaev(prefix: str = "scenario") -> Json:
    """Five injects over two days: mail in HTML, an article, a reminder, one that is off, one that waits."""

    def inject(number: int, title: str, seconds: int, content: Json, sort: str, **more: Any) -> Json:
        return {
            "inject_id": f"{number}0000000-aaaa-4bbb-8ccc-dddddddddddd", "inject_title": title,
            "inject_description": "",
            "inject_country": None, "inject_city": None, "inject_enabled": True, "inject_content": content,
            "inject_all_teams": False, "inject_depends_on": [], "inject_depends_duration": seconds, "inject_tags": [],
            "inject_injector_contract": {"injector_contract_id": "c", "injector_contract_labels": {"en": sort},
                                         "injector_contract_injector_type": f"openaev_{sort}"},
            "inject_teams": ["t1"], "inject_documents": [], **more,
        }  # fmt: skip

    mail = {"subject": "Cutter out", "body": "<p>Dear ${player},</p><ul><li>one</li><li><b>two </b>boats</li></ul>"
            "<script>alert(1)</script><img src='x.png'><p>${user.firstname} &amp; all</p>", "encrypted": False,
            "expectations": [{"expectation_type": "MANUAL", "expectation_name": "Port named",
                              "expectation_description": "by name", "expectation_score": 100}]}  # fmt: skip
    first, fourth = (f"{number}0000000-aaaa-4bbb-8ccc-dddddddddddd" for number in (1, 4))
    waits = {
        "dependency_relationship": {"inject_parent_id": first, "inject_children_id": fourth},
        "dependency_condition": {"mode": "and", "conditions": [{"key": "Execution", "operator": "eq", "value": True}]},
    }
    return {
        "export_version": 1,
        f"{prefix}_information": {
            f"{prefix}_id": "s", f"{prefix}_name": "Two days at Orrin", f"{prefix}_description": "<p>What happens</p>",
            f"{prefix}_subtitle": "A short one", f"{prefix}_mail_from": "desk@example.org",
            f"{prefix}_severity": "high",
            f"{prefix}_tags": [], f"{prefix}_documents": ["d1"],
        },
        f"{prefix}_teams": [{"team_id": "t1", "team_name": "Sea desk", "team_description": "At sea",
                             "team_users": ["u1"]}],
        f"{prefix}_objectives": [{"objective_id": "o", "objective_title": "Name a port",
                                  "objective_description": "Soon", "objective_priority": 1}],
        f"{prefix}_users": [{"user_id": "u1", "user_email": "a@example.org"}],
        f"{prefix}_organizations": [{"organization_id": "g", "organization_name": "IOM"}],
        f"{prefix}_injects": [
            inject(3, "Back the next day", 86_400 + 1800, {"message": "We are back."}, "ovh_sms", inject_teams=[],
                   inject_all_teams=True),
            inject(1, "Mail", 0, mail, "email", inject_documents=[{"document_id": "d1", "document_attached": True}]),
            inject(2, "In the paper", 1800, {"articles": ["a1"]}, "channel", inject_description="Watch their faces."),
            inject(4, "Call them", 5400, {"content": "Ring the desk."}, "manual", inject_depends_on=[waits],
                   inject_city="Orrin"),
            inject(5, "Not today", 7200, {"subject": "No", "body": "Never."}, "email", inject_enabled=False),
        ],
        f"{prefix}_tags": [{"tag_id": "x", "tag_name": "sea"}],
        f"{prefix}_documents": [{"document_id": "d1", "document_name": "map.png", "document_target": "m.png"}],
        f"{prefix}_channels": [{"channel_id": "c1", "channel_name": "Gazette", "channel_type": "newspaper"}],
        f"{prefix}_articles": [{"article_id": "a1", "article_name": "Boat!", "article_content": "A boat.",
                                "article_author": "Ana", "article_likes": 5, "article_channel": "c1"}],
        f"{prefix}_challenges": [],
        f"{prefix}_lessons_categories": [{"lessonscategory_id": "l", "lessons_category_name": "How was it?"}],
        f"{prefix}_variables": [{"variable_key": "player", "variable_value": "desk", "variable_type": "String"}],
    }  # fmt: skip
