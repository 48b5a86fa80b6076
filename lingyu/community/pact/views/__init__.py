"""The pages of the pact: `public` for everybody, `drafting` for who keeps it, `checking` before one sends."""
