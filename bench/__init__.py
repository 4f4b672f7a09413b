"""The measuring stick: `bin/bench`. How quick the house is, beside the bare parts it is made of and beside Django's own
admin over the same words in clear. What is measured and how: docs/performance.md.

Nothing of this is in the package that is installed, and nothing of `ipta` knows of it.
"""
