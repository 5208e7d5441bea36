"""What is kept of a member: exported and deleted."""
