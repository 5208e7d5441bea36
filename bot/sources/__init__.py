"""Where papers come from: one file per place. Each yields papers and refusals, and writes nothing."""
