"""Writing the request to the CAT."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from classification import permissions, queries, request_form
from classification.events import ClassificationEvent
from classification.models import Assessment, ClassificationRequest
from classification.request_form import Entry, mark_of, tidy

LONGEST_SENTENCE = 300


class RequestOvertaken(Stale):
    """Somebody wrote in the same fields after the page was opened; nothing was overwritten."""

    def __init__(self, written: ClassificationRequest, keys: list[str]) -> None:
        super().__init__(
            "Somebody wrote in the same field after you opened the page; nothing was overwritten."
        )
        self.request = written
        self.keys = keys


@transaction.atomic
def write_request(
    assessment: Assessment, entries: Mapping[str, Entry], *, by: User, edition: int
) -> ClassificationRequest:
    """Save fields of the request to the CAT; what a person saves counts as looked at.

    A field that others changed meanwhile keeps their text if it was not touched here, and raises
    RequestOvertaken if it was.
    """
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if refusal := permissions.why_not_write_request(locked, by):
        raise Refused(refusal)
    written = _to_write(locked, by)
    overtaken = [key for key, entry in entries.items() if _is_overtaken(written, key, entry, edition)]
    if overtaken:
        raise RequestOvertaken(written, overtaken)
    news = {key: entry for key, entry in entries.items() if _is_news(written, key, entry, edition)}
    if news:
        _save(written, news, by)
    return written


def _to_write(locked: Assessment, by: User) -> ClassificationRequest:
    written = ClassificationRequest.objects.select_for_update().filter(assessment=locked).first()
    return written or ClassificationRequest(assessment=locked, created_by=by, changed_by=by)


def _is_overtaken(written: ClassificationRequest, key: str, entry: Entry, edition: int) -> bool:
    is_changed_since = written.changed_in.get(key, 0) > edition
    return is_changed_since and entry.is_touched and written.values.get(key) != tidy(entry.text)


def _is_news(written: ClassificationRequest, key: str, entry: Entry, edition: int) -> bool:
    if not entry.is_touched and written.changed_in.get(key, 0) > edition:
        return False
    return (written.values.get(key, ""), written.seen.get(key, mark_of(""))) != (
        tidy(entry.text),
        entry.prefilled,
    )


def _save(written: ClassificationRequest, news: Mapping[str, Entry], by: User) -> None:
    stood = {key: field.text for key, field in queries.request_fields(written).items()}
    typed = {key: tidy(entry.text) for key, entry in news.items() if entry.is_touched}
    changed = trail.changes(stood, typed)
    written.values |= {key: tidy(entry.text) for key, entry in news.items()}
    written.seen |= {key: entry.prefilled for key, entry in news.items()}
    written.edition += 1
    written.changed_in |= dict.fromkeys(changed, written.edition)
    written.changed_by, written.changed_at = by, timezone.now()
    written.save()
    trail.record(
        ClassificationEvent.REQUEST_WRITTEN,
        written,
        by=by,
        sentence=_sentence(changed, [key for key in news if key not in changed]),
        data=changed,
        audience=Audience.SPONSOR,
    )


def _sentence(changed: Iterable[str], looked_at: Iterable[str]) -> str:
    acts = {"written": changed, "looked at": looked_at}
    told = [
        f"{act}: {', '.join(request_form.fields()[key].label for key in keys)}"
        for act, keys in acts.items()
        if keys
    ]
    return Truncator(f"Request to the CAT, {'; '.join(told)}").chars(LONGEST_SENTENCE)
