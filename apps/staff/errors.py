"""How the administration of a hall's people says no."""

from bancheng.kernel.errors import Forbidden, NotFound, Refusal


class OwnPost(Forbidden):
    """Nobody gives herself roles, locks or ends her own post."""

    code = "staff.own_post"


class RoleNotYours(Forbidden):
    """`roles` are not for this administrator to give, take or reach."""

    code = "staff.role_not_yours"


class RolesClash(Refusal):
    """`roles` are never held by one person."""

    code = "staff.roles_clash"


class RoleElsewhere(Refusal):
    """`roles` belong to halls of another level."""

    code = "staff.role_elsewhere"


class NeedsDepartment(Refusal):
    """A handler or lead of a department belongs to one."""

    code = "staff.needs_department"


class LastAdministrator(Refusal):
    """A hall keeps at least one person who can administer it."""

    code = "staff.last_administrator"


class LastGuardian(Refusal):
    """Nobody else here holds `roles`: a successor comes first, or the hall above agrees."""

    code = "staff.last_guardian"


class OthersWatch(Refusal):
    """Others here hold the same roles: the post is locked or changed without the hall above."""

    code = "staff.others_watch"


class NobodyAbove(Refusal):
    """No hall stands above this one; its operator adds another person of `roles` first."""

    code = "staff.nobody_above"


class MutualConfirmation(Forbidden):
    """Whoever owes a role of this kind to somebody does not confirm one for her within `days`."""

    code = "staff.mutual_confirmation"


class DecidedAbove(Forbidden):
    """Nobody here may be the second: the hall above decides, or the proposal is withdrawn."""

    code = "staff.decided_above"


class QuestionOver(Refusal):
    """The question of the hall below was answered already."""

    code = "staff.question_over"


class PostExists(Refusal):
    """This person has a post here already; `ended` says that it is one to be taken up again."""

    code = "staff.post_exists"


class StillHolding(Refusal):
    """Work hangs on the post or the department: `holdings` by kind; somebody must be named."""

    code = "staff.still_holding"


class CannotTakeOver(Refusal):
    """Whoever was named cannot take on what hangs here: `kinds`."""

    code = "staff.cannot_take_over"


class AlreadyProposed(Refusal):
    """Something about this post waits for a second person already."""

    code = "staff.already_proposed"


class NothingProposed(Refusal):
    """Nothing about this post waits for a second person."""

    code = "staff.nothing_proposed"


class SecondPerson(Forbidden):
    """Another person must decide this: not who proposed it, not whom it concerns; `roles` may."""

    code = "staff.second_person"


class DepartmentExists(Refusal):
    """The hall has, or had, a department of this name."""

    code = "staff.department_exists"


class PostEnded(Refusal):
    """The post has ended; it must be taken up again first."""

    code = "staff.post_ended"


class NotEnded(Refusal):
    """The post or department is in use already."""

    code = "staff.not_ended"


class NoSession(NotFound):
    """No such session of one's own, or it is over."""

    code = "account.no_session"
