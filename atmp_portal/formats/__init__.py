"""How Django's own pages write dates: as the rest of the portal does."""
