"""Departments, posts, access and tokens of the current hall; its screens are in `devices`."""

from apps.staff.devices import pair_device, revoke_device
from apps.staff.services.changes import hears_of_people, people_changed
from apps.staff.services.departments import add_department
from apps.staff.services.posts import add_post
from apps.staff.services.tokens import issue_token, revoke_token

__all__ = [
    "add_department",
    "add_post",
    "hears_of_people",
    "issue_token",
    "pair_device",
    "people_changed",
    "revoke_device",
    "revoke_token",
]
