"""Every write to a classification: one function per verb."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts import inbox
from accounts.models import User
from accounts.roles import SPONSOR_WRITERS
from audit import moves, signing, trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from audit.signing import Proof
from classification import permissions, queries, workflow
from classification.engine import ProductFacts
from classification.engine.facts import spoken
from classification.events import ClassificationEvent
from classification.models import Assessment

Answer = str | list[str]
LONGEST_SENTENCE = 300


class CodeTaken(Refused):
    """The organisation has given this code to another candidate."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Your organisation already has a candidate {code}.")


class Overtaken(Stale):
    """Somebody changed the same thing after the page was opened; `fields` names what."""

    def __init__(self, assessment: Assessment, fields: list[str]) -> None:
        super().__init__(
            "Somebody changed the same thing after you opened the page; nothing was overwritten."
        )
        self.assessment = assessment
        self.fields = fields


@transaction.atomic
def start(*, by: User, code: str, name: str, indication: str, **described: str) -> Assessment:
    """Bring in a candidate whose class is to be found."""
    _refuse(permissions.why_not_start(by))
    words = {"name": name, "indication": indication, **described}
    assessment = _brought_in(Assessment(code=code, created_by=by, **words))
    _record(ClassificationEvent.STARTED, assessment, by, f"Candidate {code} brought in")
    return assessment


@transaction.atomic
def copy(
    source: Assessment, *, by: User, code: str, name: str, indication: str, **described: str
) -> Assessment:
    """Bring in another candidate that starts with the answers of this one, as they stand now."""
    source = Assessment.objects.select_for_update().get(pk=source.pk)
    _refuse(permissions.why_not_copy(source, by))
    words = {"name": name, "indication": indication, **described}
    variant = Assessment(code=code, copied_from=source, answers=dict(source.answers), created_by=by, **words)
    variant = _brought_in(variant)
    _record(ClassificationEvent.COPIED, source, by, f"Candidate {code} started with the answers of this one")
    sentence = f"Candidate {code} brought in with the answers of {source}"
    _record(ClassificationEvent.STARTED, variant, by, sentence, {"copied_from": source.pk})
    return variant


def _brought_in(assessment: Assessment) -> Assessment:
    """Save a new candidate for the organisation of its author, unless the code is taken."""
    assessment.organisation_id = assessment.created_by.organisation_id
    if Assessment.objects.with_code(assessment.created_by.organisation, assessment.code).exists():
        raise CodeTaken(assessment.code)
    try:
        with transaction.atomic():
            assessment.save(force_insert=True)
    except IntegrityError:
        raise CodeTaken(assessment.code) from None
    return assessment


@transaction.atomic
def describe(assessment: Assessment, *, by: User, edition: int, **description: str) -> Assessment:
    """Change what the candidate is called, is for, or is; raises Overtaken when another edit came between."""
    locked = _to_change(assessment, by)
    before = {name: getattr(locked, name) for name in description}
    changed = trail.changes(before, description)
    if not changed:
        return locked
    if "code" in changed:
        _refuse_taken(locked, description["code"])
    _refuse_overtaken(locked, edition, list(changed))
    for name, value in description.items():
        setattr(locked, name, value)
    _note_edition(locked, list(changed))
    locked.save(update_fields=[*changed, "edition", "changed_in", "changed_at"])
    words = ", ".join(queries.FIELD_WORDS[name].lower() for name in changed)
    _record(ClassificationEvent.DESCRIBED, locked, by, f"Changed: {words}", changed)
    return locked


@transaction.atomic
def answer(assessment: Assessment, key: str, value: Answer, *, by: User, edition: int) -> Assessment:
    """Answer one question, given in exchange form; other answers are left as they are, whoever changed them.

    Raises Overtaken when this same answer was changed after the edition that the person saw.
    """
    locked = _to_change(assessment, by)
    given = spoken(getattr(ProductFacts.from_exchange({key: value}), key))
    before = locked.answers.get(key)
    if given == before:
        return locked
    _refuse_overtaken(locked, edition, [key])
    locked.answers[key] = given
    _note_edition(locked, [key])
    locked.save(update_fields=["answers", "edition", "changed_in", "changed_at"])
    question = queries.QUESTION_ANYWHERE[key]
    sentence = f"{question.id} answered: {question.wording} {queries.words_of(question, given)}"
    _record(
        ClassificationEvent.ANSWERED,
        locked,
        by,
        Truncator(sentence).chars(LONGEST_SENTENCE),
        {key: {"old": before, "new": given}},
    )
    return locked


@transaction.atomic
def answer_regional(
    assessment: Assessment, answers: Mapping[str, Answer], *, by: User, edition: int
) -> Assessment:
    """Answer questions of other regions together: all are kept, or none when one of them was overtaken."""
    for key, value in answers.items():
        assessment = answer(assessment, key, value, by=by, edition=edition)
    return assessment


@transaction.atomic
def finalise(assessment: Assessment, *, by: User, proof: Proof) -> Assessment:
    """Sign the rationale: the answers and the verdict are frozen, and an earlier version is superseded."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    shown = queries.content_to_sign(locked)
    now = timezone.now()
    signed = moves.make(
        workflow.FINALISE,
        locked,
        by=by,
        sentence=f"Classification adopted: {shown['verdict']['label']}",
        data={key: shown["verdict"][key] for key in ("outcome", "ruleset", "ruleset_version")},
        also={
            "outcome": shown["verdict"]["outcome"],
            "ruleset_version": shown["verdict"]["ruleset_version"],
            "verdict": shown["verdict"],
            "finalised_by": by,
            "finalised_at": now,
            "changed_at": now,
        },
    )
    signing.sign(
        signed,
        meaning="classification adopted",
        statement=queries.statement_of(signed),
        shown=shown,
        by=by,
        proof=proof,
        audience=Audience.SPONSOR,
    )
    if signed.supersedes:
        moves.make(
            workflow.SUPERSEDE, signed.supersedes, by=by, sentence=f"Superseded by version {signed.version}"
        )
    inbox.tell(
        _colleagues(signed, by),
        subject=f"{signed} is classified: {shown['verdict']['label']}",
        text=f"{by.full_name} signed the classification of {signed}, {signed.name}.",
        path=signed.get_absolute_url(),
    )
    return signed


@transaction.atomic
def revise(assessment: Assessment, *, by: User) -> Assessment:
    """Start the next version of a signed classification as a draft with the same answers.

    The signed version stands until the new one is signed.
    """
    signed = Assessment.objects.select_for_update().get(pk=assessment.pk)
    _refuse(permissions.why_not_revise(signed, by))
    draft = Assessment.objects.create(
        organisation_id=signed.organisation_id,
        code=signed.code,
        version=signed.version + 1,
        supersedes=signed,
        name=signed.name,
        indication=signed.indication,
        description=signed.description,
        mechanism=signed.mechanism,
        mechanism_text=signed.mechanism_text,
        answers=dict(signed.answers),
        created_by=by,
    )
    _record(ClassificationEvent.REVISED, signed, by, f"Version {draft.version} started from this one")
    _record(
        ClassificationEvent.STARTED,
        draft,
        by,
        f"Version {draft.version} started with the answers of version {signed.version}",
        {"supersedes": signed.pk},
    )
    return draft


def _record(
    code: str, thing: Assessment, by: User, sentence: str, data: Mapping[str, Any] | None = None
) -> None:
    trail.record(code, thing, by=by, sentence=sentence, data=data, audience=Audience.SPONSOR)


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


def _to_change(assessment: Assessment, by: User) -> Assessment:
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    _refuse(permissions.why_not_change(locked, by))
    return locked


def _refuse_taken(locked: Assessment, code: str) -> None:
    if Assessment.objects.with_code(locked.organisation, code).exclude(pk=locked.pk).exists():
        raise CodeTaken(code)


def _refuse_overtaken(locked: Assessment, edition: int, names: list[str]) -> None:
    overtaken = [name for name in names if locked.changed_in.get(name, 0) > edition]
    if overtaken:
        raise Overtaken(locked, overtaken)


def _note_edition(locked: Assessment, names: list[str]) -> None:
    locked.edition += 1
    locked.changed_in.update(dict.fromkeys(names, locked.edition))
    locked.changed_at = timezone.now()


def _colleagues(assessment: Assessment, by: User) -> list[User]:
    return list(
        User.objects.filter(
            memberships__organisation_id=assessment.organisation_id,
            memberships__ended_at=None,
            memberships__role__in=SPONSOR_WRITERS,
        ).exclude(pk=by.pk)
    )
