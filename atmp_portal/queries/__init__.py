"""What the pages read that know all apps, one file per page."""
