"""The verbs of the dossiers app, one file per noun: the only writers."""
