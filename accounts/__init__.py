"""People: users, organisations, roles, invitations and what they are told."""
