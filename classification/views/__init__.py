"""HTTP for the classification app, one file per noun."""
