"""The talk of the quick scan: cards in any order, with words on them in a voice."""
