"""Who they are: kinds of people by facts, margins with sources, and the table of groups made from them."""
