"""What the pages of the dossiers app read, one file per noun."""
