"""What runs by the clock."""

from celery import shared_task

from apps.conduct.services import circle

SCHEDULE = (("conduct.circles", 60.0, True),)


@shared_task(name="conduct.circles")
def draw_circles() -> None:
    """People come, go and change; the circles of the open files follow."""
    circle.draw_again()
