"""What is known and from whom: sources, counts, events, and parameters with their priors."""
