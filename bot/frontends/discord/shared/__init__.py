"""What the folders of the Discord front end share."""
