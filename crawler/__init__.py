"""The crawler: from declared sites to records in the archive."""
