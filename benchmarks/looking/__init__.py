"""How long it takes to make the page, to see it, to keep an audit, and to audit a year of commits."""
