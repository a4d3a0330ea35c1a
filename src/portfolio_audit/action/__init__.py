"""The GitHub Action: what an event asks for, what is compared with what, and how it is told.

Nothing here runs an audit, prints or exits: the command line does, and hands over finished reports.
"""
