"""Products, dossiers, documents, review, questions and the clock."""
