"""What to heed beside the class: source, modification, donors, device, reform, and when to ask the CAT."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import NonViableRole, Part, ProcessStep, ProductFacts, Source
from classification.engine.outcomes import ATMPS, COMBINED, Outcome
from classification.engine.rules.finding import Finding, Flag, FlagCode
from classification.engine.rules.material import (
    CELL_PARTS,
    is_only_oligonucleotide,
    is_protein_editor,
    names_cells,
    names_genes,
    names_recombinant_material,
)

_NO_PARTS: frozenset[Part] = frozenset()
_FROM_PEOPLE = CELL_PARTS | {Part.CELL_DERIVED, Part.ANUCLEATE_BLOOD}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the flags look at: the raw answers, what the rules made of them, and which rules applied.

    `has_unknown` says that an answer on the way is unknown.
    """

    facts: ProductFacts
    outcomes: frozenset[Outcome]
    findings: tuple[Finding, ...]
    rules: frozenset[str]
    asked: frozenset[str]
    has_unknown: bool
    is_changed_by_reform: bool

    @property
    def is_atmp(self) -> bool:
        """Whether every class still possible is an ATMP."""
        return self.outcomes <= ATMPS

    @property
    def is_combined(self) -> bool:
        """Whether every class still possible is a combined ATMP."""
        return self.outcomes <= COMBINED


_AUTOLOGOUS = Flag(FlagCode.AUTOLOGOUS, "Made from the patient's own cells.", (atmp_law.BOTH_SOURCES,))
_ALLOGENEIC = Flag(FlagCode.ALLOGENEIC, "Made from the cells of another person.", (atmp_law.BOTH_SOURCES,))
_BOTH_SOURCES = Flag(
    FlagCode.ALLOGENEIC,
    "Contains autologous and allogeneic cells, and is treated as allogeneic.",
    (atmp_law.BOTH_SOURCES,),
    ("Treat the product as allogeneic throughout the dossier.",),
)
_XENOGENEIC = Flag(FlagCode.XENOGENEIC, "Made from animal cells or tissue.", (atmp_law.TISSUE_DEFINITION,))
_SOURCES = {
    Source.AUTOLOGOUS: _AUTOLOGOUS,
    Source.ALLOGENEIC: _ALLOGENEIC,
    Source.BOTH: _BOTH_SOURCES,
    Source.XENOGENEIC: _XENOGENEIC,
}
_MODIFIED = Flag(
    FlagCode.GENETICALLY_MODIFIED,
    "Contains recombinant or edited genetic material.",
    (atmp_law.GENE_SUBSTANCE,),
)
_NOT_DIRECT = Flag(
    FlagCode.GM_NOT_DIRECT,
    "Genetically modified, but the effect is not directly that of the sequence: judged as a cell product.",
    (atmp_law.GENE_EFFECT, guidance.SUICIDE_GENE),
    ("Show by data that the effect is that of the cells and not that of the sequence.",),
)
_GMO = Flag(
    FlagCode.GMO_LAW,
    "Modified cells, vectors and micro-organisms are GMO: clinical use needs a contained use or deliberate"
    " release"
    " procedure, decided nationally. Plasmids and naked RNA usually are not.",
    (other_law.GMO_LAW,),
    (
        "Ask each Member State whether clinical use is contained use or deliberate release there.",
        "Complete that national procedure before clinical use.",
    ),
)
_HOSPITAL = Flag(
    FlagCode.HOSPITAL_EXEMPTION_POSSIBLE,
    "Can be made under a national permit instead of a central authorisation; not for routine series.",
    (atmp_law.HOSPITAL_EXEMPTION,),
    (
        "Prepare it non-routinely, to specific quality standards, on an individual prescription.",
        "Use it in a hospital of the same Member State, under the sole responsibility of a doctor.",
        "Obtain the national permit to manufacture.",
        "Keep traceability, pharmacovigilance and quality equivalent to those of an authorised ATMP.",
    ),
)
_CERTIFICATION = Flag(
    FlagCode.CERTIFICATION_POSSIBLE,
    "The applicant is an SME: quality and non-clinical data can be certified in 90 days.",
    (atmp_law.CERTIFICATION,),
    (
        "Submit the quality data, and any non-clinical data, to the EMA; it takes 90 days.",
        "Do not take the certificate for an authorisation: it does not bind a later assessment.",
    ),
)
_COMBINED_EVIDENCE = Flag(
    FlagCode.DEVICE_EVIDENCE,
    "The dossier must show that the device part meets the safety and performance requirements; a notified"
    " body may"
    " have to be heard.",
    (atmp_law.COMBINED_ASSESSMENT,),
    (
        "Show in the dossier that the device part meets the safety and performance requirements.",
        "Add the notified body's result; without one, expect to be asked for its opinion.",
    ),
)
_INTEGRAL_EVIDENCE = Flag(
    FlagCode.DEVICE_EVIDENCE,
    "The dossier must show that the device part meets the safety and performance requirements.",
    (other_law.INTEGRAL_DEVICE,),
    (
        "Show in the dossier that the device part meets the safety and performance requirements.",
        "Add the certificate of the device part, or a notified body's opinion where it needs one.",
    ),
)
_INTEGRAL_DEVICE = Flag(
    FlagCode.INTEGRAL_DEVICE,
    "A device is an integral part, but without cells or tissue the product is not a combined ATMP.",
    (other_law.INTEGRAL_DEVICE, atmp_law.COMBINED),
    ("Present it as a medicine with an integral device, not as a combined ATMP.",),
)
_DONORS = Flag(
    FlagCode.DONOR_RULES,
    "Human starting material: donation, procurement and testing follow the directives on tissues and cells"
    " and on"
    " blood until 6 August 2027, then the SoHO Regulation.",
    (other_law.TISSUES_LAW, other_law.BLOOD_LAW, other_law.SOHO),
    (
        "Until 6 August 2027, follow Directives 2004/23/EC and 2002/98/EC in donation and testing.",
        "From 7 August 2027, follow Regulation (EU) 2024/1938.",
    ),
)
_MICROBIOTA_DONORS = Flag(
    FlagCode.DONOR_RULES,
    "Human starting material: national rules apply to the donors of microbiota until 6 August 2027, then the"
    " SoHO Regulation.",
    (other_law.MICROBIOTA, other_law.SOHO),
    (
        "Until 6 August 2027, follow the national rules on donors of microbiota.",
        "From 7 August 2027, follow Regulation (EU) 2024/1938.",
    ),
)
_REFORM = Flag(
    FlagCode.REFORM_CHANGES_RESULT,
    "Under the draft of the pharmaceutical reform, which is not yet law, the class would be another.",
    (other_law.REFORM,),
    ("Plan by the law in force, and classify again once the reform applies.",),
)


def source(situation: Situation) -> Flag | None:
    """Regulation (EC) 1394/2007, Art 2(3): both sources together count as allogeneic."""
    return None if situation.facts.source is None else _SOURCES[situation.facts.source]


def genetically_modified(situation: Situation) -> Flag | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.1(a): any recombinant or edited material, in any role."""
    return _MODIFIED if _is_modified(situation.facts) else None


def gm_not_direct(situation: Situation) -> Flag | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.1(b): modified, yet judged by what the cells do.

    Decision: only where Q05 is answered with no; cells that fail the first limb alone are not said to.
    """
    is_not_direct = situation.facts.effect_from_sequence is False
    return _NOT_DIRECT if "GT-4" in situation.rules and is_not_direct else None


def gmo_law(situation: Situation) -> Flag | None:
    """Directives 2009/41/EC and 2001/18/EC.

    Decision: Q02 does not tell a plasmid from a vector, so the flag names the exception in its text.
    """
    return _GMO if _is_modified(situation.facts) else None


def _is_modified(facts: ProductFacts) -> bool:
    parts = facts.active_part or _NO_PARTS
    if Part.GM_CELLS in parts or ProcessStep.GENETIC_MODIFICATION in (facts.process_steps or ()):
        return True
    if Part.RECOMBINANT_NUCLEIC_ACID in parts:
        return facts.made_recombinantly is not False
    return names_genes(parts) and facts.made_recombinantly is True


def seek_cat(situation: Situation) -> Flag | None:
    """Regulation (EC) 1394/2007, Art 17: the answer leans on an unknown or on a point that is in doubt."""
    doubts = [*doubts_of(situation), *odd_answers(situation)]
    if not doubts:
        return None
    return Flag(
        FlagCode.SEEK_CAT,
        f"Ask the CAT: {'; '.join(doubts)}. A request under Article 17 takes 60 days.",
        (atmp_law.CLASSIFICATION_REQUEST,),
        ("Send the EMA a request under Article 17: 60 days, free of charge, not binding.",),
    )


def doubts_of(situation: Situation) -> list[str]:
    """Why the class is not beyond doubt: an unknown answer, or a finding that says so itself."""
    doubts = ["an answer on the way is unknown"] if situation.has_unknown else []
    return doubts + [finding.doubt for finding in situation.findings if finding.doubt]


def odd_answers(situation: Situation) -> Iterator[str]:
    """Why the answers themselves leave a doubt: they do not fit together, or no law is written for them."""
    facts = situation.facts
    parts = facts.active_part
    if parts is None:
        return
    if not parts:
        yield "no active part is named"
    if "made_recombinantly" in situation.asked:
        if facts.made_recombinantly is False and names_recombinant_material(parts):
            yield "the nucleic acid is named as recombinant but said not to be made so"
        if facts.made_recombinantly is True and is_only_oligonucleotide(parts):
            yield "the oligonucleotide is named as chemically made but said not to be made so"
    if not situation.is_atmp and is_protein_editor(parts, facts.aims_at_sequence):
        yield "a genome editor given as protein only has no clear place in current law"
    if ProcessStep.GENETIC_MODIFICATION in (facts.process_steps or ()) and not names_recombinant_material(
        parts
    ):
        yield "genetic modification is among the steps, but no modified part is named"
    if "viable_cells" in situation.asked:
        if facts.viable_cells is True and not names_cells(parts):
            yield "the finished product has living cells, but no cells are named as active"
        if facts.viable_cells is False and Part.VIABLE_CELLS_OR_TISSUE in parts:
            yield "living cells are named as active, but the finished product has none"
    if Part.ANUCLEATE_BLOOD in parts and Outcome.TISSUE_CELL_SOHO in situation.outcomes:
        yield "blood elements are named beside other cells, and for a transfusion the law on blood applies"
    if facts.source is Source.XENOGENEIC and Outcome.TISSUE_CELL_SOHO in situation.outcomes:
        yield "the law on tissues and cells covers human material only, and this is from an animal"


def hospital_exemption(situation: Situation) -> Flag | None:
    """Directive 2001/83/EC, Art 3(7): open to an ATMP made for one patient, never for a routine series."""
    return _HOSPITAL if situation.is_atmp and situation.facts.hospital_custom_made else None


def certification(situation: Situation) -> Flag | None:
    """Regulation (EC) 1394/2007, Art 18: open to small and medium-sized enterprises with an ATMP."""
    return _CERTIFICATION if situation.is_atmp and situation.facts.sme else None


def device_evidence(situation: Situation) -> Flag | None:
    """Regulation (EC) 1394/2007, Art 6, 7 and 9; Regulation (EU) 2017/745, Art 117."""
    if situation.is_combined:
        return _COMBINED_EVIDENCE
    return _INTEGRAL_EVIDENCE if "DEV-6" in situation.rules else None


def integral_device(situation: Situation) -> Flag | None:
    """Regulation (EU) 2017/745, Art 1(8), 1(9) and 117: a device part that does not make an ATMP combined."""
    return _INTEGRAL_DEVICE if "DEV-6" in situation.rules else None


def donor_rules(situation: Situation) -> Flag | None:
    """Directives 2004/23/EC and 2002/98/EC, Art 2(1); Regulation (EU) 2024/1938.

    Decision: material counts as human until an animal source is stated.
    Decision: the directives speak of cells, tissue and blood, so microbiota is left to national rules.
    """
    facts = situation.facts
    if facts.source is Source.XENOGENEIC or facts.non_viable_role is NonViableRole.ANIMAL_TISSUE:
        return None
    is_from_people = not _FROM_PEOPLE.isdisjoint(facts.active_part or _NO_PARTS) or facts.viable_cells
    if is_from_people:
        return _DONORS
    return _MICROBIOTA_DONORS if situation.outcomes == {Outcome.MICROBIOTA_SOHO} else None


def reform_changes_result(situation: Situation) -> Flag | None:
    """COM(2023) 192: the class under the draft differs for certain from the class of today."""
    return _REFORM if situation.is_changed_by_reform else None


FlagRule = Callable[[Situation], Flag | None]

FLAGS: tuple[FlagRule, ...] = (
    source,
    genetically_modified,
    gm_not_direct,
    gmo_law,
    seek_cat,
    hospital_exemption,
    certification,
    device_evidence,
    integral_device,
    donor_rules,
    reform_changes_result,
)
"""Every flag of the law of the EU, in the order in which a verdict shows them."""
