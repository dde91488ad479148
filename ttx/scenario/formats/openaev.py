"""Exports of OpenAEV, formerly OpenBAS and OpenEx: a scenario or a simulation with its teams, articles and objectives,
or some injects alone.

The fields are those of OpenAEV-Platform/openaev (before: OpenBAS-Platform/openbas), ScenarioFileExport.java,
InjectsFileExport.java and V1_DataImporter.java; `inject_depends_duration` counts seconds from the start
(InjectModelHelper.java), but, where an older export names a single inject in `inject_depends_on`, from that one.
"""

import re
from collections.abc import Mapping
from typing import Any

from ttx.scenario.formats.json_file import JsonFile
from ttx.scenario.formats.lengths import shortened
from ttx.scenario.formats.pieces import Idents, Piece, Story, after, finished
from ttx.scenario.formats.records import Ledger, Record
from ttx.scenario.formats.understood import Understood

FIELDS = {
    "scenario_name": "title", "exercise_name": "title", "scenario_description": "summary",
    "exercise_description": "summary", "scenario_subtitle": "summary", "exercise_subtitle": "summary",
    "scenario_objectives": "objectives", "exercise_objectives": "objectives", "scenario_teams": "groups",
    "exercise_teams": "groups", "scenario_organizations": "organisations", "exercise_organizations": "organisations",
    "scenario_mail_from": "sender", "exercise_mail_from": "sender", "inject_title": "title",
    "inject_description": "notes", "inject_depends_duration": "at", "inject_depends_on": "needs",
    "inject_teams": "to", "inject_all_teams": "to", "inject_enabled": "kind", "subject": "title", "body": "text",
    "message": "text", "content": "text", "articles": "text", "challenges": "text", "expectations": "expected",
    "scenario_variables": "text", "exercise_variables": "text",
}  # fmt: skip
_CHANNELS = (
    ("email", "email"), ("sms", "phone"), ("microblogging", "social"), ("channel", "news"), ("media pressure", "news"),
    ("mastodon", "social"), ("teams", "report"), ("manual", "briefing"), ("challenge", "report"),
)  # fmt: skip
_FORMATS = {"scenario": "OpenAEV scenario", "exercise": "OpenAEV simulation", "inject": "OpenAEV injects"}
ALONE = "inject_information"
"""Where injects stand that were exported without their scenario."""
_EXPRESSION = re.compile(r"\$\{([A-Za-z_][\w.]{0,80})\}")


def openaev(file: JsonFile) -> Understood | None:
    """The scenario, the simulation or the injects in this file; None if it is none."""
    data = file.data
    if not isinstance(data, dict):
        return None
    for prefix in ("scenario", "exercise"):
        if isinstance(data.get(f"{prefix}_information"), dict) or isinstance(data.get(f"{prefix}_injects"), list):
            return _Reading(file, Ledger().top(data), prefix).understood()
    return _Reading(file, Ledger().top(data), "inject").understood() if isinstance(data.get(ALONE), list) else None


class _Reading:
    """One reading of an export. `prefix` begins the names of its lists."""

    def __init__(self, file: JsonFile, top: Record, prefix: str) -> None:
        self.file, self.top, self.prefix, self.ledger = file, top, prefix, top.ledger
        self.format = _FORMATS[prefix]
        self.list = ALONE if prefix == "inject" else f"{prefix}_injects"
        self.head = top.record(f"{prefix}_information")
        self.story = Story(file.name, self.head.text(f"{prefix}_name"))
        self.sender = self.head.text(f"{prefix}_mail_from")
        self.words: dict[str, str] = {}
        self.documents: dict[str, str] = {}
        self.articles: dict[str, Record] = {}
        self.media: dict[str, Record] = {}
        self.challenges: dict[str, Record] = {}

    def understood(self) -> Understood:
        injects = self.top.records(self.list)
        rows = self.many(self.list)
        if not injects:
            return finished(self.format, self.file, self.ledger, FIELDS, self.story, (), rows)
        self.lists()
        pieces = [self.read(record, number) for number, record in enumerate(injects, 1)]
        self.timed(injects, pieces)
        summary = [self.head.text(f"{self.prefix}_{field}") for field in ("subtitle", "description")]
        self.story.summary = self.filled("\n\n".join(filter(None, summary)), "the summary")
        self.told()
        return finished(self.format, self.file, self.ledger, FIELDS, self.story, pieces, rows)

    def lists(self) -> None:
        """What the injects refer to: teams, objectives, organisations, variables, documents, articles, challenges."""
        self.top.skip("export_version")
        self.head.skip(f"{self.prefix}_id", f"{self.prefix}_documents", f"{self.prefix}_tags")
        for team in self.all("teams"):
            self.story.group(team.text("team_id") or team.text("team_name"), team.text("team_name"))
            team.skip("team_users", "team_organization", "team_tags", "team_id", "team_contextual")
        if self.story.groups:
            self.story.guessed.add("Teams became working groups, to which the injects go")
        for number, goal in enumerate(self.all("objectives"), 1):
            named = {"name": shortened(goal.text("objective_title") or f"Objective {number}")}
            about = goal.text("objective_description")[:8000]
            self.story.objectives[f"O{number}"] = {**named, **({"about": about} if about else {})}
            goal.skip("objective_id", "objective_priority")
        idents = Idents("ORG")
        for body in self.all("organizations"):
            about = body.text("organization_description")[:8000]
            name = shortened(body.text("organization_name"))
            self.story.organisations[idents.free(name)] = {"name": name, **({"about": about} if about else {})}
            body.skip("organization_id", "organization_tags")
        for word in self.all("variables"):
            self.words[word.text("variable_key")] = word.text("variable_value")
            word.skip(
                "variable_id", "variable_type", "variable_description", "variable_created_at", "variable_updated_at"
            )
        for paper in self.all("documents"):
            self.documents[paper.text("document_id")] = paper.text("document_name") or paper.text("document_target")
            paper.skip(*paper.data)
        self.articles = {one.text("article_id"): one for one in self.all("articles")}
        self.media = {one.text("channel_id"): one for one in self.all("channels")}
        self.challenges = {one.text("challenge_id"): one for one in self.all("challenges")}

    def all(self, name: str) -> list[Record]:
        return self.top.records(f"{self.prefix}_{name}")

    def many(self, name: str) -> int:
        """How many there are in the list of this name."""
        found = self.top.data.get(name)
        return len(found) if isinstance(found, list) else 0

    def told(self) -> None:
        """What is left out as a whole, in one sentence each."""
        for name, why in (
            ("users", "People were not taken, since an import gives nobody access"),
            ("tags", "Tags were not taken"),
        ):
            if many := self.many(f"{self.prefix}_{name}"):
                self.top.skip(f"{self.prefix}_{name}")
                self.story.left.add(f"{why} ('{self.prefix}_{name}', {many} in all)")
        if self.documents:
            self.story.left.add("Documents and pictures were not taken ('documents')", *self.documents.values())

    def read(self, record: Record, number: int) -> Piece:
        content = record.record("inject_content")
        ident = record.text("inject_id") or f"inject {number}"
        subject, title = content.text("subject"), record.text("inject_title")
        piece = Piece(ident, title or subject)
        body = content.text("body") or content.text("message")
        sort = self.sort(record)
        if "manual" in sort:
            instruction = content.text("content")
            if instruction:
                piece.notes.append(f"**To do:** {instruction}")
                self.story.guessed.add("It is a reminder to the animators; what they are to do stands in the notes",
                                       title[:40])  # fmt: skip
        else:
            body = body or content.text("content")
        if subject and title and subject != title:
            body = f"**{subject}**\n\n{body}".strip()
        piece.channel = next((channel for word, channel in _CHANNELS if word in sort), None)
        piece.sender = self.sender
        parts = [body, *self.published(content, piece), *self.challenged(content, piece)]
        said = record.text("inject_description")
        if said and any(parts):
            piece.notes.append(said)
        elif said:
            parts = [said]
            self.story.guessed.add("It has no message; its description became the text", title[:40])
        piece.text = self.filled("\n\n".join(filter(None, parts)), title)
        piece.title = self.filled(piece.title, title)
        piece.notes = [self.filled(note, title) for note in piece.notes]
        self.expected(content, piece)
        self.addressed(record, piece)
        self.attached(record, piece)
        if not record.truth("inject_enabled", True):
            piece.kind = "contingency"
            self.story.guessed.add("It is not enabled; it is held in reserve", title[:40])
        record.skip("inject_tags", "inject_created_at", "inject_updated_at")
        content.skip("encrypted", "emailing")
        return piece

    def sort(self, record: Record) -> str:
        """What kind of inject it is, by its contract, in lower case."""
        contract = record.record("inject_injector_contract")
        labels = contract.record("injector_contract_labels")
        said = [record.text("inject_type"), contract.text("injector_contract_injector_type"),
                contract.text("injector_contract_injector_type_name"), *map(labels.text, labels.data)]  # fmt: skip
        if contract.data:
            self.story.left.add("Of the injectors' contracts only their kind was taken ('inject_injector_contract')")
            contract.skip(*contract.data)
        return " ".join(said).casefold()

    def published(self, content: Record, piece: Piece) -> list[str]:
        """The articles that an inject publishes, which make it one of the media."""
        texts = []
        for article in filter(None, map(self.articles.get, content.texts("articles"))):
            medium = self.media.get(article.text("article_channel"))
            name, kind = (medium.text("channel_name"), medium.text("channel_type")) if medium else ("", "")
            piece.kind, piece.channel = "media", "social" if "microblog" in kind.casefold() else "news"
            author = article.text("article_author")
            piece.sender = ", ".join(filter(None, (author, name))) or piece.sender
            texts.append(f"**{article.text('article_name')}**\n\n{article.text('article_content')}".strip())
            article.skip("article_id", "article_documents")
            if medium:
                medium.skip(*medium.data)
                self.story.left.add("How channels look was not taken ('channels')", name)
        return texts

    def challenged(self, content: Record, piece: Piece) -> list[str]:
        texts = []
        for challenge in filter(None, map(self.challenges.get, content.texts("challenges"))):
            texts.append(f"**{challenge.text('challenge_name')}**\n\n{challenge.text('challenge_content')}".strip())
            piece.kind = "expected_action"
            challenge.skip("challenge_id", "challenge_documents", "challenge_tags")
        return texts

    def expected(self, content: Record, piece: Piece) -> None:
        for one in content.records("expectations"):
            name, about = one.text("expectation_name"), one.text("expectation_description")
            if line := ": ".join(filter(None, (name, about))) or one.text("expectation_type"):
                piece.expected.append(self.filled(line, piece.title))
            one.skip("expectation_type", "expectation_score", "expectation_expectation_group",
                     "expectation_expiration_time", "expectation_is_predefined")  # fmt: skip
            self.story.left.add(
                "Scores and deadlines of expectations were not taken ('expectations')", piece.title[:40]
            )
        if piece.expected and piece.kind == "contextual":
            piece.kind = "expected_action"

    def addressed(self, record: Record, piece: Piece) -> None:
        everybody = record.truth("inject_all_teams", False)
        for team in record.texts("inject_teams"):
            if team in self.story.groups:
                piece.to.append(team)
            else:
                self.story.left.add(
                    "Teams that the export does not hold were not taken", f"{team[:40]} of {piece.title[:40]}"
                )
        if everybody:
            piece.to = []
        elif not piece.to:
            self.story.guessed.add("No team is named; it goes to all", piece.title[:40])

    def attached(self, record: Record, piece: Piece) -> None:
        names = []
        for paper in record.records("inject_documents"):
            key = paper.text("document_id")
            names.append(self.documents.get(key) or paper.text("document_name") or key)
            paper.skip(*paper.data)
        if names:
            piece.notes.append(f"**Documents:** {', '.join(names)}")
            self.story.left.add("Documents of injects were not taken; their names stand in the notes", *names)

    def filled(self, text: str, whom: str) -> str:
        """A text with the scenario's variables in place; what only the platform can fill in stays and is told."""

        def value(found: re.Match[str]) -> str:
            if self.words.get(found[1]):
                self.story.guessed.add("Variables were replaced by their values", found[1])
                return self.words[found[1]]
            self.story.guessed.add("Only the platform could fill this in, and it stands in the text as it is", found[0])
            return found[0]

        return _EXPRESSION.sub(value, text[:200_000]) if "${" in text else text

    def timed(self, records: list[Record], pieces: list[Piece]) -> None:
        """Days and times by the offsets, and what an inject waits for."""
        by_key: dict[str, int] = {}
        for place, piece in enumerate(pieces):
            by_key.setdefault(piece.key, place)
        offsets = [(record.number("inject_depends_duration") or 0) / 60 for record in records]
        single = {place: by_key[parent] for place, record in enumerate(records)
                  if (parent := record.text("inject_depends_on")) in by_key}  # fmt: skip
        for place, (record, piece) in enumerate(zip(records, pieces, strict=True)):
            total, here, seen = offsets[place], place, {place}
            while here in single and single[here] not in seen and len(seen) < 500:
                here = single[here]
                seen.add(here)
                total += offsets[here]
            piece.day, piece.minute = after(total)
            if place in single:
                piece.needs.append(pieces[single[place]].key)
            self.waits(record, piece, pieces, by_key)
        self.story.guessed.add("Times count from the start of the exercise, for which 09:00 was taken")
        order = [(piece.day, piece.minute, place) for place, piece in enumerate(pieces)]
        for piece in pieces:
            late = [key for key in piece.needs if order[by_key[key]] >= order[by_key[piece.key]]]
            if late:
                self.story.left.add("It depends on an inject that comes later; this was not taken", piece.title[:40])
                piece.needs = [key for key in piece.needs if key not in late]

    def waits(self, record: Record, piece: Piece, pieces: list[Piece], by_key: Mapping[str, int]) -> None:
        """The dependencies of newer exports, each from a parent and perhaps under a condition."""
        for one in record.records("inject_depends_on"):
            link = one.record("dependency_relationship")
            parent, child = link.text("inject_parent_id"), link.text("inject_children_id")
            one.skip("dependency_condition", "dependency_created_at", "dependency_updated_at")
            if parent not in by_key or (child and child != piece.key):
                self.story.left.add("Dependencies on injects that the export does not hold were not taken", link.place)
                continue
            piece.needs.append(parent)
            if said := _condition(one.data.get("dependency_condition")):
                piece.notes.append(f"**Only if:** {said}, in '{pieces[by_key[parent]].title[:80]}'")
                self.story.guessed.add("Whether a condition holds is for the facilitator to see; the notes name it",
                                       piece.title[:40])  # fmt: skip


def _condition(data: Any) -> str:
    """A dependency's conditions in words: `Execution is true and Seen is false`."""
    if not isinstance(data, dict) or not isinstance(data.get("conditions"), list):
        return ""
    parts = [f"{str(one.get('key'))[:80]} is {str(one.get('value')).lower()[:40]}"
             for one in data["conditions"][:20] if isinstance(one, dict)]  # fmt: skip
    return f" {'or' if data.get('mode') == 'or' else 'and'} ".join(parts)
