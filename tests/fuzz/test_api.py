"""Nonsense for every route, and what openapi.json allows and does not for every call: no 500, nothing unhandled."""

import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tests.fuzz.calls import Caller
from tests.web.words import Served, serving
from ttx.scenario.roster import Role
from ttx.store.chain import verify

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

ROUNDS = 2
"""Of every route; `make fuzz ARGS=api` goes on."""
CASES = 8
"""Of each call of openapi.json."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with serving(tmp_path_factory.mktemp("fuzzed")) as house:
        yield house


def test_no_route_fails_at_nonsense(house: Served, record_property: Callable[[str, object], None]):
    calls = list(Caller(house, 1).calls(ROUNDS))
    record_property("tried", f"{len(calls)} requests to {len(calls) // ROUNDS} routes")

    assert [one for one in calls if one.status >= 500] == []
    assert {200, 404, 409, 422} <= {one.status for one in calls}
    assert verify(house.store, house.exercise).whole


def test_no_call_fails_at_what_its_schema_allows_or_forbids(
    house: Served, record_property: Callable[[str, object], None]
):
    tokens = [house.program(role, name).headers["authorization"]
              for role, name in ((Role.LEAD_FACILITATOR, None), (Role.HEAD, "Kestria"))]  # fmt: skip
    schema = schemathesis.openapi.from_url(f"{house.url}/api/v1/openapi.json")
    done: list[tuple[str, int]] = []

    for found in schema.get_all_operations():
        operation = cast(Any, found).ok()
        for mode in schemathesis.GenerationMode:

            @settings(
                max_examples=CASES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def asks(case: Any) -> None:
                if "exercise" in case.path_parameters and len(done) % 5:
                    case.path_parameters["exercise"] = house.exercise
                if isinstance(case.body, dict) and case.body.get("do") == "end":
                    return
                reply = case.call(headers={"authorization": tokens[len(done) % 2]})
                done.append((case.method, reply.status_code))
                assert reply.status_code < 500, f"{case.as_curl_command()}: {reply.text}"

            with suppress(Unsatisfiable):  # nothing can be wrong with a call that takes anything
                asks()
    record_property("tried", f"{len(done)} requests made of openapi.json")

    assert len(done) > 50
    assert verify(house.store, house.exercise).whole
