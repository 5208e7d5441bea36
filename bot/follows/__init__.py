"""What members and channels follow, and the notifications of it."""
