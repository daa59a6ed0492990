"""The questions about function, claim, device, source and applicant (Q12 to Q18)."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import ClaimedAction, NonViableRole, Source
from classification.engine.questions.model import Choice, Kind, Question, Topic, yes_or_no

USE_QUESTIONS = (
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
        choices=yes_or_no(
            "The same tissue as they were taken from.",
            "Another tissue or organ.",
            yes_example="Fat to the fat under the skin; marrow to the blood system.",
            no_example="Marrow cells injected into the heart; fat cells into a joint.",
        ),
        find_out=(
            "Compare the place of collection with the place of use. Ask the clinical lead where the cells go"
            " and stay; a study of their distribution shows it."
        ),
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
        choices=yes_or_no(
            "The work that these cells do in the body by nature.",
            "Work that they do not do there by nature.",
            yes_example="Islets put into the liver, which still supply insulin.",
            no_example="Stromal cells that calm the immune system; oral mucosa on the cornea.",
        ),
        find_out=(
            "Write down in one sentence what these cells do in a healthy donor, and what your effect rests"
            " on. Ask the head of non-clinical development whether the sentences agree."
        ),
    ),
    Question(
        id="Q13",
        key="claimed_action",
        topic=Topic.CLAIMED_ACTION,
        wording="What do the cells do in the patient?",
        help=(
            "Answer for what you claim, in the words you would put in the indication. What the cells do"
            " besides does not count."
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
                "New tissue takes the place of what was lost.",
                "ChondroCelect: cartilage cells that fill a defect in the knee.",
            ),
            Choice(
                ClaimedAction.PIM,
                "They act by pharmacological, immunological or metabolic means",
                "Signals, secreted factors or immune effects; the cells need not stay.",
                "Expanded stromal cells against graft-versus-host disease.",
            ),
            Choice(
                ClaimedAction.BOTH,
                "Both of these, and both are claimed",
                "Repair is claimed, and it also rests on signals the cells give.",
                "Cells from fat that rebuild heart muscle and call in new vessels.",
            ),
            Choice(
                ClaimedAction.NEITHER,
                "Neither",
                "A cosmetic effect, or a mere filler.",
                "Cells that smooth wrinkles, with no claim on a disease.",
            ),
        ),
        find_out=(
            "Ask whoever writes the indication and the mechanism of action, and look at the primary endpoint"
            " of the trial: structure regained means repair, a signal or an immune effect the other."
        ),
    ),
    Question(
        id="Q14",
        key="integral_device",
        topic=Topic.DEVICE,
        wording="Is a device fixed to the product and still doing a device's job?",
        help=(
            "Answer yes if a part is a medical device in its own right, is fixed to the product when it is"
            " given, and keeps its job there. Gels as mere carriers, syringes, bags and scaffolds used up in"
            " culture do not count."
        ),
        why=(
            "A device as an integral part beside cells makes the product a combined one, with evidence of"
            " its own."
        ),
        citation=atmp_law.COMBINED,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A membrane, a capsule or a bone substitute that stays.",
            "None, or only a carrier.",
            yes_example="MACI, cartilage cells on a collagen membrane.",
            no_example="Skin cells in fibrin for leg ulcers; cells on decellularised dermis.",
        ),
        find_out=(
            "Ask the supplier of the part for its CE certificate and intended purpose, and ask development"
            " what becomes of it in the body: does it carry a load or hold a place after it is given?"
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
            Choice(
                Source.AUTOLOGOUS,
                "From the patient",
                "Autologous.",
                "Kymriah, made from the patient's own T cells.",
            ),
            Choice(
                Source.ALLOGENEIC,
                "From another person",
                "Allogeneic; a human cell line as well.",
                "Alofisel, stromal cells from the fat of donors.",
            ),
            Choice(
                Source.BOTH,
                "From both",
                "Treated as allogeneic.",
                "The patient's skin cells on a layer of donor cells that is given with them.",
            ),
            Choice(
                Source.XENOGENEIC,
                "From an animal",
                "Xenogeneic.",
                "Islets of a pig in a capsule.",
            ),
        ),
        find_out="Ask the tissue establishment or the supplier of the cell bank for the donor's record.",
    ),
    Question(
        id="Q16",
        key="hospital_custom_made",
        topic=Topic.APPLICANT,
        wording="Is it made for one named patient in a hospital?",
        help=(
            "Answer yes if it is custom-made on an individual prescription, not routinely, and used in a"
            " hospital of the same Member State under the sole responsibility of a doctor."
        ),
        why="Such a product can be exempt from the central authorisation. Its class stays the same.",
        citation=atmp_law.HOSPITAL_EXEMPTION,
        kind=Kind.YES_NO,
        choices=yes_or_no(
            "A national permit is needed instead.",
            "Also for anything made in routine series.",
            yes_example="Cells that a university hospital grows for one of its own patients.",
            no_example="Kymriah: each lot is for one patient, but it is made in routine series.",
        ),
        find_out=(
            "Ask the hospital's pharmacy and the national authority: what counts as routine is decided"
            " in each Member State."
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
        choices=yes_or_no(
            "It is in the SME register of the EMA, or can be.",
            "It is too large, or belongs to a group that is.",
            yes_example="A company of 40 people that belongs to its founders.",
            no_example="A company of 40 people that belongs to a group of 20,000.",
        ),
        find_out=(
            "Look the company up in the SME register of the EMA, or send the SME office of the EMA the"
            " declaration; staff, turnover and owners decide."
        ),
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
                "A synthetic mesh with a coat of acellular human tissue.",
            ),
            Choice(
                NonViableRole.DERIVATIVE,
                "A derivative of tissue or cells",
                "Processed so far that it is no longer tissue.",
                "Purified collagen as a filler.",
            ),
            Choice(
                NonViableRole.TISSUE_AS_SUCH,
                "Human tissue as such",
                "Still tissue, though its cells are gone.",
                "Demineralised bone or acellular human dermis.",
            ),
            Choice(
                NonViableRole.ANIMAL_TISSUE,
                "Animal tissue",
                "Of an animal, whatever was done to it.",
                "Decellularised pig skin for burns.",
            ),
        ),
        find_out=(
            "Ask the manufacturer of the material how far it was processed, and the notified body or the"
            " national authority under which law it is on the market."
        ),
    ),
)
