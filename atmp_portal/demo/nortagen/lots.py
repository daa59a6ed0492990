"""The clinical lots of Nortagen; means, ranges and response rates in its documents are counted here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, stdev

# lot, site, filled on, CD3+ %, CAR+ %, viable %, dose % of target, interferon pg/mL, killing %,
# vector copies, beads per three million cells, endotoxin EU/mL, response at month 3
_RECORDS = """
NTG-21-0002 Lund  2021-03-06 93.9 58.7 89.5 101  980  - 1.9 16  0.34 complete
NTG-21-0003 Lund  2021-04-19 97.4 26.2 82.3  93  950  - 1.6  3  0.37 none
NTG-21-0004 Lund  2021-06-04 96.7 49.5 96.8 114  800  - 2.5  1  0.13 complete
NTG-21-0005 Lund  2021-08-01 99.1 25.9 87.2 108 1020  - 1.9  7  0.16 complete
NTG-21-0006 Lund  2021-09-23 96.5 35.2 88.1 109  260  - 2.8  4  0.27 complete
NTG-21-0007 Lund  2021-10-29 97.7 52.0 96.0 101 1150  - 2.1 12  0.23 complete
NTG-21-0008 Lund  2021-12-14 98.9 29.0 92.4  97 1400  - 2.4 28 <0.05 none
NTG-22-0009 Lund  2022-01-29 94.9 39.0 91.6 114 1820  - 2.2 29 <0.05 complete
NTG-22-0010 Lund  2022-03-25 94.5 41.0 84.8  99 1510  - 2.3 26  0.08 complete
NTG-22-0011 Lund  2022-05-11 98.7 24.0 91.4 101 1810  - 1.1  6 <0.05 complete
NTG-22-0012 Lund  2022-07-06 97.8 37.7 96.1 102 1920  - 2.0  2  0.38 none
NTG-22-0013 Lund  2022-08-30 98.4 24.5 91.6  87  410  - 1.3  4  0.13 complete
NTG-22-0014 Lund  2022-10-08 93.6 27.9 93.4 100  530  - 1.8 31  0.13 none
NTG-22-0015 Lund  2022-12-10 96.5 55.8 90.8  98 1260  - 3.3 24  0.48 complete
NTG-23-0024 Ghent 2023-06-05 95.1 37.2 93.3  97  210  - 1.9  2  0.68 complete
NTG-23-0027 Ghent 2023-06-22 98.0 30.9 94.3 106 1960  - 2.0 34  0.26 complete
NTG-23-0031 Ghent 2023-07-14 96.4 38.0 77.8  92  980  - 1.2  4 <0.05 complete
NTG-23-0036 Ghent 2023-08-11 97.2 55.4 86.9  94 1580  - 2.8 15  0.46 none
NTG-23-0040 Ghent 2023-09-03 99.0 39.5 93.5 105 1640  - 2.0  2  0.07 none
NTG-23-0044 Ghent 2023-09-25 96.0 35.6 92.0 111 1580  - 1.5 17  0.49 complete
NTG-23-0049 Ghent 2023-10-23 95.5 38.2 91.9  81  690  - 1.6 13  0.20 complete
NTG-23-0053 Ghent 2023-11-14 96.3 47.2 88.7  86  870 62 2.2  4  0.35 none
NTG-23-0058 Ghent 2023-12-12 94.1 45.7 88.4 103 1090 61 2.7  1  0.31 complete
NTG-24-0062 Ghent 2024-01-14 97.5 57.3 71.5  95 1780 76 3.7  7 <0.05 none
NTG-24-0067 Ghent 2024-01-30 97.0 43.1 93.8 111 1680 77 2.3 40  0.29 complete
NTG-24-0071 Ghent 2024-02-12 97.1 50.0 82.9  97 1130 60 2.3  5 <0.05 none
NTG-24-0076 Ghent 2024-02-28 90.2 40.3 91.7  91 1490 62 2.5 24  0.10 complete
NTG-24-0080 Ghent 2024-03-11 94.0 61.4 85.5  97  420 54 2.7  5  0.39 complete
NTG-24-0084 Ghent 2024-03-24 95.3 48.6 91.9 109 1940 85 2.8  2  0.18 complete
NTG-24-0088 Ghent 2024-04-06 96.7  9.4 93.9  99 2160 78 1.8 11  0.44 complete
NTG-24-0093 Ghent 2024-04-22 96.1 33.6 89.6 106 1420 85 2.1  9  0.16 complete
NTG-24-0098 Ghent 2024-05-08 95.9 38.3 92.2  99  240 60 2.6  0  0.09 none
NTG-24-0103 Ghent 2024-05-23 96.4 52.6 83.5 102 1070 81 2.8  7  0.06 complete
NTG-24-0109 Ghent 2024-06-11 97.1 45.3 90.7 110  700 70 1.8 14 <0.05 complete
NTG-24-0113 Ghent 2024-06-24 99.0 33.8 83.1 111 1730 79 1.3 31  0.25 complete
NTG-24-0117 Ghent 2024-07-07 93.4 32.0 79.2 104 1630 63 1.5  8  0.14 complete
NTG-24-0122 Ghent 2024-07-23 95.4 25.3 83.9  94 1590 82 1.4  5  0.10 complete
NTG-24-0128 Ghent 2024-08-11 96.8 42.7 86.5  97  580 64 2.6  2  0.15 complete
NTG-24-0135 Ghent 2024-09-02 98.3 43.9 94.5 102 1610 81 2.0 23  0.42 complete
NTG-24-0142 Ghent 2024-09-13 98.6 50.4 91.9  98 1400 77 3.1 10  0.16 complete
NTG-24-0149 Ghent 2024-09-24 98.8 48.6 94.6  86 1370 83 4.2  4  0.33 complete
NTG-24-0157 Ghent 2024-10-07 94.0 17.7 89.6  94 2960 68 2.5 11  0.06 complete
NTG-24-0166 Ghent 2024-10-21 96.6 17.5 94.3  92  360 69 2.1 15  0.09 complete
NTG-24-0178 Ghent 2024-11-09 96.7 50.3 90.5  95 1910 75 2.2  3  0.22 complete
NTG-24-0190 Ghent 2024-11-29 93.5 41.5 90.0 101 1230 91 2.4 33  0.35 complete
NTG-24-0201 Ghent 2024-12-16 95.3 35.2 92.0  89 1620 82 1.8 21  0.16 complete
NTG-25-0235 Ghent 2025-03-25 94.1 56.5 74.0 102 1490 71 3.4  4  0.27 complete
NTG-25-0241 Ghent 2025-04-07 94.0 28.6 90.8  96  940 69 1.7 24  0.07 complete
NTG-25-0249 Ghent 2025-04-27 98.5  8.9 87.0  90  760 65 1.7  9 <0.05 none
NTG-25-0256 Ghent 2025-05-12 93.6 33.5 88.3 101 1120 72 2.0 32  0.18 complete
NTG-25-0260 Ghent 2025-05-25 98.8 27.5 87.2  91 2210 63 1.9  2  0.33 complete
NTG-25-0263 Ghent 2025-06-02 94.2 17.9 87.4  90  480 63 2.9  1  0.46 none
"""


@dataclass(frozen=True)
class Lot:
    """What was found in one lot at release, and whether its patient responded."""

    number: str
    site: str
    filled_on: date
    cd3: float
    car: float
    viability: float
    dose: int
    interferon: int
    killing: int | None
    copies: float
    beads: int
    endotoxin: str
    responded: bool

    @property
    def is_out_of_specification(self) -> bool:
        """Whether the lot missed a limit and was supplied at the request of the physician."""
        return self.viability < 80 or self.car < 10


def _lot(record: str) -> Lot:
    (
        number,
        site,
        filled,
        cd3,
        car,
        viability,
        dose,
        interferon,
        killing,
        copies,
        beads,
        endotoxin,
        response,
    ) = record.split()
    return Lot(
        number=number,
        site=site,
        filled_on=date.fromisoformat(filled),
        cd3=float(cd3),
        car=float(car),
        viability=float(viability),
        dose=int(dose),
        interferon=int(interferon),
        killing=None if killing == "-" else int(killing),
        copies=float(copies),
        beads=int(beads),
        endotoxin=endotoxin.replace("<", "< "),
        responded=response == "complete",
    )


LOTS = tuple(_lot(record) for record in _RECORDS.strip().splitlines())
LUND = tuple(lot for lot in LOTS if lot.site == "Lund")
GHENT = tuple(lot for lot in LOTS if lot.site == "Ghent")
OUT_OF_SPECIFICATION = tuple(lot for lot in LOTS if lot.is_out_of_specification)

KILLING = [float(lot.killing) for lot in LOTS if lot.killing is not None]


def spread(values: Sequence[float], digits: int, unit: str = "") -> tuple[str, str, str, str]:
    """Number, mean, standard deviation and range of the values, as a table shows them."""
    average, deviation, low, high = (
        f"{value:.{digits}f}" for value in (mean(values), stdev(values), min(values), max(values))
    )
    return str(len(values)), average, deviation, f"{low} to {high}{unit}"


def responses(
    value: Callable[[Lot], float], classes: Sequence[tuple[str, float, float]]
) -> list[tuple[str, str, str]]:
    """Lots and complete responses by class of a value, both bounds included."""
    rows = []
    for name, low, high in classes:
        lots = [lot for lot in LOTS if low <= value(lot) <= high]
        rows.append((name, str(len(lots)), str(sum(lot.responded for lot in lots))))
    return rows
