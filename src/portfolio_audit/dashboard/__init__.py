"""A report as one web page: everything in one file, no network, nothing in it that can run but our own script.

``compact`` makes the data small, ``page`` writes the file, ``serving`` shows it on this machine. The script and the
style are built from ``web/`` into ``assets/`` by ``make dashboard``.
"""
