"""One sponsor's world, walked through the real actions: for every address the record that waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from accounts.models import Organisation, User
from accounts.roles import Role
from classification.models import Assessment
from dossiers.models import Product
from dossiers.statuses import DossierStatus
from tests.factories import classification, dossiers, people, qc, reviews
from tests.factories.world.beginnings import candidates, letters
from tests.factories.world.keys import Keys
from tests.factories.world.quality import lots, specifications
from tests.factories.world.stages import (
    at_the_end,
    before_the_review,
    classified_anew,
    clock_stopped,
    in_review,
    parts_filled_in,
)


@dataclass(frozen=True)
class World:
    """Norvia with its people and records, the authority that reviews them, and another sponsor."""

    norvia: Organisation
    lead: User
    contributor: User
    reader: User
    analyst: User
    quality: User
    qualified_person: User
    helper: User
    authority: Organisation
    coordinator: User
    reviewer: User
    administrator: User
    other_sponsor: Organisation
    records: Mapping[str, Keys]
    queries: Mapping[str, Keys]
    twins: Mapping[UUID, UUID]

    @classmethod
    def made(cls) -> Self:
        """Make everything; Sofia Marques leads every dossier of Norvia that the authority has."""
        norvia, other = people.sponsor("Norvia Therapeutics"), people.sponsor("Ostrava Cell Works")
        lead = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
        administrator = people.administrator()
        product = dossiers.product(norvia, outcome="combined-TEP", name="Chondrafix")
        signed = classification.finalised(classification.CHONDROCYTES_ON_MEMBRANE, lead, code="NV-207")
        records = {
            **letters(lead, administrator),
            **candidates(lead, signed),
            "dossiers:product": {"pk": product.pk},
            "dossiers:product_adopt": {"pk": product.pk},
            **classified_anew(norvia),
            **before_the_review(product),
            **in_review(reviews.dossier_at(DossierStatus.IN_REVIEW, of=product)),
            **clock_stopped(reviews.dossier_at(DossierStatus.CLOCK_STOPPED, of=product)),
            **at_the_end(product),
            **parts_filled_in(product),
            **specifications(product),
            **lots(product),
        }
        return cls(
            norvia=norvia,
            lead=lead,
            contributor=people.person("Tomasz Wierzba", norvia, Role.CONTRIBUTOR),
            reader=people.person("Jun Sato", norvia, Role.READER),
            analyst=qc.colleague(norvia, Role.QC_ANALYST),
            quality=qc.colleague(norvia, Role.QUALITY_ASSURANCE),
            qualified_person=qc.colleague(norvia, Role.QUALIFIED_PERSON),
            helper=User.objects.get(full_name="Hugo Lindqvist"),
            authority=people.authority(),
            coordinator=reviews.coordinator(),
            reviewer=reviews.reviewer(),
            administrator=administrator,
            other_sponsor=other,
            records=records,
            queries=_queries(records, product, signed),
            twins=_twins(records, other),
        )

    def keys(self, url_name: str) -> Keys:
        """Give the keys of an address: those of the record with which somebody can do it now."""
        return self.records.get(url_name, {})

    def query(self, url_name: str) -> Keys:
        """Give what an address is asked with, where it starts from another record."""
        return self.queries.get(url_name, {})

    def keys_elsewhere(self, url_name: str) -> Keys:
        """Give the keys of an address whose part is Norvia's and whose whole is the other sponsor's."""
        keys = self.keys(url_name)
        parts = [name for name in keys if name.endswith("_pk")]
        return {**keys, "pk": self.twins[keys["pk"]]} if parts else {}


def _queries(records: Mapping[str, Keys], product: Product, signed: Assessment) -> dict[str, Keys]:
    return {
        "search": {"q": "chondra"},
        "dossiers:thread_list": {"show": "all"},
        "dossiers:product_new": {"assessment": signed.pk},
        "dossiers:dossier_new": {"product": product.pk},
        "dossiers:thread_new": {"version": records["dossiers:version_file"]["version_pk"]},
        "dossiers:question_new": {"thread": records["dossiers:thread_reply"]["thread_pk"]},
    }


def _twins(records: Mapping[str, Keys], other: Organisation) -> dict[UUID, UUID]:
    """Give every dossier, specification and lot that has parts one of the other sponsor."""
    product = dossiers.product(other, outcome="combined-TEP", name="Ostravin")
    twin_of = {
        "dossiers": dossiers.dossier(product).pk,
        "qc:test": qc.draft(product).pk,
        "qc:result": qc.lot(qc.specification_in_force(product)).pk,
    }
    return {
        keys["pk"]: twin
        for name, keys in records.items()
        for start, twin in twin_of.items()
        if name.startswith(start)
    }
