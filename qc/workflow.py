"""The status tables of specifications, lots and results: enough to draw the diagrams."""

from accounts.models import User
from accounts.roles import Role
from audit.models import Audience
from audit.moves import Move
from qc import permissions
from qc.events import QCEvent
from qc.models import Lot, Result, Specification
from qc.statuses import LotStatus, ResultStatus, SpecificationStatus

ANALYST = frozenset({Role.QC_ANALYST})
QUALITY = frozenset({Role.QUALITY_ASSURANCE})
QP = frozenset({Role.QUALIFIED_PERSON})

APPROVE: Move[Specification, User] = Move(
    verb="approve", label="Approve and bring into force", roles=permissions.APPROVERS,
    source=frozenset({SpecificationStatus.DRAFT}), target=SpecificationStatus.EFFECTIVE,
    guard=permissions.why_not_approve, event=QCEvent.SPECIFICATION_APPROVED,
    audience=Audience.SPONSOR, is_signed=True,
)  # fmt: skip
SUPERSEDE: Move[Specification, User] = Move(
    verb="supersede", label="Supersede", roles=permissions.APPROVERS,
    source=frozenset({SpecificationStatus.EFFECTIVE}), target=SpecificationStatus.SUPERSEDED,
    event=QCEvent.SPECIFICATION_SUPERSEDED, audience=Audience.SPONSOR,
)  # fmt: skip
WITHDRAW: Move[Specification, User] = Move(
    verb="withdraw", label="Withdraw this draft", roles=permissions.WRITERS,
    source=frozenset({SpecificationStatus.DRAFT}), target=SpecificationStatus.WITHDRAWN,
    event=QCEvent.SPECIFICATION_WITHDRAWN, audience=Audience.SPONSOR,
)  # fmt: skip

SPECIFICATION_MOVES = (APPROVE, SUPERSEDE, WITHDRAW)

SUBMIT: Move[Lot, User] = Move(
    verb="submit", label="Submit to the Qualified Person", roles=QUALITY,
    source=frozenset({LotStatus.QUARANTINE}), target=LotStatus.UNDER_REVIEW,
    guard=permissions.why_not_submit, event=QCEvent.LOT_SUBMITTED,
    audience=Audience.SPONSOR, is_signed=True,
)  # fmt: skip
CERTIFY_INITIAL: Move[Lot, User] = Move(
    verb="certify_initially", label="Certify and release", roles=QP,
    source=frozenset({LotStatus.UNDER_REVIEW}), target=LotStatus.RELEASED_INITIAL,
    guard=permissions.why_not_certify_initially, event=QCEvent.LOT_CERTIFIED_INITIAL,
    audience=Audience.SPONSOR, is_signed=True,
)  # fmt: skip
CERTIFY_FINAL: Move[Lot, User] = Move(
    verb="certify_finally", label="Certify finally", roles=QP,
    source=frozenset({LotStatus.UNDER_REVIEW, LotStatus.RELEASED_INITIAL}), target=LotStatus.RELEASED_FINAL,
    guard=permissions.why_not_certify_finally, event=QCEvent.LOT_CERTIFIED_FINAL,
    audience=Audience.SPONSOR, is_signed=True,
)  # fmt: skip
REJECT: Move[Lot, User] = Move(
    verb="reject", label="Reject lot", roles=QP,
    source=frozenset({LotStatus.QUARANTINE, LotStatus.UNDER_REVIEW}), target=LotStatus.REJECTED,
    event=QCEvent.LOT_REJECTED, audience=Audience.SPONSOR, is_signed=True,
)  # fmt: skip
FAIL_LATE: Move[Lot, User] = Move(
    verb="fail_late", label="Late failing result", roles=ANALYST,
    source=permissions.RELEASED, target=LotStatus.LATE_OOS,
    event=QCEvent.LATE_OOS, audience=Audience.SPONSOR,
)  # fmt: skip

LOT_MOVES = (SUBMIT, CERTIFY_INITIAL, CERTIFY_FINAL, REJECT, FAIL_LATE)

REVIEW: Move[Result, User] = Move(
    verb="review", label="I checked this result", roles=permissions.WRITERS,
    source=frozenset({ResultStatus.ENTERED}), target=ResultStatus.REVIEWED,
    guard=permissions.why_not_review, event=QCEvent.RESULT_REVIEWED, audience=Audience.SPONSOR,
)  # fmt: skip
INVALIDATE: Move[Result, User] = Move(
    verb="invalidate", label="Invalidate", roles=ANALYST,
    source=frozenset({ResultStatus.ENTERED, ResultStatus.REVIEWED}), target=ResultStatus.INVALIDATED,
    guard=permissions.why_not_correct, event=QCEvent.RESULT_INVALIDATED, audience=Audience.SPONSOR,
)  # fmt: skip

RESULT_MOVES = (REVIEW, INVALIDATE)
