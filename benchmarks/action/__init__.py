"""The action on a repository of the demo: how long it takes, and how what it writes looks."""
