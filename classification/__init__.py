"""The classification of candidates: the questionnaire, the rules behind it, the verdict a sponsor signs."""
