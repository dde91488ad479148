"""The Compose file is YAML, and asks of ttx what it knows."""

from pathlib import Path

from ruamel.yaml import YAML

from ttx.settings import Settings

ROOT = Path(__file__).parents[2]
KNOWN = {"--data", "--host", "--workers", "--database"}


def test_the_compose_file_starts_ttx_with_options_and_settings_it_has():
    services = YAML(typ="safe").load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    ttx = services["ttx"]
    told = (ROOT / "ttx" / "cli" / "__init__.py").read_text("utf-8")
    settings = {f"TTX_{name.upper()}" for name in Settings.model_fields}

    assert set(services) == {"database", "ttx", "proxy"}
    assert {word for word in ttx["command"] if word.startswith("--")} == KNOWN
    assert all(f"{option.removeprefix('--')}:" in told for option in KNOWN)
    assert {name for name in ttx["environment"] if name.startswith("TTX_")} <= settings
    assert (ROOT / "deploy" / ttx["build"] / "Dockerfile").is_file()
