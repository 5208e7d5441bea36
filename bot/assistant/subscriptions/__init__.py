"""What members follow: kept, matched with what comes, told once."""
