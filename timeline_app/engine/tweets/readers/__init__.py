"""Readers of the files in which tweets are kept, one module a format; which one a file is, `sniff` says."""
