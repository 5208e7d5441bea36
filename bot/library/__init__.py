"""Papers that members save, and how they are exported."""
