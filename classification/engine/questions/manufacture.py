"""The questions about what is done to the cells (Q09 to Q11)."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance
from classification.engine.facts import ProcessStep
from classification.engine.questions.model import Choice, Kind, Question, Topic, yes_or_no

_SUBSTANTIAL = "Counts as substantial."
_CASE_BY_CASE = "Judged case by case."


def _listed(step: ProcessStep, label: str, example: str) -> Choice:
    return Choice(step, label, "On the list of Annex I.", example)


_STEPS = (
    _listed(ProcessStep.CUTTING, "Cutting", "Skin cut to the size of a graft."),
    _listed(ProcessStep.GRINDING, "Grinding", "Bone ground to chips."),
    _listed(ProcessStep.SHAPING, "Shaping", "A piece of bone shaped to fit a defect."),
    _listed(ProcessStep.CENTRIFUGATION, "Centrifugation", "Fat spun to part it from oil and blood."),
    _listed(
        ProcessStep.SOAKING,
        "Soaking in antibiotic or antimicrobial solutions",
        "A heart valve kept in an antibiotic bath.",
    ),
    _listed(ProcessStep.STERILISATION, "Sterilisation", "Bone sterilised for a tissue bank."),
    _listed(ProcessStep.IRRADIATION, "Irradiation", "Lymphocytes irradiated so that they do not divide."),
    _listed(
        ProcessStep.SEPARATION,
        "Cell separation, concentration or purification",
        "CD34+ cells picked out of marrow with antibody beads.",
    ),
    _listed(ProcessStep.FILTERING, "Filtering", "Marrow filtered to take out clots and bone."),
    _listed(ProcessStep.LYOPHILISATION, "Lyophilisation", "Amniotic membrane freeze-dried."),
    _listed(ProcessStep.FREEZING, "Freezing", "Bone kept frozen until use."),
    _listed(ProcessStep.CRYOPRESERVATION, "Cryopreservation", "Cord blood kept in liquid nitrogen."),
    _listed(ProcessStep.VITRIFICATION, "Vitrification", "Ovarian tissue cooled without ice."),
    Choice(
        ProcessStep.EXPANSION,
        "Culture that expands the cells",
        _SUBSTANTIAL,
        "Cartilage cells multiplied for ChondroCelect.",
    ),
    Choice(
        ProcessStep.ACTIVATION,
        "Activation with growth factors or antigens",
        _SUBSTANTIAL,
        "Donor leukocytes activated for leg ulcers.",
    ),
    Choice(
        ProcessStep.DIFFERENTIATION,
        "Differentiation",
        _SUBSTANTIAL,
        "Retinal pigment cells made from induced stem cells.",
    ),
    Choice(
        ProcessStep.GENETIC_MODIFICATION,
        "Genetic modification",
        _SUBSTANTIAL,
        "T cells given a receptor gene by a vector.",
    ),
    Choice(
        ProcessStep.ENZYMATIC_DISSOCIATION,
        "Enzymatic dissociation",
        "Counts as substantial, unless intact tissue units are shown to remain.",
        "Collagenase that frees the stromal vascular fraction from fat.",
    ),
    Choice(
        ProcessStep.CO_CULTURE,
        "Co-culture or loading",
        _CASE_BY_CASE,
        "Dendritic cells loaded with a tumour lysate.",
    ),
    Choice(
        ProcessStep.LABELLING,
        "Labelling",
        _CASE_BY_CASE,
        "Leukocytes labelled with a tracer to find an infection.",
    ),
    Choice(
        ProcessStep.REPROGRAMMING,
        "Reprogramming",
        _SUBSTANTIAL,
        "Skin cells turned into induced pluripotent stem cells.",
    ),
    Choice(
        ProcessStep.OTHER,
        "Another step",
        _CASE_BY_CASE,
        "Donor lymphocytes rid of reactive T cells by light, as for ATIR101.",
    ),
)

MANUFACTURE_QUESTIONS = (
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
        choices=_STEPS,
        find_out=(
            "Go through the flow chart or the batch record with the head of manufacture, also for the steps"
            " that a contractor or a hospital does."
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
        choices=yes_or_no(
            "The units come out whole and still do their work.",
            "Single cells are released.",
            yes_example="Islets of the pancreas, taken out whole and tested for insulin.",
            no_example="Skin digested to a suspension of single keratinocytes.",
        ),
        find_out=(
            "Look at the tissue under the microscope before and after the enzyme, and have its function"
            " measured. Without such data the answer is read as no."
        ),
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
        choices=yes_or_no(
            "Something that the use relies on is new, stronger or lost.",
            "You can show by data that nothing relevant has changed.",
            yes_example="Dendritic cells that were shown a tumour now raise a response against it.",
            no_example="Labelled leukocytes that still find the infection.",
        ),
        find_out=(
            "Compare cells before and after the step in the properties that the use relies on: markers,"
            " function, structure. The applicant has to show it; silence is read as yes."
        ),
    ),
)
