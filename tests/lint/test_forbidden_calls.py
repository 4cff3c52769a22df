"""The source holds none of the calls that go around the design, and the search would see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.forbidden import ALLOWED, Finding, findings, offences

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("platform", "tenants", "apps")


def test_the_source_goes_around_nothing() -> None:
    assert offences(ROOT, SOURCES) == []


def test_every_exception_is_a_file_that_needs_it() -> None:
    needless = {
        name: rules - {finding.rule for finding in findings((ROOT / name).read_text())}
        for name, rules in ALLOWED.items()
    }

    assert needless == {name: frozenset() for name in ALLOWED}


@pytest.mark.parametrize(
    ("planted", "rule", "what"),
    [
        ("connection.set_schema('h_x')", "hall", "set_schema"),
        ("connection.set_schema_to_public()", "hall", "set_schema_to_public"),
        ("connections['default'].set_tenant(t)", "hall", "set_tenant"),
        ("with schema_context('h_x'): pass", "hall", "schema_context"),
        ("with utils.tenant_context(t): pass", "hall", "tenant_context"),
        ("from django_tenants.utils import schema_context as s", "hall", "schema_context"),
        ("with tenant: pass", "hall", "with tenant:"),
        ("with self.hall as h: pass", "hall", "with hall:"),
        ("async def f():\n    async with request.tenant: pass", "hall", "with tenant:"),
        ("await_ = layer.group_send('g', {})", "live", "group_send"),
        ("drain.delay(3)", "poke", "delay"),
        ("drain.apply_async(args=[3])", "poke", "apply_async"),
        ("app.send_task('x')", "poke", "send_task"),
        ("@csrf_exempt\ndef view(request): pass", "web", "csrf_exempt"),
        (
            "@method_decorator(csrf_exempt, name='dispatch')\nclass View: pass",
            "web",
            "csrf_exempt",
        ),
        ("from django.views.decorators.csrf import csrf_exempt as ok", "web", "csrf_exempt"),
        ("view = csrf_exempt(view)", "web", "csrf_exempt"),
        ("html = mark_safe(text)", "web", "mark_safe"),
        ("class Meta:\n    fields = '__all__'", "all-fields", 'fields = "__all__"'),
        ("threading.Thread(target=f).start()", "thread", "Thread"),
        ("asyncio.to_thread(f)", "thread", "to_thread"),
        ("loop.run_in_executor(None, f)", "thread", "run_in_executor"),
        ("futures.ThreadPoolExecutor(4)", "thread", "ThreadPoolExecutor"),
    ],
)
def test_a_planted_case_is_found(planted: str, rule: str, what: str) -> None:
    found = findings(planted)

    assert {(each.rule, each.what) for each in found} == {(rule, what)}


@pytest.mark.parametrize(
    "harmless",
    [
        "with hall(ref): pass",
        "with transaction.atomic(): pass",
        "poke.after_commit('outbox.drain')",
        "live.publish('desk', 'case.changed')",
        "fields = ['id', 'name']",
        "delay = 3",
        "thread_name = 'Thread'",
        "'connection.set_schema'",
    ],
)
def test_harmless_code_is_left_alone(harmless: str) -> None:
    assert findings(harmless) == []


def test_a_planted_file_is_reported_with_its_place(tmp_path: Path) -> None:
    planted = tmp_path / "apps" / "cases" / "tasks.py"
    planted.parent.mkdir(parents=True)
    planted.write_text("import x\n\nx.remind.delay(1)\n")

    assert offences(tmp_path, ("apps",)) == [
        "apps/cases/tasks.py:3 delay — "
        "tasks only poke, after commit, through kernel.poke (design §6)"
    ]


def test_findings_come_in_the_order_of_their_lines() -> None:
    assert findings("a.delay()\nb.set_tenant(t)") == [
        Finding("poke", 1, "delay"),
        Finding("hall", 2, "set_tenant"),
    ]
