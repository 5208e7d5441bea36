"""What members can do, one file each."""
