"""The only code that speaks to GitHub: addresses, credentials, client, limits, cache, queries and payloads."""
