"""The states of the dossiers app, as data that models, workflow and templates share."""

from django.db import models


class Procedure(models.TextChoices):
    """The procedures that a dossier can be made for."""

    MAA = "maa", "Centralised marketing authorisation"
    CLASSIFICATION = "classification", "Classification request, Article 17"
    CERTIFICATION = "certification", "Certification for SMEs, Article 18"


class DossierStatus(models.TextChoices):
    """Where a dossier stands between the sponsor and the authority."""

    DRAFT = "draft", "Draft"
    FILED = "filed", "Filed"
    RETURNED = "returned", "Sent back"
    VALIDATED = "validated", "Validated"
    IN_REVIEW = "in_review", "In review"
    CLOCK_STOPPED = "clock_stopped", "Clock stopped"
    CONCLUDED = "concluded", "Concluded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DossierOutcome(models.TextChoices):
    """How a procedure ended."""

    POSITIVE = "positive", "Positive"
    CONDITIONAL = "conditional", "Positive with conditions"
    NEGATIVE = "negative", "Negative"


class FilingKind(models.TextChoices):
    """What a sequence brings."""

    APPLICATION = "application", "Application"
    VALIDATION = "validation", "Response to the validation"
    RESPONSES = "responses", "Responses to questions"
    SUPPLEMENT = "supplement", "Supplementary information"


class FilingResult(models.TextChoices):
    """What the authority made of an attempt to file."""

    WAITING = "waiting", "With the agency"
    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"


EDITABLE = frozenset({DossierStatus.DRAFT, DossierStatus.RETURNED, DossierStatus.CLOCK_STOPPED})

# What the next sequence brings follows from where the dossier stands when it is filed.
NEXT_KINDS = {
    DossierStatus.FILED: FilingKind.VALIDATION,
    DossierStatus.VALIDATED: FilingKind.SUPPLEMENT,
    DossierStatus.IN_REVIEW: FilingKind.SUPPLEMENT,
    DossierStatus.CLOCK_STOPPED: FilingKind.RESPONSES,
}


class CarriedKind(models.TextChoices):
    """What the next sequence takes over from the one before it."""

    DOCUMENT = "document", "Document"
    ANSWER = "answer", "Answer to a requirement"
    CONDITION = "condition", "Condition of a notified body"


class Operation(models.TextChoices):
    """What a sequence does with a document. Source: ICH eCTD v3.2.2, leaf operation."""

    NEW = "new", "New"
    APPEND = "append", "Append"
    REPLACE = "replace", "Replace"
    DELETE = "delete", "Delete"


class RequirementState(models.TextChoices):
    """How a requirement is answered; open is never read as "does not apply"."""

    OPEN = "open", "Open"
    MET = "met", "Answered by a document"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class ClockKind(models.TextChoices):
    """What moved the clock of a procedure."""

    START = "start", "Clock started"
    STOP = "stop", "Clock stopped"
    RESTART = "restart", "Clock restarted"
    END = "end", "Clock ended"


class MemberRole(models.TextChoices):
    """What a colleague does in one dossier, besides what their role in the organisation allows."""

    OWNER = "owner", "Owner"
    EDITOR = "editor", "Editor"
    READER = "reader", "Reader"


class Duty(models.TextChoices):
    """What a reviewer does on a dossier."""

    LEAD = "lead", "Lead"
    CO_LEAD = "co_lead", "Co-lead"
    ASSESSOR = "assessor", "Assessor"
    PEER = "peer", "Peer reviewer"


class PartKind(models.TextChoices):
    """The parts of an assessment; a combined ATMP has three, the others one."""

    MEDICINAL = "medicinal", "Medicinal part"
    DEVICE = "device", "Device part"
    INTERFACE = "interface", "Interface"


class PartStatus(models.TextChoices):
    """Whether a part of the assessment is concluded."""

    OPEN = "open", "In assessment"
    CONCLUDED = "concluded", "Concluded"


class Recommendation(models.TextChoices):
    """What a part's assessors recommend."""

    FAVOURABLE = "favourable", "Favourable"
    FAVOURABLE_WITH_CONDITIONS = "with_conditions", "Favourable with conditions"
    UNFAVOURABLE = "unfavourable", "Not favourable"


class ThreadAudience(models.TextChoices):
    """Who reads a thread of comments."""

    PRIVATE = "private", "Only me"
    SPONSOR_TEAM = "sponsor_team", "My colleagues at the sponsor"
    REVIEW_TEAM = "review_team", "The review team"
    SPONSOR_AND_REVIEW = "both", "The review team and the sponsor"


class ThreadStatus(models.TextChoices):
    """Whether a thread still waits for something."""

    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"


class Discipline(models.TextChoices):
    """The disciplines under which questions are listed."""

    QUALITY = "quality", "Quality"
    NON_CLINICAL = "non_clinical", "Non-clinical"
    CLINICAL = "clinical", "Clinical"
    DEVICE = "device", "Device"


class QuestionKind(models.TextChoices):
    """How much hangs on a question; a major objection blocks a positive outcome."""

    MAJOR_OBJECTION = "major_objection", "Major objection"
    OTHER_CONCERN = "other_concern", "Other concern"


class QuestionStatus(models.TextChoices):
    """Where a question stands between reviewer and sponsor."""

    DRAFT = "draft", "On the draft list"
    SENT = "sent", "Sent to the sponsor"
    ANSWERED = "answered", "Answered"
    ACCEPTED = "accepted", "Answer accepted"
    NOT_ACCEPTED = "not_accepted", "Answer not accepted"
    FOLLOWED_UP = "followed_up", "Followed up"
    WITHDRAWN = "withdrawn", "Withdrawn"


class UploadState(models.TextChoices):
    """Where a file stands on its way into a dossier."""

    COMING = "coming", "Not all here yet"
    ARRIVED = "arrived", "Waiting for the checks"
    CHECKING = "checking", "Being checked"
    FIT = "fit", "Ready to be placed"
    REFUSED = "refused", "Not taken"
    PLACED = "placed", "Added"


class Applicability(models.TextChoices):
    """Whether a safety and performance requirement applies; not decided is never read as "does not"."""

    NOT_DECIDED = "not_decided", "Not decided"
    APPLIES = "applies", "Applies"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply"


class GsprJudgement(models.TextChoices):
    """What the authority says of a safety and performance requirement."""

    OPEN = "open", "Open"
    COMPLIES = "complies", "Complies"
    DOES_NOT_COMPLY = "does_not_comply", "Does not comply"


class ConformityStatus(models.TextChoices):
    """Where the evidence that the device part conforms stands: Regulation (EC) No 1394/2007, Article 9."""

    UNKNOWN = "unknown", "Not declared"
    CERTIFICATE = "certificate", "Certificate or declaration provided"
    OPINION = "opinion", "Opinion of a notified body provided"
    MISSING = "missing", "No assessment of a notified body"
    REQUESTED = "requested", "Asked of a notified body by the agency"
    RECEIVED = "received", "Opinion received by the agency"
    CONDITIONS = "conditions", "Opinion with open conditions"
    SATISFIED = "satisfied", "Conformity shown"
    NOT_REQUIRED = "not_required", "No notified body required"
