"""Who may do what with posts, units and accounts of a hall (domain.md §4.1, security.md §1.2)."""

from tests.contracts.rows.sets import ROLES, Row, row

_MANAGERS = row("hall_admin", "district_admin", "city_admin")
_SECOND = row(_MANAGERS, "supervisor", "discipline_observer")
_ABOVE = row("supervisor", "district_admin", "city_admin")

MAY: dict[str, Row] = {
    "GET people": _SECOND,
    "POST people": _MANAGERS,
    "GET people/<id>": _MANAGERS,
    "POST people/<id>/change": _MANAGERS,
    "POST people/<id>/end": _MANAGERS,
    "POST people/<id>/return": _MANAGERS,
    "POST people/<id>/lock": _MANAGERS,
    "POST people/<id>/unlock": _MANAGERS,
    "POST people/<id>/password": _MANAGERS,
    "POST people/<id>/decision": _SECOND,
    "POST people/<id>/sign-out": _MANAGERS,
    "POST people/<id>/release": _MANAGERS,
    "GET questions": _ABOVE,
    "POST questions/<id>/decision": _ABOVE,
    "POST departments": _MANAGERS,
    "GET departments/all": _MANAGERS,
    "GET departments/<id>": _MANAGERS,
    "POST departments/<id>/change": _MANAGERS,
    "POST departments/<id>/close": _MANAGERS,
    "POST departments/<id>/reopen": _MANAGERS,
    "GET hall/desk": _MANAGERS,
    "POST hall/desk": _MANAGERS,
    "GET account": ROLES,
    "POST account/password": ROLES,
    "DELETE account/sessions/<id>": ROLES,
}
