"""Write the OpenAPI description, or with --check compare it with the committed one."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    default = settings.ROOT / "frontend" / "openapi" / "schema.yml"
    parser.add_argument("file", type=Path, nargs="?", default=default)
    parser.add_argument("--check", action="store_true", help="exit 1 when the file is out of date")


def run(given: argparse.Namespace) -> int:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    text: bytes = OpenApiYamlRenderer().render(schema, renderer_context={})
    if not given.check:
        given.file.parent.mkdir(parents=True, exist_ok=True)
        given.file.write_bytes(text)
        return 0
    if given.file.is_file() and given.file.read_bytes() == text:
        return 0
    print(f"{given.file.name} is out of date: run 'bancheng schema'", file=sys.stderr)
    return 1
