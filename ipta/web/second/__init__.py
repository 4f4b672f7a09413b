"""Meedenken: the page of a colleague who is asked whether something must be told without a youth's yes."""
