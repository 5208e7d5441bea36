"""Writing a payload of each kind of message, made by the real renderers, into docs/messages."""
