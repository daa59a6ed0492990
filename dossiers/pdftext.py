"""A program of its own that prints the text of each page of a PDF as a line of JSON.

It runs apart from the worker with a limit on memory and on time: a file that makes the library of PDFs crash,
grow or hang ends this program and nothing else. It imports nothing of the portal.
"""

import json
import resource
import signal
import sys

import pypdfium2

MEMORY = 1024**3
SECONDS = 120
MOST_PAGES = 10_000
LONGEST_TEXT = 20_000


def main(path: str) -> None:
    """Print the text of every page, in order, a line each; a page that cannot be read has no text."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(SECONDS)
    document = pypdfium2.PdfDocument(path)
    for index in range(min(len(document), MOST_PAGES)):
        sys.stdout.write(json.dumps(_text(document, index)) + "\n")
        sys.stdout.flush()


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        page = document[index]
        text_page = page.get_textpage()
        found: str = text_page.get_text_range(count=min(text_page.count_chars(), LONGEST_TEXT))
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return found


if __name__ == "__main__":
    main(sys.argv[1])
