"""Buttons below messages. Each carries what it acts on in its custom_id, so that it works after a restart."""
