"""The Slack edge: middleware, one module per capability with `register(app, deps)`, and delivery."""
