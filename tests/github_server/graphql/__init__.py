"""GitHub's GraphQL API, executed against the schema that GitHub publishes."""
