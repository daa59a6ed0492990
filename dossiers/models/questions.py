"""Questions to the sponsor and the answers to them."""

import re
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from dossiers.models.documents import DocumentVersion
from dossiers.models.dossiers import Dossier, Section
from dossiers.models.threads import Thread
from dossiers.statuses import Discipline, QuestionKind, QuestionStatus

FIRST_SENTENCE = re.compile(r"(?<=[.?!])\s|\n")


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions."""

    def visible_to(self, user: User) -> Self:
        """Keep what the person may see; a sponsor never sees the draft list."""
        seen = self.filter(dossier__in=Dossier.objects.visible_to(user))
        match user.side:
            case Side.SPONSOR:
                return seen.exclude(Q(status=QuestionStatus.DRAFT) | Q(sent_at=None))
            case Side.AUTHORITY:
                return seen
            case _:
                return self.none()

    def with_page(self) -> Self:
        """Fetch what the pages of a question show."""
        return self.select_related(
            "section",
            "dossier__product__assessment",
            "dossier__organisation",
            "asked_on__document",
            "follow_up",
            "judged_by",
            "raised_by",
        )


class Question(models.Model):
    """A numbered question of a list of questions."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=QuestionKind)
    discipline = models.CharField(max_length=16, choices=Discipline)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="questions")
    thread = models.OneToOneField(Thread, null=True, on_delete=models.PROTECT, related_name="question")
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="follow_up")
    asked_on = models.ForeignKey(DocumentVersion, null=True, on_delete=models.PROTECT, related_name="+")
    asked_page = models.PositiveIntegerField(null=True)
    text = models.TextField()
    status = models.CharField(max_length=12, choices=QuestionStatus, default=QuestionStatus.DRAFT)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True, default=uuid4)
    sent_at = models.DateTimeField(null=True)
    due_on = models.DateField("answer due", null=True)
    answered_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)
    judgement = models.TextField(blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["discipline", "kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="question_number"),
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None)
                | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="question_judged_who_when",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, due_on=None) | Q(sent_at__isnull=False, due_on__isnull=False),
                name="question_sent_with_due_date",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the question's page."""
        return reverse("dossiers:question", args=[self.dossier_id, self.pk])

    @property
    def code(self) -> str:
        """The number as people say it: "Q-004"."""
        return f"Q-{self.number:03}"

    @property
    def headline(self) -> str:
        """The first sentence, for lists."""
        return FIRST_SENTENCE.split(self.text.strip(), maxsplit=1)[0]

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers."""

    def visible_to(self, user: User) -> Self:
        """Keep what the person may see; the authority reads answers once they are sent."""
        seen = self.filter(question__in=Question.objects.visible_to(user))
        return seen if user.side == Side.SPONSOR else seen.filter(sent_at__isnull=False)


class Answer(models.Model):
    """The sponsor's answer to a question; a draft until the responses are sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="answer")
    text = models.TextField(blank=True)
    version = models.ForeignKey(DocumentVersion, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(null=True)
    edition = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = AnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Answer to {self.question}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.question.dossier
