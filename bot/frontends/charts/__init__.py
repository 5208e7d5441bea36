"""Pictures of figures, drawn in a process of their own: loading what draws them takes a second."""
