"""Stands in for the build backend of the package: the suite is read out of it, nothing is built."""
