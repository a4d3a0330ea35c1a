"""How long it takes to write a report in every format, and to read it again."""
