"""What is said in other languages than English: a catalogue for each, and the tool that keeps them complete."""
