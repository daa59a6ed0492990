"""The states of the qc app, as data that models, workflow and templates share."""

from django.db import models


class SpecificationStatus(models.TextChoices):
    """Whether lots may be judged against a specification."""

    DRAFT = "draft", "Draft"
    EFFECTIVE = "effective", "In force"
    SUPERSEDED = "superseded", "Superseded"


class CriterionKind(models.TextChoices):
    """How a limit is read."""

    MIN = "min", "at least"
    MAX = "max", "at most"
    RANGE = "range", "between"
    TEXT = "text", "as described"
    ABSENT = "absent", "absent"


class LotStatus(models.TextChoices):
    """The quality status of a lot; it never says what happened to a container."""

    QUARANTINE = "quarantine", "In quarantine"
    UNDER_REVIEW = "under_review", "Under QP review"
    RELEASED_INITIAL = "released_initial", "Released, results pending"
    RELEASED_FINAL = "released_final", "Released, final"
    LATE_OOS = "late_oos", "Late failing result"
    REJECTED = "rejected", "Rejected"


class Certification(models.TextChoices):
    """Which certification of the Qualified Person a lot carries: EudraLex volume 4, part IV, 11.3."""

    NONE = "none", "Not certified"
    INITIAL = "initial", "Initial certification"
    FINAL = "final", "Final certification"


class ResultStatus(models.TextChoices):
    """Whether a second person has checked a result, or it was taken back."""

    ENTERED = "entered", "Entered"
    REVIEWED = "reviewed", "Checked"
    INVALIDATED = "invalidated", "Invalidated"


class Conclusion(models.TextChoices):
    """What a result says of the lot."""

    PENDING = "pending", "Pending"
    COMPLIES = "complies", "Complies"
    OOS = "oos", "Out of specification"
    INDETERMINATE = "indeterminate", "To be judged by a person"
