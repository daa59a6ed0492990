"""The demo story's documents, made by code: fictitious products of fictitious sponsors, true to the form."""
