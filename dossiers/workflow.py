"""The status tables of dossiers, threads, questions and parts: enough to draw the diagrams."""

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS, Role
from audit.models import Audience
from audit.moves import Move
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Conformity, Dossier, Part, Question, Thread
from dossiers.statuses import ConformityStatus, DossierStatus, PartStatus, QuestionStatus, ThreadStatus

LEAD = frozenset({Role.REGULATORY_LEAD})
COORDINATOR = frozenset({Role.COORDINATOR})
REVIEWER = frozenset({Role.REVIEWER})
REVIEWING = REVIEWER | COORDINATOR
COMMENTERS = SPONSOR_WRITERS | REVIEWING

FILE: Move[Dossier, User] = Move(
    verb="file", label="File dossier", roles=LEAD,
    source=frozenset({DossierStatus.DRAFT, DossierStatus.RETURNED}), target=DossierStatus.FILED,
    guard=permissions.why_not_file, event=DossierEvent.FILED, is_signed=True,
)  # fmt: skip
VALIDATE: Move[Dossier, User] = Move(
    verb="validate", label="Validate filing", roles=COORDINATOR,
    source=frozenset({DossierStatus.FILED}), target=DossierStatus.VALIDATED,
    event=DossierEvent.VALIDATED,
)  # fmt: skip
SEND_BACK: Move[Dossier, User] = Move(
    verb="send_back", label="Send back to the sponsor", roles=COORDINATOR,
    source=frozenset({DossierStatus.FILED}), target=DossierStatus.RETURNED,
    event=DossierEvent.SENT_BACK,
)  # fmt: skip
START_REVIEW: Move[Dossier, User] = Move(
    verb="start_review", label="Start the clock", roles=COORDINATOR,
    source=frozenset({DossierStatus.VALIDATED}), target=DossierStatus.IN_REVIEW,
    guard=permissions.why_not_start_review, event=DossierEvent.REVIEW_STARTED,
)  # fmt: skip
SEND_QUESTIONS: Move[Dossier, User] = Move(
    verb="send_questions", label="Send the list of questions", roles=COORDINATOR,
    source=frozenset({DossierStatus.IN_REVIEW}), target=DossierStatus.CLOCK_STOPPED,
    guard=permissions.why_not_send_questions, event=DossierEvent.QUESTIONS_SENT,
)  # fmt: skip
SEND_RESPONSES: Move[Dossier, User] = Move(
    verb="send_responses", label="Send responses", roles=LEAD,
    source=frozenset({DossierStatus.CLOCK_STOPPED}), target=DossierStatus.IN_REVIEW,
    guard=permissions.why_not_send_responses, event=DossierEvent.RESPONSES_SENT, is_signed=True,
)  # fmt: skip
CONCLUDE: Move[Dossier, User] = Move(
    verb="conclude", label="Record the outcome", roles=COORDINATOR,
    source=frozenset({DossierStatus.IN_REVIEW}), target=DossierStatus.CONCLUDED,
    guard=permissions.why_not_conclude, event=DossierEvent.CONCLUDED, is_signed=True,
)  # fmt: skip
WITHDRAW: Move[Dossier, User] = Move(
    verb="withdraw", label="Withdraw dossier", roles=LEAD,
    source=frozenset(
        {
            DossierStatus.FILED, DossierStatus.RETURNED, DossierStatus.VALIDATED,
            DossierStatus.IN_REVIEW, DossierStatus.CLOCK_STOPPED,
        }
    ),
    target=DossierStatus.WITHDRAWN, event=DossierEvent.WITHDRAWN,
)  # fmt: skip

DOSSIER_MOVES = (
    FILE, VALIDATE, SEND_BACK, START_REVIEW, SEND_QUESTIONS, SEND_RESPONSES, CONCLUDE, WITHDRAW,
)  # fmt: skip

RESOLVE: Move[Thread, User] = Move(
    verb="resolve", label="Resolve", roles=COMMENTERS,
    source=frozenset({ThreadStatus.OPEN}), target=ThreadStatus.RESOLVED,
    guard=permissions.why_not_resolve, event=DossierEvent.THREAD_RESOLVED, audience=Audience.ACTOR,
)  # fmt: skip
REOPEN: Move[Thread, User] = Move(
    verb="reopen", label="Reopen", roles=COMMENTERS,
    source=frozenset({ThreadStatus.RESOLVED}), target=ThreadStatus.OPEN,
    guard=permissions.why_not_resolve, event=DossierEvent.THREAD_REOPENED, audience=Audience.ACTOR,
)  # fmt: skip

THREAD_MOVES = (RESOLVE, REOPEN)

SEND_QUESTION: Move[Question, User] = Move(
    verb="send", label="Send", roles=COORDINATOR,
    source=frozenset({QuestionStatus.DRAFT}), target=QuestionStatus.SENT,
    event=DossierEvent.QUESTION_SENT,
)  # fmt: skip
WITHDRAW_QUESTION: Move[Question, User] = Move(
    verb="withdraw", label="Take off the list", roles=REVIEWING,
    source=frozenset({QuestionStatus.DRAFT}), target=QuestionStatus.WITHDRAWN,
    guard=permissions.why_not_change_question, event=DossierEvent.QUESTION_WITHDRAWN,
    audience=Audience.AUTHORITY,
)  # fmt: skip
ANSWER_QUESTION: Move[Question, User] = Move(
    verb="answer", label="Answer", roles=LEAD,
    source=frozenset({QuestionStatus.SENT}), target=QuestionStatus.ANSWERED,
    event=DossierEvent.QUESTION_ANSWERED,
)  # fmt: skip
ACCEPT_ANSWER: Move[Question, User] = Move(
    verb="accept", label="Accept the answer", roles=REVIEWER,
    source=frozenset({QuestionStatus.ANSWERED, QuestionStatus.NOT_ACCEPTED}), target=QuestionStatus.ACCEPTED,
    guard=permissions.why_not_judge_answer, event=DossierEvent.ANSWER_ACCEPTED,
    audience=Audience.AUTHORITY,
)  # fmt: skip
REJECT_ANSWER: Move[Question, User] = Move(
    verb="reject", label="Do not accept", roles=REVIEWER,
    source=frozenset({QuestionStatus.ANSWERED, QuestionStatus.ACCEPTED}), target=QuestionStatus.NOT_ACCEPTED,
    guard=permissions.why_not_judge_answer, event=DossierEvent.ANSWER_NOT_ACCEPTED,
    audience=Audience.AUTHORITY,
)  # fmt: skip
FOLLOW_UP: Move[Question, User] = Move(
    verb="follow_up", label="Follow up", roles=REVIEWER,
    source=frozenset({QuestionStatus.ANSWERED, QuestionStatus.NOT_ACCEPTED}),
    target=QuestionStatus.FOLLOWED_UP,
    guard=permissions.why_not_judge_answer, event=DossierEvent.QUESTION_FOLLOWED_UP,
    audience=Audience.AUTHORITY,
)  # fmt: skip
JUDGE_AGAIN: Move[Question, User] = Move(
    verb="judge_again", label="Judge again", roles=REVIEWING,
    source=frozenset({QuestionStatus.FOLLOWED_UP}), target=QuestionStatus.ANSWERED,
    event=DossierEvent.ANSWER_JUDGED_AGAIN, audience=Audience.AUTHORITY,
)  # fmt: skip

QUESTION_MOVES = (
    SEND_QUESTION, WITHDRAW_QUESTION, ANSWER_QUESTION, ACCEPT_ANSWER, REJECT_ANSWER, FOLLOW_UP, JUDGE_AGAIN,
)  # fmt: skip

CONCLUDE_PART: Move[Part, User] = Move(
    verb="conclude", label="Conclude and sign", roles=REVIEWER,
    source=frozenset({PartStatus.OPEN}), target=PartStatus.CONCLUDED,
    guard=permissions.why_not_conclude_part, event=DossierEvent.PART_CONCLUDED,
    audience=Audience.AUTHORITY, is_signed=True,
)  # fmt: skip
REOPEN_PART: Move[Part, User] = Move(
    verb="reopen", label="Reopen", roles=COORDINATOR,
    source=frozenset({PartStatus.CONCLUDED}), target=PartStatus.OPEN,
    guard=permissions.why_not_reopen_part, event=DossierEvent.PART_REOPENED,
    audience=Audience.AUTHORITY,
)  # fmt: skip

PART_MOVES = (CONCLUDE_PART, REOPEN_PART)

DECLARABLE = frozenset(
    {
        ConformityStatus.UNKNOWN, ConformityStatus.CERTIFICATE, ConformityStatus.OPINION,
        ConformityStatus.MISSING,
    }
)  # fmt: skip
OPINIONS = frozenset({ConformityStatus.OPINION, ConformityStatus.RECEIVED})
DECLARE_CERTIFICATE: Move[Conformity, User] = Move(
    verb="declare_certificate", label="Declare the certificate", roles=LEAD,
    source=DECLARABLE, target=ConformityStatus.CERTIFICATE,
    guard=permissions.why_not_declare_certificate, event=DossierEvent.CONFORMITY_DECLARED,
    audience=Audience.SPONSOR,
)  # fmt: skip
DECLARE_OPINION: Move[Conformity, User] = Move(
    verb="declare_opinion", label="Declare the opinion", roles=LEAD,
    source=DECLARABLE, target=ConformityStatus.OPINION,
    guard=permissions.why_not_declare_opinion, event=DossierEvent.CONFORMITY_DECLARED,
    audience=Audience.SPONSOR,
)  # fmt: skip
DECLARE_MISSING: Move[Conformity, User] = Move(
    verb="declare_missing", label="Declare that no notified body assessed it", roles=LEAD,
    source=DECLARABLE, target=ConformityStatus.MISSING,
    guard=permissions.why_not_declare_missing, event=DossierEvent.CONFORMITY_DECLARED,
    audience=Audience.SPONSOR,
)  # fmt: skip
RECOGNISE: Move[Conformity, User] = Move(
    verb="recognise", label="Recognise the certificate", roles=REVIEWER,
    source=frozenset({ConformityStatus.CERTIFICATE}), target=ConformityStatus.SATISFIED,
    guard=permissions.why_not_lead_conformity, event=DossierEvent.CONFORMITY_JUDGED,
)  # fmt: skip
ASK_ABOUT: Move[Conformity, User] = Move(
    verb="ask_about", label="Ask the notified body about the certificate", roles=COORDINATOR,
    source=frozenset({ConformityStatus.CERTIFICATE}), target=ConformityStatus.CERTIFICATE,
    guard=permissions.why_not_ask_notified_body, event=DossierEvent.NOTIFIED_BODY_ASKED,
)  # fmt: skip
ASK_OPINION: Move[Conformity, User] = Move(
    verb="ask_opinion", label="Ask a notified body for its opinion", roles=COORDINATOR,
    source=frozenset({ConformityStatus.MISSING}), target=ConformityStatus.REQUESTED,
    guard=permissions.why_not_ask_notified_body, event=DossierEvent.NOTIFIED_BODY_ASKED,
)  # fmt: skip
DECIDE_NOT_REQUIRED: Move[Conformity, User] = Move(
    verb="decide_not_required", label="Record that the CAT asks for none", roles=COORDINATOR,
    source=frozenset({ConformityStatus.MISSING}), target=ConformityStatus.NOT_REQUIRED,
    guard=permissions.why_not_ask_notified_body, event=DossierEvent.CONFORMITY_JUDGED,
)  # fmt: skip
RECEIVE_OPINION: Move[Conformity, User] = Move(
    verb="receive_opinion", label="Record the opinion received", roles=COORDINATOR,
    source=frozenset({ConformityStatus.REQUESTED}), target=ConformityStatus.RECEIVED,
    guard=permissions.why_not_ask_notified_body, event=DossierEvent.NOTIFIED_BODY_ANSWERED,
)  # fmt: skip
HOLD_CONDITIONS: Move[Conformity, User] = Move(
    verb="hold_conditions", label="Note that conditions are open", roles=REVIEWER,
    source=OPINIONS, target=ConformityStatus.CONDITIONS,
    guard=permissions.why_not_open_conditions, event=DossierEvent.CONFORMITY_JUDGED,
)  # fmt: skip
ACCEPT_OPINION: Move[Conformity, User] = Move(
    verb="accept_opinion", label="Accept the opinion", roles=REVIEWER,
    source=OPINIONS, target=ConformityStatus.SATISFIED,
    guard=permissions.why_not_accept_conformity, event=DossierEvent.CONFORMITY_JUDGED,
)  # fmt: skip
ACCEPT_CLEAN_OPINION: Move[Conformity, User] = Move(
    verb="accept_clean_opinion", label="Accept the clean opinion", roles=REVIEWER,
    source=frozenset({ConformityStatus.CONDITIONS}), target=ConformityStatus.SATISFIED,
    guard=permissions.why_not_accept_conformity, event=DossierEvent.CONFORMITY_JUDGED,
)  # fmt: skip

CONFORMITY_MOVES = (
    DECLARE_CERTIFICATE, DECLARE_OPINION, DECLARE_MISSING, RECOGNISE, ASK_ABOUT, ASK_OPINION,
    DECIDE_NOT_REQUIRED, RECEIVE_OPINION, HOLD_CONDITIONS, ACCEPT_OPINION, ACCEPT_CLEAN_OPINION,
)  # fmt: skip
