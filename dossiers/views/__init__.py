"""HTTP for the dossiers app, one file per noun."""
