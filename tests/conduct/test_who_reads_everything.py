"""Queries leave sealed cases out by themselves; who asks for all of them is named here (D13)."""

import re

from tests.support.databases import ROOT

READS_SEALED = {
    "permissions.py": "`files_of`: the circle's own",
    "reading/sealed_file.py": "the words of a file, for the app that asked who may read",
    "tracking.py": "a citizen's own page, by number and code",
    "services/clocks.py": "the clocks of a case that the caller holds locked",
    "services/merging.py": "the name of the case that one is taken out of again",
    "services/sealing.py": "the sealing itself",
    "services/wording.py": "what a case is found by: written for an open one, deleted when sealed",
}
IN_SQL = {
    "around.py": "asks for the case that is not sealed, and what hangs on that",
    "listing/rows.py": "the clocks of cases that the caller found",
    "opened.py": "the person and the visit of a case that the caller found",
    "queries.py": "only what is not sealed",
    "reading/facts.py": "only what is not sealed",
    "services/clocks.py": "the clocks of a case that the caller holds locked",
    "services/registration.py": "a number that no case has, sealed or not",
    "timekeeping/tally.py": "only clocks of what is not sealed",
}
"""Plain statements pass the managers by: each says itself which cases it means."""


def test_who_asks_for_sealed_cases_too_is_known_by_name() -> None:
    """A query written without thinking of them finds none; a new name here is a decision."""
    cases = ROOT / "apps" / "cases"
    asking = {
        path.relative_to(cases).as_posix()
        for path in cases.rglob("*.py")
        if re.search(r"\b(every|_base_manager)\b\.", path.read_text())
        and "models/" not in path.as_posix()
    }

    assert sorted(asking) == sorted(READS_SEALED)


def test_who_asks_in_plain_sql_is_known_by_name() -> None:
    plain = re.compile(r"\b(FROM|JOIN|UPDATE|INTO) cases_[a-z]")
    asking = {
        path.relative_to(ROOT / "apps").as_posix()
        for path in (ROOT / "apps").rglob("*.py")
        if plain.search(path.read_text()) and "/migrations/" not in path.as_posix()
    }

    assert sorted(asking) == [f"cases/{name}" for name in sorted(IN_SQL)]


def test_no_other_app_asks_for_them() -> None:
    elsewhere = [path for path in (ROOT / "apps").rglob("*.py") if "apps/cases/" not in str(path)]

    assert [path.name for path in elsewhere if re.search(r"\.every\b", path.read_text())] == []
