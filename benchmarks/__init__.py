"""Every figure that Limen promises, measured with the peer beside it. `python -m benchmarks.run` runs all of them."""
