"""Each test has one sentence that states the behaviour."""
