"""Classifies candidates from a file or a pipe: one JSON object or JSON Lines in, one verdict a line out."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from classification.engine import (
    CURRENT_RULESET,
    RULESETS,
    BadAnswer,
    ProductFacts,
    classify,
    questions_of,
    what_if,
)

LONGEST_LINE = 1024 * 1024
"""In bytes; no answer sheet comes near it, and a longer line would be held in memory whole."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadInput(CommandError):
    """The input cannot be read; names the line, and the field where there is one."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


class Command(BaseCommand):
    help = (
        "Classifies candidates. FILE (or - for standard input) holds one JSON object, or one a line; each"
        " verdict is printed as one line of JSON. --what-if adds where each other answer would lead."
        " --questions prints the questionnaire with all its names."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="the answers, or - for standard input")
        parser.add_argument("--questions", action="store_true", help="print the questionnaire and stop")
        parser.add_argument("--what-if", action="store_true", help="add where each other answer would lead")
        parser.add_argument(
            "--ruleset",
            choices=list(RULESETS),
            default=CURRENT_RULESET,
            help="whose law, as encoded here; EU-REFORM is a draft and not yet law (default: %(default)s)",
        )

    def handle(self, *, file: str | None, questions: bool, ruleset: str, **options: Any) -> None:
        if questions == (file is not None):
            raise BadInput("give either a file (or - for standard input) or --questions")
        try:
            if file is None:
                self.stdout.write(
                    json.dumps([question.to_json() for question in questions_of(ruleset)], indent=2)
                )
            else:
                self._classify(file, ruleset, with_what_if=options["what_if"])
            self.stdout.flush()
        except BrokenPipeError:
            _leave_quietly()

    def _classify(self, file: str, ruleset: str, *, with_what_if: bool) -> None:
        with _opened(file) as stream:
            number = 0
            for number, answers in _records(stream):
                try:
                    facts = ProductFacts.from_exchange(answers)
                except BadAnswer as refusal:
                    raise BadInput(f"line {number}: {_shown(refusal.field)}: {refusal.message}") from None
                verdict = classify(facts, ruleset).to_json()
                if with_what_if:
                    verdict["what_if"] = [other.to_json() for other in what_if(facts, ruleset)]
                self.stdout.write(json.dumps(verdict))
            if number == 0:
                raise BadInput("the input is empty: expected a JSON object with answers")


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as error:
        raise BadInput(f"cannot read {_shown(file)}: {getattr(error, 'strerror', None) or error}") from None


def _records(stream: BinaryIO) -> Iterator[tuple[int, dict[str, object]]]:
    """Each answer sheet with the number of its line; never more than one is held in memory."""
    is_first = True
    for number, line in _lines(stream):
        try:
            yield number, _parsed(line, number)
        except _CutShort as gap:
            # Only a single object may be spread over lines, and it may not be longer than a line may be.
            if not is_first:
                raise BadInput(gap.message) from None
            yield number, _single_object(line, stream, number)
            return
        is_first = False


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise BadInput(f"line {number}: longer than {LONGEST_LINE} bytes")
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if line.strip():
            yield number, line


def _single_object(start: bytes, stream: BinaryIO, number: int) -> dict[str, object]:
    whole = start + stream.read(LONGEST_LINE + 1 - len(start))
    if len(whole) > LONGEST_LINE:
        raise BadInput(
            f"line {number}: not an object on one line, and longer than {LONGEST_LINE} bytes in all"
        )
    try:
        return _parsed(whole, number)
    except _CutShort as gap:
        raise BadInput(gap.message) from None


class _CutShort(Exception):
    """The JSON is right as far as it goes, but it ends too early."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _parsed(raw: bytes, number: int) -> dict[str, object]:
    try:
        text = raw.decode().rstrip()
        parsed = json.loads(text, object_pairs_hook=_without_doubles)
    except UnicodeDecodeError:
        raise BadInput(f"line {number}: not UTF-8") from None
    except json.JSONDecodeError as error:
        line, column = number + error.lineno - 1, error.colno
        message = f"line {line}: not JSON at column {column}: {error.msg}"
        if error.pos >= len(text):
            raise _CutShort(message) from None
        raise BadInput(message) from None
    except _DoubleKey as error:
        raise BadInput(f"line {number}: {_shown(error.key)}: answered twice") from None
    except (RecursionError, ValueError):
        raise BadInput(f"line {number}: not JSON that holds answers") from None
    if not isinstance(parsed, dict):
        raise BadInput(f"line {number}: expected a JSON object with answers")
    return parsed


class _DoubleKey(Exception):
    """An object names the same key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubleKey(key)
        found[key] = value
    return found


def _shown(text: str) -> str:
    """Text from outside as it may stand in a message: short, and without control or half characters."""
    return ascii(text)[1:-1][:60]


def _leave_quietly() -> None:
    """The reader has gone; standard output now leads nowhere, so that Python's exit does not complain."""
    with suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
