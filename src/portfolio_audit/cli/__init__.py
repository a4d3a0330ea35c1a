"""The command line: the only code that prints or exits. Heavy imports wait inside the commands."""
