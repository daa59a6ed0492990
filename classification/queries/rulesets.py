"""The sets of rules with their versions, and what was signed that they would decide otherwise today."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from accounts.models import User
from classification.engine import RULESETS, RuleSet
from classification.engine.citations import Citation
from classification.engine.outcomes import in_code_order
from classification.engine.reasoning import prospect
from classification.models import Assessment, AssessmentStatus
from classification.queries.words import TRUST_WORDS, classes_in_words, outcome_words

PER_PAGE = 25
# What the check reads; the frozen verdict is large and not among it.
READ = (
    "code",
    "version",
    "name",
    "answers",
    "ruleset",
    "ruleset_version",
    "outcome",
    "status",
    "finalised_at",
)


@dataclass(frozen=True)
class Source:
    """A place in the law, with how far it was checked."""

    reference: str
    trust: str


@dataclass(frozen=True)
class RuleSetRow:
    """One set of rules with its sources and dates."""

    ruleset: RuleSet
    dated: date
    changes: list[tuple[str, date, str]]
    sources: list[Source]


@dataclass(frozen=True)
class Deviation:
    """A signed classification, and what the rules of today make of the same answers."""

    assessment: Assessment
    signed: str
    now: str


@dataclass(frozen=True)
class RuleSetPage:
    """Every set of rules, and what a newer version would decide otherwise."""

    rows: list[RuleSetRow]
    checked: int
    deviations: Page[Deviation]


def ruleset_page(user: User, page: str | None = None) -> RuleSetPage:
    """Gather the rule sets, and compare each signed classification that stands with the rules of today."""
    standing = Assessment.objects.visible_to(user).filter(status=AssessmentStatus.FINALISED).only(*READ)
    signed = list(standing.order_by("code", "version"))
    deviations = [deviation for each in signed if (deviation := _deviation(each))]
    return RuleSetPage(
        rows=[_row(ruleset) for ruleset in RULESETS.values()],
        checked=len(signed),
        deviations=Paginator(deviations, PER_PAGE).get_page(page),
    )


def _row(ruleset: RuleSet) -> RuleSetRow:
    return RuleSetRow(
        ruleset=ruleset,
        dated=date.fromisoformat(ruleset.dated),
        changes=[
            (change.version, date.fromisoformat(change.dated), change.what) for change in ruleset.changes
        ],
        sources=_sources(ruleset.citations),
    )


def _sources(citations: tuple[Citation, ...]) -> list[Source]:
    return [Source(citation.short, TRUST_WORDS[citation.trust]) for citation in citations]


def _deviation(assessment: Assessment) -> Deviation | None:
    """Say what the rules of today lead to, if it is not what was signed; only one class can be signed."""
    now = in_code_order(prospect(assessment.facts.answers(), assessment.ruleset).outcomes)
    if now == (assessment.outcome,):
        return None
    words = outcome_words(now[0]) if len(now) == 1 else classes_in_words(now)
    return Deviation(assessment, outcome_words(assessment.outcome), words)
