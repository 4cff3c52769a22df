"""The description that the front end's types are made of is the API that is served."""

from typing import Any

import pytest
import yaml
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from bancheng.config.schema import _written
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tests.contracts.routes import offered
from tests.support.clients import caller_for
from tests.support.people import staff_in

FILE = settings.ROOT / "frontend" / "openapi" / "schema.yml"


@pytest.fixture(scope="module")
def generated() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """`GET cases/<id>` → its description."""
    found = {}
    for path, methods in schema["paths"].items():
        words = path.removeprefix("/api/v1/").split("/")
        address = "/".join("<id>" if word.startswith("{") else word for word in words)
        for method, operation in methods.items():
            found[f"{method.upper()} {address}"] = operation
    return found


def test_the_committed_description_is_what_the_code_offers(generated: dict[str, Any]) -> None:
    """`bancheng schema` writes it anew."""
    assert FILE.read_bytes() == OpenApiYamlRenderer().render(generated, renderer_context={})


def test_it_is_a_valid_description_without_a_single_guess(generated: dict[str, Any]) -> None:
    validate_schema(generated)

    assert not GENERATOR_STATS


def test_every_address_is_described(generated: dict[str, Any]) -> None:
    """But the description itself, which does not describe itself."""
    assert sorted(set(operations(generated)) ^ offered()) == ["GET schema"]


def test_every_operation_says_what_it_answers(generated: dict[str, Any]) -> None:
    silent = []
    for name, operation in operations(generated).items():
        answers = {code: one for code, one in operation["responses"].items() if code < "300"}
        shapes = [one.get("content") for code, one in answers.items() if code != "204"]
        if not answers or not all(shapes):
            silent.append(name)

    assert silent == []


def test_every_id_in_an_address_is_a_uuid(generated: dict[str, Any]) -> None:
    """But the code that a citizen holds instead of an account, and the name of a session."""
    formats = {
        (parameter["name"], parameter["schema"].get("format"))
        for operation in operations(generated).values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "path"
    }

    assert {name for name, form in formats if form != "uuid"} <= {"code", "name"}
    assert "uuid" in {form for _, form in formats}


def test_the_file_reads_as_yaml() -> None:
    assert yaml.safe_load(FILE.read_text(encoding="utf-8"))["openapi"].startswith("3.1")


@pytest.mark.django_db
def test_the_description_is_served_as_committed_and_written_once(street: HallRef) -> None:
    """Writing it takes seconds of a processor: whoever may read it may not ask for that."""
    caller = caller_for(street, staff_in(street, Role.WINDOW_CLERK))
    first, again = caller.get("schema"), caller.get("schema")

    assert (first.status_code, first.content) == (200, FILE.read_bytes())
    assert first["Content-Type"] == "application/vnd.oai.openapi; charset=utf-8"
    assert again.content == first.content
    assert _written.cache_info().hits > 0
