"""The request to the CAT: what stands in each field, what is missing, and what the answers say by now."""

from dataclasses import dataclass
from typing import Literal

from accounts.models import User
from audit import issuing
from audit.models import Event, IssuedReport
from classification import permissions, request_form
from classification.events import ClassificationEvent
from classification.models import Assessment, ClassificationRequest
from classification.queries.prefill import prefilled
from classification.request_form import Field, Part, mark_of

REPORT_KINDS = ("classification.request_pdf", "classification.request_word")


@dataclass(frozen=True)
class FieldState:
    """One field of a request: the text that stands in it, and how that relates to the answers."""

    field: Field
    text: str
    from_answers: str
    state: Literal["empty", "prefilled", "taken", "written"]
    has_fallen_behind: bool

    @property
    def words(self) -> str:
        """The text, of a choice in its words."""
        return self.field.words_of(self.text)

    @property
    def words_from_answers(self) -> str:
        """What the answers give now, of a choice in its words."""
        return self.field.words_of(self.from_answers) or "nothing"

    @property
    def is_missing(self) -> bool:
        """Whether it is mandatory and empty."""
        return self.field.is_mandatory and not self.text


def request_of(assessment: Assessment) -> ClassificationRequest:
    """Return the request about a classification, or one that nobody has saved yet."""
    requests = ClassificationRequest.objects.select_related("changed_by")
    written = requests.filter(assessment=assessment).first() or ClassificationRequest()
    written.assessment = assessment  # as it was fetched, with its people
    return written


def request_fields(written: ClassificationRequest) -> dict[str, FieldState]:
    """Return every field as it stands: a text that a person wrote stays, any other follows the answers."""
    now = prefilled(written.assessment)
    return {key: _state(field, written, now.get(key, "")) for key, field in request_form.fields().items()}


def _state(field: Field, written: ClassificationRequest, now: str) -> FieldState:
    saved, seen = written.values.get(field.key), written.seen.get(field.key)
    is_as_seen = seen == mark_of(now)
    if saved is not None and mark_of(saved) != seen:
        return FieldState(field, saved, now, "written", has_fallen_behind=not is_as_seen)
    if not now:
        return FieldState(field, "", now, "empty", has_fallen_behind=False)
    return FieldState(field, now, now, "taken" if is_as_seen else "prefilled", has_fallen_behind=False)


@dataclass(frozen=True)
class PartRow:
    """One part of the form with how complete it is."""

    part: Part
    fields: list[FieldState]

    @property
    def missing(self) -> list[FieldState]:
        """The mandatory fields that are empty."""
        return [field for field in self.fields if field.is_missing]

    @property
    def unseen(self) -> list[FieldState]:
        """The fields that the answers filled and nobody has looked at."""
        return [field for field in self.fields if field.state == "prefilled"]

    @property
    def behind(self) -> list[FieldState]:
        """The written fields whose answers have changed since."""
        return [field for field in self.fields if field.has_fallen_behind]

    @property
    def filled(self) -> int:
        """How many fields have a text."""
        return sum(bool(field.text) for field in self.fields)

    @property
    def tone(self) -> str:
        """The tone of its state."""
        if self.missing or self.behind:
            return "warn"
        if self.unseen:
            return "go"
        return "ok" if self.filled else "open"

    @property
    def standing(self) -> str:
        """Say in few words where it stands, what is most urgent first."""
        if self.missing:
            return f"{len(self.missing)} mandatory empty"
        if self.behind:
            return "Answers have changed since"
        if self.unseen:
            return f"{len(self.unseen)} not looked at yet"
        return "Looked at" if self.filled else "Empty"


@dataclass(frozen=True)
class RequestPage:
    """The request about one classification, part by part."""

    assessment: Assessment
    written: ClassificationRequest
    rows: list[PartRow]
    reports: list[IssuedReport]
    refusal: str | None
    why_not_make: str | None

    @property
    def missing(self) -> list[FieldState]:
        """Every mandatory field that is empty."""
        return [field for row in self.rows for field in row.missing]

    @property
    def behind(self) -> list[FieldState]:
        """Every written field whose answers have changed since."""
        return [field for row in self.rows for field in row.behind]

    @property
    def is_saved(self) -> bool:
        """Whether a person has saved any of it."""
        return bool(self.written.seen)


def request_page(assessment: Assessment, user: User) -> RequestPage:
    """Gather the page of a request."""
    written = request_of(assessment)
    reports = issuing.reports_on(assessment, user).filter(kind__in=REPORT_KINDS)
    return RequestPage(
        assessment=assessment,
        written=written,
        rows=part_rows(written),
        reports=list(reports),
        refusal=permissions.why_not_write_request(assessment, user),
        why_not_make=permissions.why_not_request(assessment),
    )


def part_rows(written: ClassificationRequest) -> list[PartRow]:
    """Return the parts of a request, each with its fields as they stand."""
    states = request_fields(written)
    return [PartRow(part, [states[field.key] for field in part.fields]) for part in request_form.parts()]


def last_writing(assessment: Assessment, key: str) -> Event | None:
    """Return the event in which a field was last written."""
    written = Event.objects.about(assessment).filter(code=ClassificationEvent.REQUEST_WRITTEN)
    return written.filter(data__has_key=key).first()
