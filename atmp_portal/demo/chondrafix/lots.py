"""The lots of Chondrafix made by the process that is filed; the numbers in its documents are counted here."""

from dataclasses import dataclass
from datetime import date

# lot, filled on, viable cells in thousands per cm², viable %, marker ratio, glycosaminoglycan per DNA
# in µg/µg, modified Bern score, endotoxin in EU per device
_RECORDS = """
CHX-22-0052 2022-09-12 715 87.3 56 4.7 9  1.6
CHX-22-0054 2022-09-30 773 90.4 32 3.9 7 <0.5
CHX-22-0055 2022-10-24 763 88.1 55 3.0 7  0.5
CHX-22-0056 2022-11-10 867 90.0 23 3.8 6  0.7
CHX-22-0057 2022-11-23 561 82.2 45 2.4 6  1.1
CHX-22-0060 2022-12-12 691 90.0 47 4.5 8  1.2
CHX-22-0062 2022-12-29 691 91.1 53 4.9 8  1.3
CHX-23-0064 2023-01-09 745 93.9 25 4.0 7  0.8
CHX-23-0066 2023-02-06 777 93.1 51 5.3 8  1.2
CHX-23-0068 2023-03-01 924 88.8 25 3.7 6  1.8
CHX-23-0070 2023-03-20 566 85.4 65 4.3 7 <0.5
CHX-23-0072 2023-04-03 670 89.5 36 4.0 6  1.1
CHX-23-0073 2023-04-21 760 85.1 33 3.1 6  1.8
CHX-23-0076 2023-05-10 667 88.4 36 5.7 7  0.5
CHX-23-0078 2023-06-05 891 91.6 42 4.6 7 <0.5
CHX-23-0079 2023-06-28 942 82.6 58 4.2 6  1.1
CHX-23-0080 2023-07-17 749 94.0 22 3.9 6  1.4
CHX-23-0082 2023-07-31 762 92.4 80 3.9 6  0.9
CHX-23-0083 2023-08-23 846 82.5 56 3.9 7  0.8
CHX-23-0085 2023-09-04 653 95.2 39 3.9 5  1.2
CHX-23-0086 2023-09-22 694 90.5 47 5.0 8  2.3
CHX-23-0089 2023-10-18 649 84.1 48 3.8 6  1.2
CHX-23-0092 2023-11-06 614 88.0 59 6.5 9  1.9
CHX-23-0095 2023-11-21 761 87.4 96 4.6 7  2.5
CHX-23-0098 2023-12-04 650 90.8 55 5.1 7 <0.5
CHX-23-0100 2023-12-18 753 90.5 82 4.2 7  1.0
CHX-24-0101 2024-01-04 735 90.4 34 6.8 8 <0.5
CHX-24-0104 2024-01-29 819 92.4 23 3.8 6 <0.5
CHX-24-0106 2024-02-23 726 82.1 69 3.8 6  1.2
CHX-24-0108 2024-03-18 754 83.9 47 6.0 9  1.2
CHX-24-0109 2024-04-02 647 79.6 49 4.3 6  0.8
"""


@dataclass(frozen=True)
class Lot:
    """What was found in one lot at release."""

    number: str
    filled_on: date
    density: int
    viability: float
    ratio: int
    matrix: float
    bern: int
    endotoxin: str

    @property
    def cells(self) -> str:
        """Viable cells per cm², in digits grouped by three."""
        return f"{self.density} 000"


def _lot(record: str) -> Lot:
    number, filled, density, viability, ratio, matrix, bern, endotoxin = record.split()
    return Lot(
        number=number,
        filled_on=date.fromisoformat(filled),
        density=int(density),
        viability=float(viability),
        ratio=int(ratio),
        matrix=float(matrix),
        bern=int(bern),
        endotoxin=endotoxin.replace("<", "< "),
    )


LOTS = tuple(_lot(record) for record in _RECORDS.strip().splitlines())
EARLY = LOTS[:6]
