"""The page of one classification: worked out while it is a draft, read as it was signed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from audit import issuing, signing
from audit.models import IssuedReport, Signature
from classification import permissions, workflow
from classification.diagrams import Diagram, path_diagram
from classification.engine import RULESETS, FlagCode, Outcome, classify
from classification.engine.citations import Trust
from classification.engine.questions import QUESTION_OF, Question
from classification.models import Assessment, AssessmentStatus
from classification.queries.rationale import content_to_sign, rationale_of, statement_of
from classification.queries.words import FLAG_TITLES, TRUST_WORDS, classes_in_words, outcome_words

RATIONALE = "classification.rationale"


@dataclass(frozen=True)
class FindingRow:
    """One step of the reasoning, with how far its source was checked."""

    rule: str
    because: str
    citation: str
    trust: str


@dataclass(frozen=True)
class FlagRow:
    """Something to heed beside the class."""

    title: str
    text: str
    citation: str
    is_warning: bool
    obliges: list[str]


@dataclass(frozen=True)
class BranchRow:
    """A class that was not reached, and why."""

    rule: str
    title: str
    because: str
    citation: str
    trust: str


@dataclass(frozen=True)
class VerdictPage:
    """The page of one classification."""

    assessment: Assessment
    rationale: Mapping[str, Any]
    unanswered: tuple[Question, ...]
    title: str
    classes: list[str]
    split: Question | None
    diagram: Diagram
    findings: list[FindingRow]
    not_taken: list[BranchRow]
    flags: list[FlagRow]
    ruleset: str
    would_be_now: str
    predecessor: Assessment | None
    successor: Assessment | None
    signatures: list[Signature]
    reports: list[IssuedReport]
    statement: str
    shown: dict[str, Any] | None
    binding: str
    why_not_change: str | None
    why_not_finalise: str | None
    why_not_revise: str | None
    why_not_start: str | None
    why_not_copy: str | None

    @property
    def is_undetermined(self) -> bool:
        """Whether all questions are answered and more than one class is left."""
        return not self.unanswered and len(self.rationale["outcomes"]) > 1

    @property
    def outcome(self) -> str:
        """The class in few words."""
        return outcome_words(self.rationale["outcome"])


def verdict_page(assessment: Assessment, user: User) -> VerdictPage:
    """Gather the page of one classification; what was signed is read, never worked out again."""
    shown = None if assessment.is_final else content_to_sign(assessment)
    rationale = shown["verdict"] if shown else frozen_or_now(assessment)
    unanswered = () if assessment.is_final else assessment.unanswered
    key = rationale["first_open_key"]
    return VerdictPage(
        assessment=assessment,
        rationale=rationale,
        unanswered=unanswered,
        title="No verdict yet" if unanswered else rationale["label"],
        classes=classes_of(rationale),
        split=QUESTION_OF[key] if key else None,
        diagram=_diagram(rationale, unanswered),
        findings=finding_rows(rationale),
        not_taken=[] if unanswered else branch_rows(rationale),
        flags=flag_rows(rationale),
        ruleset=ruleset_words(rationale),
        would_be_now=_would_be_now(assessment, rationale),
        predecessor=assessment.supersedes,
        successor=Assessment.objects.filter(supersedes=assessment).first(),
        signatures=signing.signatures_on(assessment),
        reports=list(issuing.reports_on(assessment, user).filter(kind=RATIONALE)),
        statement=statement_of(assessment),
        shown=shown,
        binding=_binding(shown) if shown else "",
        why_not_change=permissions.why_not_change(assessment, user),
        why_not_finalise=workflow.FINALISE.why_not(assessment, user),
        why_not_revise=permissions.why_not_revise(assessment, user),
        why_not_start=permissions.why_not_start(user),
        why_not_copy=permissions.why_not_copy(assessment, user),
    )


def _diagram(rationale: Mapping[str, Any], unanswered: tuple[Question, ...]) -> Diagram:
    """Draw the way; it ends in a class, in several, or at a question that nobody has answered yet."""
    outcomes = [Outcome(code) for code in rationale["outcomes"]]
    if unanswered:
        return path_diagram(rationale, f"Goes on with {unanswered[0].id}", is_open=True)
    if len(outcomes) > 1:
        return path_diagram(rationale, f"Still possible: {classes_in_words(outcomes)}", is_open=True)
    return path_diagram(rationale, rationale["label"])


def _binding(shown: Mapping[str, Any]) -> str:
    """Say what a signature made now would bind."""
    digest = signing.shown_hash(shown)
    hash_shown = f"{digest[:4]} {digest[4:8]}"
    return f"The signature binds this text, hash {hash_shown}. A changed answer opens a new version."


def frozen_or_now(assessment: Assessment) -> dict[str, Any]:
    """Return the rationale: as it was signed, or as the answers of a draft have it now."""
    if assessment.is_final:
        return dict(assessment.verdict or {})
    return rationale_of(assessment)


def classes_of(rationale: Mapping[str, Any]) -> list[str]:
    """Name every class that a rationale leaves possible."""
    return [Outcome(code).label for code in rationale["outcomes"]]


def ruleset_words(rationale: Mapping[str, Any]) -> str:
    """Name the rules that a rationale rests on, their version, and whether they are law."""
    code: str = rationale["ruleset"]
    version = rationale.get("ruleset_version")  # what was signed before versions were named has none
    return ", ".join([code, *([f"version {version}"] if version else []), str(RULESETS[code].state)])


def _would_be_now(assessment: Assessment, rationale: Mapping[str, Any]) -> str:
    """Name the class that the rules of today give to a signed classification, if it is another one."""
    if assessment.status != AssessmentStatus.FINALISED:
        return ""
    now = classify(assessment.facts, assessment.ruleset)
    if [str(outcome) for outcome in now.outcomes] == rationale["outcomes"]:
        return ""
    return now.outcome.label if now.is_determined else classes_in_words(now.outcomes)


def finding_rows(rationale: Mapping[str, Any]) -> list[FindingRow]:
    """The findings of a rationale as lines."""
    return [
        FindingRow(
            finding["rule"],
            finding["because"],
            "; ".join(finding["citations"]),
            TRUST_WORDS[Trust(finding["trust"])],
        )
        for finding in rationale["findings"]
    ]


def branch_rows(rationale: Mapping[str, Any]) -> list[BranchRow]:
    """The branches not taken as lines; what was signed before they were kept has none."""
    return [
        BranchRow(
            branch["rule"],
            _why_not_title(branch["class"], is_open=branch["is_open"]),
            branch["because"],
            "; ".join(branch["citations"]),
            TRUST_WORDS[Trust(branch["trust"])] if branch["trust"] else "",
        )
        for branch in rationale.get("not_taken", [])
    ]


def _why_not_title(code: str, *, is_open: bool) -> str:
    name = "Combined ATMP" if code == "combined" else Outcome(code).label
    if is_open:
        return f"{name}: still possible."
    article = "" if code == Outcome.TISSUE_CELL_SOHO else "a "
    return f"Why not {article}{name[:1].lower() + name[1:]}?"


def flag_rows(rationale: Mapping[str, Any]) -> list[FlagRow]:
    """The flags of a rationale as lines, the advice to ask the CAT first."""
    rows = [
        FlagRow(
            FLAG_TITLES[FlagCode(flag["code"])],
            flag["text"],
            "; ".join(flag["citations"]),
            flag["code"] == FlagCode.SEEK_CAT,
            flag.get("obliges", []),
        )
        for flag in rationale["flag_notes"]
    ]
    return sorted(rows, key=lambda row: not row.is_warning)
