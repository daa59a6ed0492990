"""Input of the dossiers app, parsed and validated, one file per noun."""
