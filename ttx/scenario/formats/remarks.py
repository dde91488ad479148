"""What is said of an import in sentences that are each about many injects at once."""

from ttx.scenario.findings import listed


class Remarks:
    """Sentences about many injects at once: what was done, and to which."""

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {}

    def add(self, sentence: str, *whom: str) -> None:
        """Says this, of these."""
        self.told.setdefault(sentence, []).extend(whom)

    def forget(self, whom: str, *sentences: str) -> None:
        """Takes back of one what turned out otherwise."""
        for sentence in sentences:
            if whom in (left := self.told.get(sentence, [])):
                left.remove(whom)
                if not left:
                    del self.told[sentence]

    def sentences(self) -> list[str]:
        """Each sentence with all it is about."""
        return [
            f"{sentence}: {listed(dict.fromkeys(whom), most=8)}." if whom else f"{sentence}."
            for sentence, whom in self.told.items()
        ]
