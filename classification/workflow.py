"""The status table of a classification: signed by the lead, superseded by the next signed version."""

from accounts.models import User
from accounts.roles import Role
from audit.models import Audience
from audit.moves import Move
from classification import permissions
from classification.events import ClassificationEvent
from classification.models import Assessment, AssessmentStatus

LEAD = frozenset({Role.REGULATORY_LEAD})

FINALISE: Move[Assessment, User] = Move(
    verb="finalise", label="Sign the rationale", roles=LEAD,
    source=frozenset({AssessmentStatus.DRAFT}), target=AssessmentStatus.FINALISED,
    guard=permissions.why_not_finalise, event=ClassificationEvent.FINALISED,
    audience=Audience.SPONSOR, is_signed=True,
)  # fmt: skip
SUPERSEDE: Move[Assessment, User] = Move(
    verb="supersede", label="Supersede", roles=LEAD,
    source=frozenset({AssessmentStatus.FINALISED}), target=AssessmentStatus.SUPERSEDED,
    guard=permissions.why_not_supersede, event=ClassificationEvent.SUPERSEDED,
    audience=Audience.SPONSOR,
)  # fmt: skip

ASSESSMENT_MOVES = (FINALISE, SUPERSEDE)
