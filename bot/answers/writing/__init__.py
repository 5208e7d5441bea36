"""From a prompt to what may be shown: the model writes, and gates let checked sentences through."""
