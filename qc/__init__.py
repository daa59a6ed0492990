"""Quality control: specifications, lots, results and release."""
