"""What comes from elsewhere: "dossierinformatie (indien relevant)". Source: "Een beeld vormen".

When to look again: "als je indruk van de jongere niet overeenkomt met wat er in dossiers staat".
"""

from typing import Final

# "Klopt dit volgens jou?" Not knowing is an answer.
REPLIES: Final = {"yes": "Ja", "partly": "Deels", "no": "Nee", "unknown": "Weet ik niet"}
