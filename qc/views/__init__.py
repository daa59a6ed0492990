"""HTTP of quality control, one file per noun."""
