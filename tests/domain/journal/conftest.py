from tests.domain.journal.sealed import key_of_the_log, sealed_world

__all__ = ["key_of_the_log", "sealed_world"]
