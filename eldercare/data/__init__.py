"""The data at rest: package, checks, build, questions."""
