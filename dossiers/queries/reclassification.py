"""What the page of a dossier's class reads: what another class of the product means for it."""

from dataclasses import dataclass

from accounts.models import User
from audit.models import Event
from dossiers import permissions, reclassification
from dossiers.events import DossierEvent
from dossiers.models import Adoption, Dossier
from dossiers.queries.plate import IN_PREPARATION, Plate, plate
from dossiers.reclassification import Consequences


@dataclass(frozen=True)
class ClassPage:
    """The class that a dossier was made for beside the one that its product carries."""

    plate: Plate
    dossier: Dossier
    sentence: str
    consequences: Consequences | None
    adoption: Adoption | None
    is_in_preparation: bool
    to_tell: tuple[str, ...]
    refusal: str | None
    changes: list[Event]


def class_page(dossier: Dossier, user: User) -> ClassPage:
    """Gather what the class of the product means for a dossier, for those who prepare it."""
    assessment = dossier.product.assessment
    is_behind = not reclassification.follows_its_product(dossier)
    consequences = reclassification.consequences_of([dossier], assessment)[0] if is_behind else None
    adoption = Adoption.objects.filter(product=dossier.product_id, assessment=assessment).first()
    return ClassPage(
        plate=plate(dossier, user),
        dossier=dossier,
        sentence=reclassification.sentence_about(dossier) if is_behind else "",
        consequences=consequences,
        adoption=adoption,
        is_in_preparation=dossier.status in IN_PREPARATION,
        to_tell=_to_tell(dossier, consequences) if consequences else (),
        refusal=permissions.why_not_restructure(dossier, user),
        changes=list(Event.objects.about(dossier).filter(code=DossierEvent.RESTRUCTURED)),
    )


def _to_tell(dossier: Dossier, consequences: Consequences) -> tuple[str, ...]:
    """Say what the authority has to hear of a filed dossier; in preparation there is nothing to tell yet."""
    product, assessment = dossier.product, dossier.product.assessment
    if dossier.status in IN_PREPARATION:
        return ()
    if dossier.status in reclassification.OVER:
        return (f"This procedure is over. For {product.class_in_words} a new dossier is made.",)
    newly, no_longer = len(consequences.applying), len(consequences.falling)
    told = [
        f"{product} is classified as {product.class_in_words} ({assessment}).",
        f"The dossier was filed for {dossier.class_in_words}.",
        f"Requirements that newly apply and are not answered: {newly}. That no longer apply: {no_longer}.",
    ]
    if consequences.opening:
        told.append(f"The assessment would also have: {', '.join(consequences.opening).lower()}.")
    if consequences.closing:
        told.append(f"The assessment would no longer have: {', '.join(consequences.closing).lower()}.")
    told.append("Ask whether the procedure goes on; otherwise withdraw, and file a dossier of the new class.")
    return tuple(told)
