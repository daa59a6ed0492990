"""What quality control keeps, one file per noun."""

from qc.models.lots import Lot
from qc.models.results import Result
from qc.models.specifications import Specification, SpecificationTest

__all__ = ["Lot", "Result", "Specification", "SpecificationTest"]
