"""/save, /saved and the message menus."""
