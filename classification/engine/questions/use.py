"""The questions about manufacture, function, claim, device, source and applicant (Q09 to Q18)."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import ClaimedAction, NonViableRole, ProcessStep, Source
from classification.engine.questions.model import Choice, Kind, Question, Topic, yes_or_no

_ON_THE_LIST = "On the list of Annex I."
_SUBSTANTIAL = "Counts as substantial."
_CASE_BY_CASE = "Judged case by case."

USE_QUESTIONS = (
    Question(
        id="Q09",
        key="process_steps",
        topic=Topic.MANUFACTURE,
        wording="What is done to the cells, tissue or micro-organisms?",
        help="Tick every step between collection and the finished product. Tick nothing if there is none.",
        why=(
            "Steps on a closed list are never substantial manipulation. Any other step can make cells"
            " engineered."
        ),
        citation=atmp_law.NOT_SUBSTANTIAL,
        kind=Kind.MULTI,
        choices=(
            Choice(ProcessStep.CUTTING, "Cutting", _ON_THE_LIST),
            Choice(ProcessStep.GRINDING, "Grinding", _ON_THE_LIST),
            Choice(ProcessStep.SHAPING, "Shaping", _ON_THE_LIST),
            Choice(ProcessStep.CENTRIFUGATION, "Centrifugation", _ON_THE_LIST),
            Choice(ProcessStep.SOAKING, "Soaking in antibiotic or antimicrobial solutions", _ON_THE_LIST),
            Choice(ProcessStep.STERILISATION, "Sterilisation", _ON_THE_LIST),
            Choice(ProcessStep.IRRADIATION, "Irradiation", _ON_THE_LIST),
            Choice(ProcessStep.SEPARATION, "Cell separation, concentration or purification", _ON_THE_LIST),
            Choice(ProcessStep.FILTERING, "Filtering", _ON_THE_LIST),
            Choice(ProcessStep.LYOPHILISATION, "Lyophilisation", _ON_THE_LIST),
            Choice(ProcessStep.FREEZING, "Freezing", _ON_THE_LIST),
            Choice(ProcessStep.CRYOPRESERVATION, "Cryopreservation", _ON_THE_LIST),
            Choice(ProcessStep.VITRIFICATION, "Vitrification", _ON_THE_LIST),
            Choice(ProcessStep.EXPANSION, "Culture that expands the cells", _SUBSTANTIAL),
            Choice(ProcessStep.ACTIVATION, "Activation with growth factors or antigens", _SUBSTANTIAL),
            Choice(ProcessStep.DIFFERENTIATION, "Differentiation", _SUBSTANTIAL),
            Choice(ProcessStep.GENETIC_MODIFICATION, "Genetic modification", _SUBSTANTIAL),
            Choice(
                ProcessStep.ENZYMATIC_DISSOCIATION,
                "Enzymatic dissociation",
                "Substantial, unless intact tissue units are shown to remain.",
            ),
            Choice(ProcessStep.CO_CULTURE, "Co-culture or loading", _CASE_BY_CASE),
            Choice(ProcessStep.LABELLING, "Labelling", _CASE_BY_CASE),
            Choice(ProcessStep.REPROGRAMMING, "Reprogramming", _SUBSTANTIAL),
            Choice(ProcessStep.OTHER, "Another step", _CASE_BY_CASE),
        ),
    ),
    Question(
        id="Q10",
        key="intact_units",
        topic=Topic.MANUFACTURE,
        wording="Do intact, working tissue units remain after the enzyme?",
        help="Answer yes only if you can show by data that structure and function are kept.",
        why=(
            "Islets of the pancreas are the classic exception. Without evidence the enzyme step is"
            " substantial."
        ),
        citation=guidance.INTACT_UNITS,
        kind=Kind.YES_NO,
        choices=yes_or_no("For instance whole islets, tested for function.", "Single cells are released."),
    ),
    Question(
        id="Q11",
        key="property_altered",
        topic=Topic.MANUFACTURE,
        wording="Did any step alter a property that matters for the use?",
        help=(
            "A biological characteristic, a physiological function or a structural property that the use"
            " relies on."
        ),
        why="A step that is on no list is substantial only if it alters what the clinical use depends on.",
        citation=atmp_law.SOMATIC_CELLS,
        kind=Kind.YES_NO,
        choices=yes_or_no("", "You can show by data that nothing relevant has changed."),
    ),
    Question(
        id="Q12",
        key="same_location",
        topic=Topic.FUNCTION,
        wording="Are the cells used in the same place as in the donor?",
        help=(
            "The same anatomical or histological environment. Another site counts if the cells find the same"
            " one there."
        ),
        why=(
            "Place and function are looked at together: only if both are kept is the essential function the"
            " same."
        ),
        citation=guidance.SAME_FUNCTION,
        kind=Kind.YES_NO,
        choices=yes_or_no("Skin to skin, marrow to the blood system.", "Marrow to heart, fat to joint."),
    ),
    Question(
        id="Q12",
        key="same_function",
        topic=Topic.FUNCTION,
        wording="Do they do the same job there as in the donor?",
        help="The job that you rely on for the effect.",
        why="Cells that serve another essential function are engineered even if nothing was done to them.",
        citation=atmp_law.ENGINEERED_BY_FUNCTION,
        kind=Kind.YES_NO,
        choices=yes_or_no("Islets that supply insulin.", "Stromal cells that calm the immune system."),
    ),
    Question(
        id="Q13",
        key="claimed_action",
        topic=Topic.CLAIMED_ACTION,
        wording="What do the cells do in the patient?",
        help=(
            "Answer for what you claim, in the words you would put in the indication. What the cells do"
            " besides does"
            " not count."
        ),
        why=(
            "The cell does not decide, the claim does. The same stromal cells were classified one way for"
            " graft-versus-host disease and another way for the heart."
        ),
        citation=atmp_law.TISSUE_PRECEDENCE,
        kind=Kind.CHOICE,
        choices=(
            Choice(
                ClaimedAction.REGENERATE,
                "They regenerate, repair or replace tissue",
                "New heart muscle or vessels take the place of what was lost.",
            ),
            Choice(
                ClaimedAction.PIM,
                "They act by pharmacological, immunological or metabolic means",
                "Signals, secreted factors or immune effects; the cells need not stay.",
            ),
            Choice(
                ClaimedAction.BOTH,
                "Both of these, and both are claimed",
                "Repair is claimed, and it also rests on signals the cells give.",
            ),
            Choice(ClaimedAction.NEITHER, "Neither", "For instance a cosmetic effect, or a mere filler."),
        ),
    ),
    Question(
        id="Q14",
        key="integral_device",
        topic=Topic.DEVICE,
        wording="Is a device fixed to the product and still doing a device's job?",
        help=(
            "Answer yes if a part is a medical device in its own right, is fixed to the product when it is"
            " given, and"
            " keeps its job there. Gels as mere carriers, syringes, bags and scaffolds used up in culture do"
            " not count."
        ),
        why=(
            "A device as an integral part beside cells makes the product a combined one, with evidence of"
            " its own."
        ),
        citation=atmp_law.COMBINED,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A membrane, a capsule or a bone substitute that stays.", "None, or only a carrier."
        ),
    ),
    Question(
        id="Q15",
        key="source",
        topic=Topic.SOURCE,
        wording="Where do the cells or the tissue come from?",
        help="The donor of the starting material, not the site of collection.",
        why=(
            "The source does not change the class. It decides on donor rules and on what the dossier must"
            " show."
        ),
        citation=atmp_law.BOTH_SOURCES,
        kind=Kind.CHOICE,
        choices=(
            Choice(Source.AUTOLOGOUS, "From the patient", "Autologous."),
            Choice(Source.ALLOGENEIC, "From another person", "Allogeneic; a human cell line as well."),
            Choice(Source.BOTH, "From both", "Treated as allogeneic."),
            Choice(Source.XENOGENEIC, "From an animal", "Xenogeneic."),
        ),
    ),
    Question(
        id="Q16",
        key="hospital_custom_made",
        topic=Topic.APPLICANT,
        wording="Is it made for one named patient in a hospital?",
        help=(
            "Answer yes if it is custom-made on an individual prescription, not routinely, and used in a"
            " hospital of"
            " the same Member State under the sole responsibility of a doctor."
        ),
        why="Such a product can be exempt from the central authorisation. Its class stays the same.",
        citation=atmp_law.HOSPITAL_EXEMPTION,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A national permit is needed instead.", "Also for anything made in routine series."
        ),
    ),
    Question(
        id="Q17",
        key="sme",
        topic=Topic.APPLICANT,
        wording="Is the applicant a small or medium-sized enterprise in the EU?",
        help="Answer yes if the EMA has assigned SME status or would assign it.",
        why=(
            "Small and medium-sized enterprises can have their quality and non-clinical data certified early."
        ),
        citation=atmp_law.CERTIFICATION,
        kind=Kind.YES_NO,
        choices=yes_or_no(),
    ),
    Question(
        id="Q18",
        key="non_viable_role",
        topic=Topic.DEVICE,
        wording="What is the non-viable material to the product?",
        help="Choose what describes the finished product.",
        why="Material that does not act as a medicine belongs to the law on devices or to that on tissues.",
        citation=other_law.ANCILLARY_TISSUE,
        kind=Kind.CHOICE,
        choices=(
            Choice(
                NonViableRole.DEVICE_PRINCIPAL_TISSUE_ANCILLARY,
                "An addition to a device",
                "The device does the principal work, the tissue only helps.",
            ),
            Choice(
                NonViableRole.DERIVATIVE,
                "A derivative of tissue or cells",
                "Processed so far that it is no longer tissue, for instance purified collagen.",
            ),
            Choice(
                NonViableRole.TISSUE_AS_SUCH,
                "Human tissue as such",
                "For instance demineralised bone or acellular dermis.",
            ),
            Choice(NonViableRole.ANIMAL_TISSUE, "Animal tissue", "For instance decellularised pig skin."),
        ),
    ),
)
