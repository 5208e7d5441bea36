"""The commands of `paperbot`, one file each."""
