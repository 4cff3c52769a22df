"""Why a paper is not issued, or a template not taken."""

from bancheng.kernel.errors import Refusal


class UnknownPlaceholder(Refusal):
    """The template asks for something this paper does not know: `names`; `known` are those it
    does."""

    code = "documents.unknown_placeholder"
    status = 422


class PartMissing(Refusal):
    """A part that the paper must have by law or rule is not in the template: `names`."""

    code = "documents.part_missing"
    status = 422


class BadStructure(Refusal):
    """`line` of the template cannot be read; `why` says what is wrong with it."""

    code = "documents.bad_structure"
    status = 422


class NothingToPrint(Refusal):
    """What this paper is about has not happened yet: `missing` says what."""

    code = "documents.nothing_to_print"


class AlreadyVoid(Refusal):
    """The paper was declared void before."""

    code = "documents.already_void"


class NotEdited(Refusal):
    """The hall has no version of its own of this template."""

    code = "documents.not_edited"


class CannotRender(Refusal):
    """The paper could not be set; the paper itself is kept and can be printed later."""

    code = "documents.cannot_render"
    status = 500
