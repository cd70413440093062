"""What stands on a page beside its exhibits: frame, filters, tables, the desk."""
