"""Text in, structure with line numbers out; knows nothing of repositories.

Every ``parse`` function is total on hostile input: it returns, or raises ``ParseError``, in bounded time and memory.
"""
