"""Evidence: who did what, when and why; knows no other app."""
