"""C-83: a hall takes its people on from a sheet: looked at, confirmed, done while nobody waits."""

from datetime import timedelta
from typing import Any

import pytest

from apps.setup.errors import RowsWrong
from apps.setup.services import importing
from apps.staff.models import Post
from apps.staff.services import posts
from bancheng.city.identity import accounts
from bancheng.city.imports import runs
from bancheng.city.imports.errors import HandedOver, ImportRunning, NotLooked
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.outbox.models import OutboxMessage
from tests.setup.sheets import encoded, run_down, workbook
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db
HEAD = ("姓名", "用户名", "岗位角色", "科室")
SHEET = workbook(
    ("林小禾", "lin.xiaohe", "窗口人员、导办员", None),
    ("周一鸣", "zhou.yiming", "部门经办人", "民政科"),
    head=HEAD,
)


@pytest.fixture
def boss(street: HallRef) -> Actor:
    department_in(street, "民政科")
    return staff_in(street, Role.HALL_ADMIN)


def begun(ref: HallRef, by: Actor, content: bytes = SHEET) -> Any:
    """A sheet that was looked at."""
    with hall(ref):
        row = importing.begin(kind="people", content=content, ends_missing=False, by=by)
    run_down(ref)
    with hall(ref):
        return runs.one(row.id)


def taken(ref: HallRef, by: Actor, content: bytes = SHEET) -> Any:
    """A sheet that was taken over."""
    row = begun(ref, by, content)
    with hall(ref):
        importing.confirm(import_id=row.id, version=row.version, by=by)
    run_down(ref)
    with hall(ref):
        return runs.one(row.id)


def test_a_look_names_who_would_come_and_takes_nobody_on(street: HallRef, boss: Actor) -> None:
    row = begun(street, boss)

    assert (row.state, row.rows, row.plan["counts"]["added"]) == ("looked", 2, 2)
    assert row.plan["changes"][1] == {
        "kind": "added",
        "row": 3,
        "code": "zhou.yiming",
        "name": "周一鸣",
        "cells": [
            {"field": "roles", "before": "", "after": "部门经办人"},
            {"field": "department", "before": "", "after": "民政科"},
        ],
    }
    with hall(street):
        assert not Post.objects.filter(username="lin.xiaohe").exists()
        assert b"xiaohe" not in bytes(row.sealed)


def test_everybody_is_taken_on_and_each_password_opens_her_account(
    street: HallRef, boss: Actor
) -> None:
    row = taken(street, boss)

    assert (row.state, row.done, bytes(row.sealed)) == ("done", 2, b"")
    with hall(street):
        told = importing.passwords(import_id=row.id, by=boss)
        post = Post.objects.get(username="zhou.yiming")
        assert (post.name, post.roles) == ("周一鸣", ["dept_handler"])
        assert [one["username"] for one in told] == ["lin.xiaohe", "zhou.yiming"]
        for one in told:
            account = accounts.check(one["username"], one["password"])
            assert account is not None
            assert accounts.standing(account).must_change
        assert AuditEntry.objects.filter(body__action="staff.post_added").count() >= 2


def test_the_same_sheet_again_changes_nothing(street: HallRef, boss: Actor) -> None:
    taken(street, boss)

    row = begun(street, boss)

    assert (row.rows, row.plan["counts"]["unchanged"], row.plan["error_count"]) == (0, 2, 0)


def test_every_wrong_row_is_named_and_nobody_is_taken_on(street: HallRef, boss: Actor) -> None:
    with hall(street):
        posts.add_post(
            username="known.one",
            password=accounts.hashed("x"),
            name="别人",
            roles={Role.GREETER},
            department_id=None,
            by=SYSTEM,
        )
    content = workbook(
        ("甲某", "jia", "窗口人员", None),
        ("甲某", "jia", "窗口人员", None),
        ("乙某", "Yi Yi", "窗口人员", None),
        ("丙某", "bing", "宇航员", None),
        ("丁某", "ding", "部门经办人", None),
        ("戊某", "wu.mou", "部门经办人", "没有的科"),
        ("己某", "ji.mou", "督查人员、窗口人员", None),
        ("庚某", "known.one", "窗口人员", None),
        head=HEAD,
    )

    row = begun(street, boss, content)

    assert [(one["row"], one["column"], one["code"]) for one in row.plan["row_errors"]] == [
        (3, "用户名", "twice"),
        (4, "用户名", "bad_username"),
        (5, "岗位角色", "unknown"),
        (6, "岗位角色", "staff.needs_department"),
        (7, "科室", "unknown"),
        (8, "岗位角色", "staff.roles_clash"),
        (9, "用户名", "other_person"),
    ]
    with hall(street), pytest.raises(RowsWrong):
        importing.confirm(import_id=row.id, version=row.version, by=boss)
    run_down(street)
    with hall(street):
        assert not Post.objects.filter(username="jia").exists()


def test_who_cannot_come_any_more_is_named_and_the_others_come(
    street: HallRef, boss: Actor
) -> None:
    """Between the look and the taking another hall of the network took the user name."""
    row = begun(street, boss)
    with hall(street):
        about = posts.About("林小禾二", frozenset({Role.GREETER}), None)
        posts.hire(username="lin.xiaohe", about=about, by=boss)
        importing.confirm(import_id=row.id, version=row.version, by=boss)
    run_down(street)

    with hall(street):
        row = runs.one(row.id)
        assert (row.state, row.result["counts"]) == ("done", {"added": 1})
        assert row.result["row_errors"] == [{"row": 2, "column": "", "code": "staff.post_exists"}]
        assert [one["username"] for one in importing.passwords(import_id=row.id, by=boss)] == [
            "zhou.yiming"
        ]


def test_a_kill_in_the_middle_loses_nobody_and_doubles_nobody(
    street: HallRef, boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies inside the second portion: what is left is found again and done once."""
    people = [(f"某{n}", f"person.{n}", "迎宾引导员", None) for n in range(7)]
    row = begun(street, boss, workbook(*people, head=HEAD))
    hire, hired = posts.hire, []

    def dying(**given: Any) -> Any:
        hired.append(given["username"])
        if len(hired) == 7:
            raise KeyboardInterrupt
        return hire(**given)

    with hall(street):
        importing.confirm(import_id=row.id, version=row.version, by=boss)
    monkeypatch.setattr(posts, "hire", dying)
    with pytest.raises(KeyboardInterrupt):
        run_down(street)
    monkeypatch.undo()
    with hall(street):
        assert (runs.one(row.id).done, runs.one(row.id).state) == (5, "taking")
        assert Post.objects.filter(username__startswith="person.").count() == 5
    run_down(street)

    with hall(street):
        assert (runs.one(row.id).done, runs.one(row.id).state) == (7, "done")
        assert Post.objects.filter(username__startswith="person.").count() == 7
        assert len(importing.passwords(import_id=row.id, by=boss)) == 7


def test_a_message_that_comes_twice_does_nothing_more(street: HallRef, boss: Actor) -> None:
    row = taken(street, boss)
    with hall(street):
        before = (Post.objects.count(), AuditEntry.objects.count(), OutboxMessage.objects.count())

        importing.go_on(row.id)

        assert before == (
            Post.objects.count(),
            AuditEntry.objects.count(),
            OutboxMessage.objects.count(),
        )


def test_rights_that_were_lost_meanwhile_end_it(street: HallRef, boss: Actor) -> None:
    row = begun(street, boss)
    with hall(street):
        importing.confirm(import_id=row.id, version=row.version, by=boss)
        assert boss.post_id is not None
        Post.objects.filter(id=boss.post_id).update(roles=["greeter"])
    run_down(street)

    with hall(street):
        row = runs.one(row.id)
        assert (row.state, row.result["code"], row.done) == ("failed", "forbidden", 0)
        assert not Post.objects.filter(username="lin.xiaohe").exists()


def test_one_sheet_runs_at_a_time_and_is_confirmed_once(street: HallRef, boss: Actor) -> None:
    row = begun(street, boss)
    with hall(street):
        importing.confirm(import_id=row.id, version=row.version, by=boss)
        with pytest.raises(ImportRunning):
            importing.begin(kind="people", content=SHEET, ends_missing=False, by=boss)
        with pytest.raises(NotLooked):
            importing.confirm(import_id=row.id, version=row.version + 1, by=boss)
        with pytest.raises(NotLooked):
            importing.drop(import_id=row.id, by=boss)


def test_the_passwords_are_told_to_one_person_for_a_quarter_of_an_hour(
    street: HallRef, boss: Actor
) -> None:
    row = taken(street, boss)
    other = staff_in(street, Role.HALL_ADMIN)
    with hall(street):
        with pytest.raises(HandedOver):
            importing.passwords(import_id=row.id, by=other)
        told = importing.passwords(import_id=row.id, by=boss)
        assert importing.passwords(import_id=row.id, by=boss) == told
        with clock.frozen(clock.now() + timedelta(minutes=16)), pytest.raises(HandedOver):
            importing.passwords(import_id=row.id, by=boss)
        with clock.frozen(clock.now() + timedelta(hours=25)):
            runs.forget()
        assert bytes(runs.one(row.id).told) == b""


def test_another_hall_a_clerk_and_a_kept_answer_get_nothing(
    street: HallRef, other_street: HallRef, boss: Actor
) -> None:
    row = taken(street, boss)
    stranger, clerk = staff_in(other_street, Role.HALL_ADMIN), staff_in(street, Role.WINDOW_CLERK)
    with hall(other_street), pytest.raises(NotFound):
        importing.passwords(import_id=row.id, by=stranger)
    with hall(street), pytest.raises(Forbidden):
        importing.passwords(import_id=row.id, by=clerk)
    caller = caller_for(street, boss)

    first = caller.post(f"setup/imports/{row.id}/passwords", {}, key="once-only")
    again = caller.post(f"setup/imports/{row.id}/passwords", {}, key="once-only")

    assert [one["username"] for one in first.json()["people"]] == ["lin.xiaohe", "zhou.yiming"]
    assert again.json() == {"people": []}


def test_a_sheet_goes_its_way_over_http(street: HallRef, boss: Actor) -> None:
    caller = caller_for(street, boss)

    begun_ = caller.post("setup/imports", {"kind": "people", "content": encoded(SHEET)})
    run_down(street)
    looked = caller.get("setup/imports?kind=people").json()["latest"]
    confirmed = caller.post(f"setup/imports/{looked['id']}/confirm", {}, version=looked["version"])
    run_down(street)
    done = caller.get(f"setup/imports/{looked['id']}").json()

    assert (begun_.status_code, begun_.json()["plan"]) == (201, None)
    assert (looked["state"], confirmed.json()["state"]) == ("looked", "taking")
    assert (done["state"], done["done"], done["passwords"], done["mine"]) == ("done", 2, True, True)
    assert caller.get("setup/people/template").status_code == 200
