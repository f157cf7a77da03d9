"""The command line: `isnad` and its commands."""
