"""How words are compared, however they are written: in capitals, with other accents, a Turkish i, a German sz."""

from unicodedata import combining, normalize

# Letters that Unicode keeps apart and people do not, and what telephones make of quotes and dashes.
ALIKE = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("‘’‛′ʼ", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
)


def fold(text: str) -> str:
    """How a text is compared."""
    if text.isascii():
        return text.lower()
    bare = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return bare.casefold().translate(ALIKE)
