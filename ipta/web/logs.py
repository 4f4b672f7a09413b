import logging


class NoWords(logging.Filter):
    """Tracebacks carry local words: outside this machine's own development only the kind of fault is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            fault, where = record.exc_info[0], record.exc_info[2]
            while where and where.tb_next:
                where = where.tb_next
            place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
            record.msg, record.args = "%s at %s", (fault.__qualname__, place)
            record.exc_info = record.exc_text = None
        return True
