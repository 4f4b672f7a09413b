"""The walls: PostgreSQL itself shows a row only to who may see it. The second of three lines, below the policies."""
