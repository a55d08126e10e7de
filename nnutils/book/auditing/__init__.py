"""The audit on the pages of the site: addresses of statements, filters, search by number, files of data."""
