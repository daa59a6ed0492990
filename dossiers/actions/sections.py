"""Repeating branches of the tree: one per substance, product or indication."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, refuse_if
from dossiers import permissions, repetitions
from dossiers.events import DossierEvent
from dossiers.models import Dossier, Section
from dossiers.repetitions import MOST, Repeatable

WHY_EXPECTED = "A repetition that holds no document is not filed: fill it, or take it out."


@transaction.atomic
def repeat(section: Section, *, attributes: Mapping[str, str], by: User) -> Section:
    """Make a further repetition of a branch, with every section of the first; requirements stay there."""
    section = _locked(section)
    refuse_if(permissions.why_not_repeat(section, by))
    row = _row(section)
    wanted = _wanted(section, row, attributes, is_new=True)
    first = Section.objects.get(dossier=section.dossier_id, number=section.printed_number)
    highest = repetitions_of(first).aggregate(top=Max("repetition"))["top"]
    if highest >= MOST:
        raise Refused(f"{first.number} was repeated {MOST} times; there is no room for more.")
    made = _copied(first, row, highest + 1, wanted)
    _touch(section.dossier)
    trail.record(
        DossierEvent.SECTION_REPEATED,
        made,
        by=by,
        sentence=f"Section {made} added, as a repetition of {first.number}",
        data=dict(wanted),
        audience=Audience.SPONSOR,
    )
    return made


@transaction.atomic
def name_repetition(section: Section, *, attributes: Mapping[str, str], by: User) -> Section:
    """Say what a repetition is of; its folders follow. Refused once it was filed."""
    section = _locked(section)
    row = _row(section)
    before = dict(section.attributes)
    if before == _filled(row, attributes):
        return section
    refuse_if(permissions.why_not_name_repetition(section, by))
    wanted = _wanted(section, row, attributes)
    slug = _free_slug(section, wanted)
    section.attributes = wanted
    renamed = list(section.branch)
    for each in renamed:
        each.folder = repetitions.folder_of(each, row, slug)
    Section.objects.bulk_update(renamed, ["folder"])
    section.save(update_fields=["attributes"])
    section.refresh_from_db(fields=["folder"])
    _touch(section.dossier)
    trail.record(
        DossierEvent.REPETITION_NAMED,
        section,
        by=by,
        sentence=f"{section.number} is now of {', '.join(wanted.values()) or 'nothing in particular'}",
        data=trail.changes({name: before.get(name, "") for name in row.attributes}, _all(row, wanted)),
        audience=Audience.SPONSOR,
    )
    return section


@transaction.atomic
def take_out(section: Section, *, by: User) -> Section:
    """Take an empty repetition out of the tree. Its number is not given again, its trail stays."""
    section = _locked(section)
    if section.is_left_out and section.repetition > 1:
        return section
    refuse_if(permissions.why_not_take_out(section, by))
    section.branch.update(is_left_out=True, is_expected=False)
    section.is_left_out, section.is_expected = True, False
    _touch(section.dossier)
    trail.record(
        DossierEvent.REPETITION_TAKEN_OUT,
        section,
        by=by,
        sentence=f"Section {section} taken out",
        data=dict(section.attributes),
        audience=Audience.SPONSOR,
    )
    return section


def _locked(section: Section) -> Section:
    """Put those who change the tree of one dossier in line, and read the section as it is now."""
    dossier = Dossier.objects.select_for_update().get(pk=section.dossier_id)
    found = Section.objects.get(pk=section.pk)
    found.dossier = dossier
    return found


def _row(section: Section) -> Repeatable:
    row = repetitions.repeatable(section)
    if not row:
        raise Refused(f"{section.printed_number} stands in a dossier once.")
    return row


def repetitions_of(section: Section) -> QuerySet[Section]:
    """Return every repetition of a branch, the first and those taken out included, as their heads."""
    first = Q(number=section.printed_number)
    further = Q(number__startswith=f"{section.printed_number}-", depth=section.depth)
    return Section.objects.filter(first | further, dossier=section.dossier_id)


def _wanted(
    section: Section, row: Repeatable, attributes: Mapping[str, str], *, is_new: bool = False
) -> dict[str, str]:
    """Return the attributes given, refused where one lacks or another repetition has the same."""
    wanted = _filled(row, attributes)
    if not wanted or row.required - wanted.keys():
        raise Refused(f"Say what it is of: {row.what}.")
    for other in repetitions_of(section):
        if not other.is_left_out and _same(other.attributes, wanted) and (is_new or other.pk != section.pk):
            raise Refused(f"{other} is of the same {row.what}.")
    return wanted


def _filled(row: Repeatable, attributes: Mapping[str, str]) -> dict[str, str]:
    given = {name: " ".join(attributes.get(name, "").split()) for name in row.attributes}
    return {name: value for name, value in given.items() if value}


def _all(row: Repeatable, attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: attributes.get(name, "") for name in row.attributes}


def _same(some: Mapping[str, str], others: Mapping[str, str]) -> bool:
    return {name: value.casefold() for name, value in some.items()} == {
        name: value.casefold() for name, value in others.items()
    }


def _copied(first: Section, row: Repeatable, repetition: int, attributes: dict[str, str]) -> Section:
    """Copy a branch section by section, without what is in it."""
    slug = _free_slug(first, attributes, is_new=True)
    originals = list(first.branch.in_tree())
    keys: dict[UUID | None, UUID] = {each.pk: uuid4() for each in originals}
    copies = [
        Section(
            pk=keys[each.pk],
            dossier_id=first.dossier_id,
            number=repetitions.number_in(each.number, first.number, repetition),
            title=each.title,
            module=each.module,
            parent_id=first.parent_id if each.pk == first.pk else keys[each.parent_id],
            position=repetitions.position_in(each.position, first, repetition),
            depth=each.depth,
            holds_documents=each.holds_documents,
            is_expected=each.pk == first.pk,
            why_expected=WHY_EXPECTED if each.pk == first.pk else "",
            purpose=each.purpose,
            folder=repetitions.folder_of(each, row, slug),
            repetition=repetition,
            attributes=attributes if each.pk == first.pk else {},
        )
        for each in originals
    ]
    Section.objects.bulk_create(copies)
    copies[0].dossier = first.dossier
    return copies[0]


def _free_slug(section: Section, attributes: Mapping[str, str], *, is_new: bool = False) -> str:
    """Return a folder word that no other repetition has."""
    slug = repetitions.slug_of(attributes) or "x"
    others = [each for each in repetitions_of(section) if is_new or each.pk != section.pk]
    taken = {word for each in others for word in each.folder.split("/")}
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug[: repetitions.LONGEST_SLUG - 3]}-{number}", number + 1
    return free


def _touch(dossier: Dossier) -> None:
    dossier.changed_at = timezone.now()
    dossier.save(update_fields=["changed_at"])
