"""Filling an empty database with a believable load: real rows written in bulk with a trail that verifies."""
