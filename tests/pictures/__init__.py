"""Pictures for the README: `make pictures` draws them from real looks at local servers."""
