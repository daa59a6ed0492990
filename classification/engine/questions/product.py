"""The questions about the product itself: purpose, active part, genes and cells (Q01 to Q08)."""

from __future__ import annotations

from classification.engine.citations import atmp_law
from classification.engine.facts import Part
from classification.engine.questions.model import Choice, Kind, Question, Topic, yes_or_no

PRODUCT_QUESTIONS = (
    Question(
        id="Q01",
        key="is_medicine",
        topic=Topic.PURPOSE,
        wording="Is it a medicine for people?",
        help=(
            "Answer yes if it is meant for people and is presented for treating, preventing or diagnosing"
            " disease, or acts to restore, correct or change how the body works."
        ),
        why="Advanced therapies are a part of the medicines. What is no medicine cannot be one of them.",
        citation=atmp_law.MEDICINE,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A treatment, a vaccine or a diagnostic agent given to people.",
            "A cosmetic, a research tool or a product for animals.",
            yes_example="Kymriah, given to treat leukaemia.",
            no_example="A cell line that is sold for research only.",
        ),
        find_out=(
            "Read the label, the brochure and the planned indication: what they claim decides. Ask whoever"
            " writes the claims; in doubt the national authority."
        ),
    ),
    Question(
        id="Q02",
        key="active_part",
        topic=Topic.ACTIVE_PART,
        wording="What is the active part?",
        help="Tick everything that brings about the effect. Leave out buffers, carriers and packaging.",
        why="Genes, cells and tissue lead to different definitions; material without any of them leads out.",
        citation=atmp_law.ATMP_KINDS,
        kind=Kind.MULTI,
        choices=(
            Choice(
                Part.RECOMBINANT_NUCLEIC_ACID,
                "Recombinant or edited nucleic acid, a vector or a genetically modified micro-organism",
                "Viral vector, plasmid, RNA transcribed in vitro, oncolytic virus with a transgene.",
                "Luxturna, a viral vector that carries the RPE65 gene.",
            ),
            Choice(
                Part.GM_CELLS,
                "Genetically modified human or animal cells",
                "CAR-T cells, edited stem cells, cells with a suicide gene.",
                "Casgevy, stem cells of the patient edited with CRISPR.",
            ),
            Choice(
                Part.VIABLE_CELLS_OR_TISSUE,
                "Living human or animal cells or tissue, not genetically modified",
                "Stromal cells, cartilage cells, islets, skin.",
                "Holoclar, corneal cells grown from the patient's own eye.",
            ),
            Choice(
                Part.NON_VIABLE_CELLS_OR_TISSUE,
                "Cells or tissue that are no longer living",
                "Tissue whose cells were removed or killed.",
                "Decellularised pig skin for burns; demineralised human bone.",
            ),
            Choice(
                Part.CELL_DERIVED,
                "Material from cells, without the cells",
                "Lysate, exosomes, secretome, conditioned medium, isolated mitochondria.",
                "APOSEC, the factors that stressed blood cells gave off.",
            ),
            Choice(
                Part.ANUCLEATE_BLOOD,
                "Blood elements without a nucleus",
                "Platelets and red cells, from a donor or made in vitro.",
                "Platelets grown in vitro, which the CAT did not count as cells.",
            ),
            Choice(
                Part.MICROBES,
                "Micro-organisms that are not modified",
                "Bacteria, gut microbiota, a wild-type virus.",
                "Faecal microbiota of a donor.",
            ),
            Choice(
                Part.SYNTHETIC_OLIGONUCLEOTIDE,
                "Oligonucleotide made chemically",
                "siRNA, antisense, aptamer.",
                "Onpattro (siRNA) and Spinraza (antisense).",
            ),
            Choice(
                Part.OTHER,
                "Another chemical or protein",
                "Small molecule, antibody, enzyme.",
                "A monoclonal antibody made in cell culture.",
            ),
        ),
        find_out=(
            "Look at the description of the active substance and at the test of potency: what is measured"
            " there is the active part. Ask the head of development."
        ),
    ),
    Question(
        id="Q03",
        key="made_recombinantly",
        topic=Topic.GENES,
        wording="Is the nucleic acid made by a biological step?",
        help=(
            "A vector, a plasmid or transcription in vitro is such a step. Edited cells or genomes count as"
            " well."
        ),
        why=(
            "The definition of gene therapy speaks of recombinant nucleic acid; what is made chemically"
            " falls outside."
        ),
        citation=atmp_law.GENE_SUBSTANCE,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "Grown in cells or bacteria, transcribed by an enzyme, or edited in the cell.",
            "Built up chemically, base by base.",
            yes_example="RNA transcribed in vitro that codes for cytokines, given into solid tumours.",
            no_example="Onpattro, an siRNA made by chemical synthesis.",
        ),
        find_out=(
            "Ask the manufacturer of the nucleic acid how it is made. The flow chart of manufacture shows it:"
            " cells, bacteria and enzymes mean yes, a synthesiser means no."
        ),
    ),
    Question(
        id="Q04",
        key="aims_at_sequence",
        topic=Topic.GENES,
        wording="Is it meant to change a genetic sequence?",
        help=(
            "To regulate, repair, replace, add or delete a sequence in the person, or in the cells that are"
            " given."
        ),
        why="This is the first half of the definition of gene therapy; the second half is asked next.",
        citation=atmp_law.GENE_SUBSTANCE,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A gene is added, repaired, regulated or silenced.",
            "It serves another aim.",
            yes_example="Zolgensma, which adds a working SMN1 gene.",
            no_example="DNA that only alerts the immune system, as an adjuvant.",
        ),
        find_out=(
            "Read the proposed mechanism of action. Ask the scientists what becomes of the sequence once it"
            " is in the cell, and whether the effect is lost without it."
        ),
    ),
    Question(
        id="Q05",
        key="effect_from_sequence",
        topic=Topic.GENES,
        wording="Does the effect come directly from that sequence?",
        help=(
            "From the sequence itself or from what it expresses. A safety switch, a marker or an aid in"
            " making it is no."
        ),
        why=(
            "T cells with a suicide gene were classified by what the cells do, because the gene is only a"
            " brake."
        ),
        citation=atmp_law.GENE_EFFECT,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "The expressed receptor or protein brings about the effect.",
            "The cells bring it about; the gene is a switch or a marker.",
            yes_example="Kymriah: the receptor that the added gene codes for finds the tumour.",
            no_example="Zalmoxis: the donor's T cells act, the suicide gene only stops them.",
        ),
        find_out=(
            "List each transgene with its role: therapeutic, switch or marker. A test of the same cells"
            " without the gene shows which of them brings about the effect."
        ),
    ),
    Question(
        id="Q06",
        key="infection_claim",
        topic=Topic.GENES,
        wording="Is the claim to prevent or treat an infection?",
        help=(
            "Answer yes if the infection is by the pathogen whose antigen the product carries. A tumour or"
            " another disease that a virus has caused is not an infection here."
        ),
        why=(
            "Vaccines against infectious diseases are never gene therapies, even when they are built like"
            " one."
        ),
        citation=atmp_law.INFECTION_VACCINES,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A vaccine against the pathogen itself.",
            "Anything else, a vaccine against a tumour among it.",
            yes_example="Ervebo, a vector vaccine against Ebola; Comirnaty against COVID-19.",
            no_example="A vector that codes for mucin 1 and interleukin 2, against lung cancer.",
        ),
        find_out=(
            "Read the proposed indication: does it name an infection, or a disease that comes after one? Ask"
            " whoever writes the indication."
        ),
    ),
    Question(
        id="Q07",
        key="viable_cells",
        topic=Topic.CELLS,
        wording="Are there living cells or tissue in the finished product?",
        help=(
            "Human or animal cells with a nucleus that belong to the product, not traces. Cells that were"
            " irradiated and no longer divide still count."
        ),
        why=(
            "Living cells lead to the cell classes, and beside a device their action counts as the principal"
            " one."
        ),
        citation=atmp_law.VIABLE_CELLS_PREVAIL,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "Also when they are few, if they belong to the product.",
            "None, or only cells and tissue that are no longer viable.",
            yes_example="ChondroCelect, living cartilage cells; whole tumour cells that were irradiated.",
            no_example="Decellularised dermis, a lysate of tumour cells.",
        ),
        find_out=(
            "Look at the viability test of a finished lot. If there is none, have viable cells counted with a"
            " dye in a lot that is ready for use."
        ),
    ),
    Question(
        id="Q08",
        key="non_viable_principal_pim",
        topic=Topic.CELLS,
        wording="Do the non-viable cells act mainly by pharmacological, immunological or metabolic means?",
        help="Answer no if they fill, cover or carry, that is, act mainly by physical means.",
        why="Non-viable material without such an action is excluded from the advanced therapies.",
        citation=atmp_law.NON_VIABLE_EXCLUSION,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "They set something going in the body.",
            "They are a filler, a cover or a scaffold.",
            yes_example="Killed tumour cells that raise an immune response.",
            no_example="Decellularised pig skin that covers a burn.",
        ),
        find_out=(
            "Look for a study that parts the two: does the effect remain when the material is inert, for"
            " instance cross-linked? Ask the head of non-clinical development."
        ),
    ),
)
