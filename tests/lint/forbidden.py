"""Calls that would go around the hall context, the outbox or the web's protections.

Ruff bans imports; these are method calls and keyword values, which only the syntax tree shows.
Each rule names the rule of the design it guards.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Files that are the one place for a thing, and which rules they may break.
ALLOWED: dict[str, frozenset[str]] = {
    "platform/bancheng/kernel/poke.py": frozenset({"poke", "thread"}),
    # Its threads run through database_sync_to_async, which brings the caller's hall along.
    "platform/bancheng/config/live/database.py": frozenset({"thread"}),
    # Every request begins in one of them; the middleware enters the hall and leaves it there.
    "platform/bancheng/config/threads.py": frozenset({"thread"}),
}

CALLS: dict[str, str] = {
    "set_schema": "hall",
    "set_schema_to_public": "hall",
    "set_tenant": "hall",
    "schema_context": "hall",
    "tenant_context": "hall",
    "group_send": "live",
    "delay": "poke",
    "apply_async": "poke",
    "send_task": "poke",
    "csrf_exempt": "web",
    "mark_safe": "web",
    "Thread": "thread",
    "to_thread": "thread",
    "run_in_executor": "thread",
    "ThreadPoolExecutor": "thread",
    "ProcessPoolExecutor": "thread",
    "start_new_thread": "thread",
}
WHY: dict[str, str] = {
    "hall": "the only way to change the hall is `with hall(...)` (design §3)",
    "live": "live events go through live.publish: numbered and re-fetchable (design §7)",
    "poke": "tasks only poke, after commit, through kernel.poke (design §6)",
    "web": "CSRF and escaping are never switched off (security §8)",
    "thread": "a thread of its own has no hall (security §3)",
    "all-fields": "a serializer names its fields: a new column must not leak",
}
# `with tenant:` and `with hall:` enter django-tenants' own context, which threads share.
TENANT_NAMES = frozenset({"tenant", "hall", "network"})


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is a key of WHY; `what` is the forbidden name."""

    rule: str
    line: int
    what: str


def findings(source: str) -> list[Finding]:
    """Every forbidden thing in one file's text, in the order of its lines."""
    found = [finding for node in ast.walk(ast.parse(source)) for finding in _of(node)]
    return sorted(found, key=lambda finding: (finding.line, finding.what))


def offences(root: Path, folders: tuple[str, ...]) -> list[str]:
    """`path:line what — why` for each finding below `folders` that its file is not allowed."""
    lines = []
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        allowed = ALLOWED.get(name, frozenset())
        for finding in findings(path.read_text()):
            if finding.rule not in allowed:
                lines.append(f"{name}:{finding.line} {finding.what} — {WHY[finding.rule]}")
    return lines


def _of(node: ast.AST) -> Iterator[Finding]:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in CALLS:
            yield Finding(CALLS[name], node.lineno, name)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield from _of_decorators(node)
        case ast.With() | ast.AsyncWith():
            yield from _of_context(node)
        case ast.Assign(targets=[ast.Name(id="fields")], value=ast.Constant(value="__all__")):
            yield Finding("all-fields", node.lineno, 'fields = "__all__"')
        case ast.ImportFrom(names=names):
            for alias in names:
                if CALLS.get(alias.name) in {"hall", "web"}:
                    yield Finding(CALLS[alias.name], node.lineno, alias.name)


def _of_decorators(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
) -> Iterator[Finding]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Name | ast.Attribute):
            name = decorator.id if isinstance(decorator, ast.Name) else decorator.attr
            if CALLS.get(name) == "web":
                yield Finding("web", decorator.lineno, name)
        elif isinstance(decorator, ast.Call):
            for argument in decorator.args:
                if isinstance(argument, ast.Name) and CALLS.get(argument.id) == "web":
                    yield Finding("web", decorator.lineno, argument.id)


def _of_context(node: ast.With | ast.AsyncWith) -> Iterator[Finding]:
    """A call such as `hall(ref)` is fine; the bare name or `self.tenant` is not."""
    for item in node.items:
        match item.context_expr:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in TENANT_NAMES:
                yield Finding("hall", item.context_expr.lineno, f"with {name}:")
