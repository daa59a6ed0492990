"""Reads of quality control: one function per page or list."""

from qc.queries.lots import LotPage, lot_list, lot_page, next_to_check
from qc.queries.specifications import (
    SpecificationPage,
    products_for_specifications,
    specification_list,
    specification_page,
)
from qc.queries.trails import trail_page
from qc.queries.watch import Watch, lots_to_watch

__all__ = [
    "LotPage",
    "SpecificationPage",
    "Watch",
    "lot_list",
    "lot_page",
    "lots_to_watch",
    "next_to_check",
    "products_for_specifications",
    "specification_list",
    "specification_page",
    "trail_page",
]
