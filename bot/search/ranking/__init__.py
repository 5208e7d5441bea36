"""What happens to the index's best candidates: expansion, evidence, confidence, second ranking."""
