"""Inventing the background of a year: visits, numbers and cases by the shapes in content/."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from apps.cases.rules import Answer, Cause, Difficulty, Outcome, Urgency
from apps.windows.rules import PriorityReason
from apps.windows.services import PastSpan, PastTicket
from bancheng.config.demo import steps
from bancheng.config.demo.content import Applicant, CaseScript, DemoContent, Tried
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.shapes import HallShape, LogNormal, Template
from bancheng.config.demo.times import Timetable
from bancheng.kernel.hall import Level

_HALF_HOUR = 30
_DAYS_A_MONTH = 20.7


@dataclass(frozen=True, slots=True)
class QueueDay:
    """One day of a hall's windows."""

    tickets: list[PastTicket]
    spans: list[PastSpan]


@dataclass(slots=True)
class Inventor:
    """Draws everything from one seeded generator, so that a demo can be made again."""

    content: DemoContent
    times: Timetable
    dice: random.Random

    def shape(self, slug: str) -> HallShape:
        return next(shape for shape in self.content.shapes.halls if shape.hall == slug)

    def queue_day(self, opened: OpenHall, ago: int) -> QueueDay:
        """A past working day: people arrive, windows call the longest waiting."""
        day = self.times.days[ago]
        tickets: list[PastTicket] = []
        spans: list[PastSpan] = []
        shape = self.shape(opened.script.slug)
        for prefix, mean in shape.tickets.items():
            windows = [w.number for w in opened.script.windows if prefix in w.queues]
            if windows:
                expected = mean * self._season(day)
                tickets += self._serve(opened, ago, prefix, windows, self._poisson(expected))
        for window in opened.script.windows:
            spans += self._open_hours(opened.windows[window.number], ago)
        return QueueDay(sorted(tickets, key=lambda ticket: ticket.taken_at), spans)

    def _serve(
        self, opened: OpenHall, ago: int, prefix: str, windows: list[int], people: int
    ) -> list[PastTicket]:
        service = next(q for q in self.content.shapes.queues if q.prefix == prefix)
        free = {number: self.times.at(ago, 0) for number in windows}
        made: list[PastTicket] = []
        for taken in sorted(self._arrival(ago) for _ in range(people)):
            number = min(free, key=lambda n: free[n])
            called = max(taken + timedelta(seconds=self.dice.randint(4, 40)), free[number])
            started = called + self._seconds(self.content.shapes.walk_seconds)
            minutes = self.dice.lognormvariate(math.log(service.median), service.sigma)
            finished = started + timedelta(seconds=int(min(minutes, 60.0) * 60))
            missed = self.dice.random() < self.content.shapes.missed_share
            if finished > self._closing(ago) + timedelta(minutes=45):
                break
            free[number] = called + timedelta(seconds=60) if missed else finished
            made.append(
                PastTicket(
                    queue_id=opened.queues[prefix],
                    taken_at=taken,
                    window_id=opened.windows[number],
                    called_at=called,
                    started_at=None if missed else started,
                    finished_at=free[number] if missed else finished,
                    priority_reason=self._priority(),
                )
            )
        return made

    def _arrival(self, ago: int) -> datetime:
        curve = self.content.shapes.arrivals
        slot = self.dice.choices(range(len(curve)), weights=curve)[0]
        minute = slot * _HALF_HOUR + self.dice.random() * _HALF_HOUR
        return self.times.at(ago, int(minute)) + timedelta(seconds=self.dice.randint(0, 59))

    def _open_hours(self, window: UUID, ago: int) -> Iterator[PastSpan]:
        for first, last in ((0, 209), (210, 420)):
            start = self.times.at(ago, first) - timedelta(minutes=self.dice.randint(0, 6))
            yield PastSpan(window, start, self.times.at(ago, last) + timedelta(minutes=1))

    def _closing(self, ago: int) -> datetime:
        return self.times.at(ago, 420)

    def _priority(self) -> PriorityReason | None:
        if self.dice.random() >= self.content.shapes.priority_share:
            return None
        return self.dice.choice((PriorityReason.ELDERLY, PriorityReason.MILITARY))

    def _seconds(self, shape: LogNormal) -> timedelta:
        return timedelta(seconds=int(self.dice.lognormvariate(math.log(shape.median), shape.sigma)))

    def _season(self, day: date) -> float:
        shapes = self.content.shapes
        return shapes.weekdays[min(day.weekday(), 4)] * shapes.months[day.month - 1]

    def _poisson(self, mean: float) -> int:
        """Knuth's method; means here stay below 100."""
        limit, count, product = math.exp(-min(mean, 300.0)), 0, self.dice.random()
        while product > limit:
            count, product = count + 1, product * self.dice.random()
        return count

    def visits(self, opened: OpenHall, ago: int) -> int:
        """How many people come to the desk on a day without it becoming a case."""
        shape = self.shape(opened.script.slug)
        return self._poisson(shape.receptions / _DAYS_A_MONTH * self._season(self.times.days[ago]))

    def cases(self, opened: OpenHall, newest: int, oldest: int) -> list[CaseScript]:
        """Finished background cases registered from `oldest` to `newest` working days ago."""
        shape = self.shape(opened.script.slug)
        share = shape.cases / _DAYS_A_MONTH
        return [
            self.background(opened, ago)
            for ago in range(newest, oldest)
            if not self._quiet(shape, ago)
            for _ in range(self._poisson(share))
        ]

    def _quiet(self, shape: HallShape, ago: int) -> bool:
        today, day = self.times.days[0], self.times.days[ago]
        months = (today.year - day.year) * 12 + today.month - day.month
        return months in shape.quiet_months

    def background(self, opened: OpenHall, ago: int) -> CaseScript:
        """One case from a template that fits the hall, registered `ago` working days ago."""
        template = self._template(opened)
        applicant = self._applicant()
        minute = self.dice.randint(5, 90)
        return CaseScript(
            case=0,
            hall=opened.script.slug,
            ago=ago,
            minute=minute,
            item=template.item,
            title=template.title,
            detail=template.detail,
            want="希望今天能有个明确说法。",
            applicant=applicant,
            visit_count=self.dice.choices((1, 2, 3, 4), weights=(3, 4, 2, 1))[0],
            tried=(Tried("综合窗口", "未受理"),),
            blocked_stage="受理",
            steps=tuple(self._steps(opened, template, ago, minute + 10)),
            urgency=Urgency.NORMAL,
        )

    def _template(self, opened: OpenHall) -> Template:
        units = set(opened.departments)
        fitting = [
            one
            for one in self.content.templates
            if opened.script.level in one.levels and units & set(one.units)
        ]
        return self.dice.choice(fitting)

    def _applicant(self) -> Applicant:
        shapes = self.content.shapes
        name = self.dice.choice(shapes.surnames) + self.dice.choice(shapes.given_names)
        phone = f"1990000{self.dice.randint(2000, 9999)}"
        return Applicant(name, phone, "", "person", "self")

    def _steps(
        self, opened: OpenHall, template: Template, ago: int, begin: int
    ) -> Iterator[steps.Step]:
        unit = self.dice.choice(sorted(set(opened.departments) & set(template.units)))
        cannot = template.cause is Cause.CANNOT
        yield steps.Triage(
            t=(0, begin),
            should_do=Answer.NO if cannot else Answer.YES,
            can_do=Answer.NO if cannot else Answer.YES,
            cause=template.cause,
            blocking_reason=template.reason,
            difficulty=Difficulty.SIMPLE,
            note=template.detail,
        )
        if cannot and template.outcome is Outcome.EXPLAINED:
            yield from self._refusal(template, begin)
            return
        yield steps.Dispatch(t=(0, begin + 8), lead_unit=unit, note="请核实后答复。")
        slow = self.dice.random() < self.content.shapes.cases.overdue_share
        signed = (1, 30) if slow else (0, begin + 8 + self.dice.randint(5, 90))
        yield steps.Sign(t=signed)
        called = (signed[0], signed[1] + self.dice.randint(10, 90))
        yield steps.Contact(t=called, method="phone", result="reached", note="已电话联系本人。")
        yield from self._answer(template, self._days_taken(ago))

    def _days_taken(self, ago: int) -> int:
        late = self.dice.random() < self.content.shapes.cases.overdue_share
        wanted = self.dice.randint(6, 9) if late else self.dice.randint(2, 4)
        return min(wanted, max(1, ago - 2))

    def _answer(self, template: Template, day: int) -> Iterator[steps.Step]:
        happy = self.dice.random() > self.content.shapes.cases.bad_rating_share * 2
        yield steps.Reply(
            t=(day, 250),
            answer=template.answer,
            solved="partly" if template.outcome is Outcome.PARTLY else "yes",
            outcome=template.outcome,
        )
        yield steps.Review(t=(day, 300), decision="pass")
        yield steps.Deliver(t=(day, 340), method="sms", text=template.answer)
        outcome = template.outcome if happy else Outcome.UNRESOLVED
        yield steps.Callback(
            t=(day + 1, 90),
            by=None,
            result="solved" if happy else "unsolved",
            satisfaction=self.dice.choice((4, 5)) if happy else 2,
            note="回访核实。",
            outcome=outcome,
            tools=("agent",) if outcome is Outcome.DONE_ALT else (),
        )

    def _refusal(self, template: Template, begin: int) -> Iterator[steps.Step]:
        remedies = sorted(self.content.catalogue["remedies"])
        review = next(code for code in remedies if code.startswith("review"))
        court = next(code for code in remedies if code.startswith("court"))
        yield steps.Refusal(
            t=(0, begin + 8),
            legal_basis=template.basis or "",
            explanation=template.answer,
            approver=steps.RefusalApproval.usual,
            remedy=steps.Remedy(review, court),
        )
        yield steps.RefusalApproval(t=(1, 60), decision="approve", note="依据充分，同意。")
        yield steps.Deliver(t=(1, 120), method="written", text=template.answer)
        yield steps.Callback(
            t=(2, 100),
            result="solved",
            satisfaction=self.dice.choice((3, 4, 5)),
            note="申请人表示理解。",
            outcome=Outcome.EXPLAINED,
        )

    def open_cases(self, opened: OpenHall, wanted: int) -> list[CaseScript]:
        """Background cases of the last days that are still on their way."""
        return [self._unfinished(opened, self.dice.randint(0, 3)) for _ in range(wanted)]

    def _unfinished(self, opened: OpenHall, ago: int) -> CaseScript:
        script = self.background(opened, ago)
        taken = [step for step in script.steps if self._already(ago, step)]
        keep = self.dice.randint(1, max(1, min(len(taken), len(script.steps) - 1)))
        if opened.script.level is Level.STREET and self.dice.random() < 0.35:
            return replace(script, steps=(taken[0], self._upward(opened, taken[0])))
        return replace(script, steps=tuple(taken[:keep]))

    def _already(self, ago: int, step: steps.Step) -> bool:
        """Whether a step lies before the demonstration's now."""
        days_left = ago - step.day
        return days_left > 0 or (days_left == 0 and step.minute <= self.times.demo_minute)

    def _upward(self, opened: OpenHall, after: steps.Step) -> steps.Referral:
        return steps.Referral(
            t=(after.day, after.minute + 6),
            to=opened.script.parent or "",
            reason="本级无决定权限，需由上级协调。",
            need_contact=True,
            purpose="联系申请人核实情况并作出处理",
        )
