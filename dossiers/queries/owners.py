"""Who owns which section: set on a section, it holds for all below that have no owner of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from accounts.roles import Side
from dossiers import permissions
from dossiers.models import Dossier, Section
from dossiers.models.dossiers import today_at_the_site
from dossiers.queries.plate import Plate, plate


@dataclass(frozen=True)
class SectionOwner:
    """Who sees to a section by when; `source` is the section on which it was set."""

    person: User
    due_on: date | None
    source: Section
    is_own: bool

    @property
    def initials(self) -> str:
        """The person where there is no room for a name: "IH"."""
        words = self.person.full_name.split()
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else ""

    @property
    def is_late(self) -> bool:
        """Whether the day by which it was wanted is over."""
        return self.due_on is not None and self.due_on < today_at_the_site()


def owners_of(
    dossier: Dossier, user: User, sections: Iterable[Section] | None = None
) -> Mapping[UUID, SectionOwner]:
    """Return the owner of each section by its key, in one query for the whole tree; the sponsor's business.

    `sections` spares a second query where the page has the sections of the tree already, in their order.
    """
    if user.side != Side.SPONSOR:
        return {}
    return owned(
        dossier.sections.all() if sections is None else sections,
        dossier.sections.filter(owner__isnull=False).select_related("owner"),
    )


def owned(sections: Iterable[Section], with_owner: Iterable[Section]) -> dict[UUID, SectionOwner]:
    """Hand the owners down the tree; parents stand before what is below them."""
    set_on = {section.pk: section for section in with_owner}
    found: dict[UUID, SectionOwner] = {}
    for section in sections:
        source = set_on.get(section.pk)
        if source and source.owner:
            found[section.pk] = SectionOwner(source.owner, source.due_on, source, is_own=True)
        elif section.parent_id in found:
            above = found[section.parent_id]
            found[section.pk] = SectionOwner(above.person, above.due_on, above.source, is_own=False)
    return found


@dataclass(frozen=True)
class OwnerPage:
    """The page on which the owner of a section is set."""

    plate: Plate
    dossier: Dossier
    section: Section
    owner: SectionOwner | None
    below: list[SectionOwner]
    refusal: str | None


def owner_page(section: Section, user: User) -> OwnerPage:
    """Gather who owns a section now, and which sections below it have owners of their own."""
    dossier = section.dossier
    owners = owners_of(dossier, user)
    inner = [
        owner
        for owner in owners.values()
        if owner.is_own and owner.source.pk != section.pk and is_below(owner.source, section)
    ]
    return OwnerPage(
        plate=plate(dossier, user),
        dossier=dossier,
        section=section,
        owner=owners.get(section.pk),
        below=inner,
        refusal=permissions.why_not_own_sections(dossier, user),
    )


def is_below(section: Section, outer: Section) -> bool:
    """Tell whether a section lies below another one; a module holds all of its number."""
    if outer.depth == 0:
        return section.module == outer.module and section.pk != outer.pk
    return section.number.startswith(f"{outer.number}.")
