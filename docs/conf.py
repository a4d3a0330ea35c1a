"""The site: ``make site`` builds it from the Markdown of this folder, without network."""

from portfolio_audit import __version__

project = "portfolio-audit"
author = "The portfolio-audit authors"
copyright = "The portfolio-audit authors, Apache-2.0"  # noqa: A001  # Sphinx calls it so
release = version = __version__

extensions = ["myst_parser"]
myst_heading_anchors = 3
smartquotes = False  # options of commands begin with two hyphens
suppress_warnings = ["misc.highlighting_failure"]  # examples show broken code on purpose
exclude_patterns = ["_static"]

html_theme = "furo"
html_title = "portfolio-audit"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "source_repository": "https://github.com/portfolio-audit/portfolio-audit/",
    "source_branch": "main",
    "source_directory": "docs/",
    "top_of_page_buttons": [],
    "light_css_variables": {"color-brand-primary": "#0b6e4f", "color-brand-content": "#0b6e4f"},
    "dark_css_variables": {"color-brand-primary": "#4cc38a", "color-brand-content": "#4cc38a"},
}
