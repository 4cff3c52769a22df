"""What the halls below ask about their posts, answered in the hall above."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import people
from apps.staff.api import people_shapes as shapes
from apps.staff.api.people import TellingCommand
from apps.staff.api.views import HallView
from apps.staff.services import below


class QuestionsView(HallView):
    @extend_schema(responses=shapes.QuestionsOut)
    def get(self, request: Request) -> Response:
        """What waits for this hall's word, the oldest first."""
        return Response(shapes.QuestionsOut({"results": people.questions_of(self.actor)}).data)


class AnswerView(TellingCommand):
    @extend_schema(request=shapes.SecondIn, responses=shapes.AnsweredOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Yes or no, once; a one-time password that was asked for is told in this answer."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = shapes.SecondIn(data=request.data)
        given.is_valid(raise_exception=True)
        decision = given.validated_data["decision"]
        self.told = below.answer(
            question_id=kwargs["question_id"], decision=decision, by=self.actor
        )
        return Response(shapes.AnsweredOut({"password": None}).data)
