"""The dossier package: a whole dossier in one file, which the youth takes along and another house can read in.

What an import changes on purpose, and nothing else: the coach who goes on is added and the one before him ends; what
was shared with people there ends, and so does a question that still waits for an answer; what was erased there comes as
lines without words, in a section that can be written in here; the reading log of the other house is not taken over; the
journal gets a line `dossier.imported`, and says of each line before it that it came in a package. A paper is looked at
as at an upload: what hid in it stays behind.

The version goes up when something comes in that a reader of before does not know: he then says that it is too new for
him, instead of calling it a fault. Version 2 brought the papers, 3 with whom an appointment is, 4 who brought him in,
what specialists were asked, how he is reminded, and the words of a hand-over, 5 the tests and scans of
others, how often he is asked how his week was, the messages, and the talk about the plan with those around him.
"""

from ipta.api.package.commands import Imported, import_package
from ipta.api.package.line import run_export, run_import, run_schema
from ipta.api.package.reading import load
from ipta.api.package.rules import Fault, PackageFault
from ipta.api.package.schema import schema
from ipta.api.package.writing import export

__all__ = [
    "Fault",
    "Imported",
    "PackageFault",
    "export",
    "import_package",
    "load",
    "run_export",
    "run_import",
    "run_schema",
    "schema",
]
