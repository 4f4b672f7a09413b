"""Instruments as data: what a questionnaire asks, what was answered, what it adds up to. See decision 28.

`definition.py` reads the file, out of what `questions.py`, `values.py` and `schema.py` know; `asked.py` tells what is
asked now, `checks.py` whether it can be an answer, `scoring.py` what it adds up to, `responses.py` takes it along.
None of these knows Django. `commands.py` and `shelf.py` keep what they made; `along.py` hands a sheet out.
"""
