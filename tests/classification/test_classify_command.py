"""The classify command: answers from a file or a pipe, one verdict a line, errors with their place."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from classification.engine import QUESTIONS
from classification.management.commands.classify import LONGEST_LINE, Command

TEP = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "process_steps": ["expansion"],
    "same_location": "no",
    "same_function": "no",
    "claimed_action": "regenerate",
    "integral_device": "no",
    "source": "autologous",
}
SCTMP = TEP | {"claimed_action": "pim"}


@pytest.fixture
def run(monkeypatch):
    """Run the command on bytes from standard input; give what it printed."""

    def run(raw: bytes, *options: str) -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        out = io.StringIO()
        call_command("classify", "-", *options, stdout=out)
        return out.getvalue()

    return run


def refused(run, raw: bytes) -> str:
    with pytest.raises(CommandError) as refusal:
        run(raw)
    assert refusal.value.returncode == 2
    return str(refusal.value)


def outcomes(printed: str) -> list[str]:
    return [json.loads(line)["outcome"] for line in printed.splitlines()]


def line(answers: dict[str, object]) -> bytes:
    return json.dumps(answers).encode() + b"\n"


def test_one_object_gives_one_verdict(run):
    (verdict,) = map(json.loads, run(line(TEP)).splitlines())
    assert {
        key: verdict[key] for key in ("outcome", "outcomes", "first_open_question", "flags", "ruleset")
    } == {
        "outcome": "TEP",
        "outcomes": ["TEP"],
        "first_open_question": None,
        "flags": ["autologous", "donor_rules"],
        "ruleset": "EU-2009",
    }
    assert [step["question"] for step in verdict["path"]] == [
        *("Q01", "Q02", "Q07", "Q09", "Q12", "Q12", "Q13", "Q14")
    ]


def test_json_lines_give_a_verdict_each(run):
    assert outcomes(run(line(TEP) + b"\r\n  \n" + line(SCTMP) + line({}))) == ["TEP", "sCTMP", "undetermined"]


def test_last_line_needs_no_line_break(run):
    assert outcomes(run(line(TEP) + line(SCTMP).rstrip())) == ["TEP", "sCTMP"]


def test_one_object_may_be_spread_over_lines(run):
    assert outcomes(run(b"\n" + json.dumps(TEP, indent=2).encode())) == ["TEP"]


def test_byte_order_mark_is_ignored(run):
    assert outcomes(run(b"\xef\xbb\xbf" + line(TEP))) == ["TEP"]


def test_reads_a_file(tmp_path):
    (tmp_path / "answers.json").write_bytes(line(TEP))
    out = io.StringIO()
    call_command("classify", str(tmp_path / "answers.json"), stdout=out)
    assert outcomes(out.getvalue()) == ["TEP"]


def test_draft_rule_set_on_request(run):
    (verdict,) = map(json.loads, run(line(TEP), "--ruleset", "EU-REFORM").splitlines())
    assert verdict["ruleset"] == "EU-REFORM"


def test_prints_what_a_verdict_is(run):
    (verdict,) = map(json.loads, run(line(TEP)).splitlines())
    assert list(verdict) == [
        *("outcome", "outcomes", "label", "first_open_question", "first_open_key", "path"),
        *("flags", "flag_notes", "findings", "explanation", "ruleset", "ruleset_version", "answers"),
    ]
    assert verdict["ruleset_version"] == "2026.11"
    assert verdict["path"][6] == {
        "question": "Q13",
        "key": "claimed_action",
        "answer": "regenerate",
        "label": "They regenerate, repair or replace tissue",
    }


def test_what_if_on_request(run):
    (verdict,) = map(json.loads, run(line(TEP), "--what-if").splitlines())
    assert list(verdict)[-1] == "what_if"
    assert [
        (other["question"], other["answer"], other["outcome"])
        for other in verdict["what_if"]
        if other["is_change"]
    ] == [
        ("Q01", "no", "not_medicine"),
        ("Q02", ["gm_cells"], "undetermined"),
        ("Q07", "no", "undetermined"),
        ("Q13", "pim", "sCTMP"),
        ("Q13", "neither", "not_medicine"),
        ("Q14", "yes", "combined-TEP"),
    ]


def test_prints_the_questionnaire():
    out = io.StringIO()
    call_command("classify", "--questions", stdout=out)
    printed = json.loads(out.getvalue())
    assert [(question["id"], question["key"]) for question in printed] == [
        (question.id, question.key) for question in QUESTIONS
    ]
    assert set(printed[0]) >= {"wording", "choices", "citation"}


@pytest.mark.parametrize(
    ("ruleset", "more"),
    [("EU-2009", []), ("UK-2012", []), ("JP-PMD", []), ("US-FDA", ["R01", "R02", "R03", "R04"])],
)
def test_prints_what_other_law_asks_besides(ruleset, more):
    out = io.StringIO()
    call_command("classify", "--questions", "--ruleset", ruleset, stdout=out)
    printed = [question["id"] for question in json.loads(out.getvalue())]
    assert printed == [question.id for question in QUESTIONS] + more


def test_other_law_on_request(run):
    tissue = {"same_operation": "no", "other_article": "no", "systemic_effect": "no"}
    answers = TEP | tissue | {"process_steps": ["cutting"], "property_altered": "no", "same_function": "yes"}
    (verdict,) = map(json.loads, run(line(answers), "--ruleset", "US-FDA").splitlines())
    assert (verdict["outcome"], verdict["ruleset"]) == ("us_361_hctp", "US-FDA")
    assert [step["question"] for step in verdict["path"]] == [
        *("Q01", "Q02", "Q07", "Q09", "Q11", "Q12", "Q14", "Q15", "R01", "R02", "R03")
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the input is empty: expected a JSON object with answers"),
        (b" \n\n", "the input is empty: expected a JSON object with answers"),
        (b"\xef\xbb\xbf", "the input is empty: expected a JSON object with answers"),
        (line(TEP) + b'{"colour": "red"}', "line 2: colour: is not a question of the questionnaire"),
        (b'{"is_medicine": true}', 'line 1: is_medicine: must be "yes", "no" or "unknown"'),
        (b'{"is_medicine": NaN}', 'line 1: is_medicine: must be "yes", "no" or "unknown"'),
        (
            b'\n\n{"source": "donor"}',
            "line 3: source: must be one of autologous, allogeneic, both, xenogeneic or unknown",
        ),
        (b'{"sme": "yes", "sme": "no"}', "line 1: sme: answered twice"),
        (b'{"\\ud800": "yes"}', "line 1: \\ud800: is not a question of the questionnaire"),
        (b"[]", "line 1: expected a JSON object with answers"),
        (line(TEP) + b'"yes"', "line 2: expected a JSON object with answers"),
        (line(TEP) + b"null", "line 2: expected a JSON object with answers"),
        (
            b"{'sme': 'yes'}",
            "line 1: not JSON at column 2: Expecting property name enclosed in double quotes",
        ),
        (b'{"sme": "yes"', "line 1: not JSON at column 14: Expecting ',' delimiter"),
        (b'{"sme":\n "yes"', "line 2: not JSON at column 7: Expecting ',' delimiter"),
        (line(TEP) + b'{"sme":\n "yes"}', "line 2: not JSON at column 8: Expecting value"),
        (b'{"sme":\n "yes"} {}', "line 2: not JSON at column 9: Extra data"),
        (line(TEP) + b'{"sme": "\xff"}', "line 2: not UTF-8"),
        (b'{"sme": ' + b"[" * 200_000, "line 1: not JSON that holds answers"),
        (b'{"sme": ' + b"9" * 5_000 + b"}", "line 1: not JSON that holds answers"),
    ],
    ids=range(20),
)
def test_bad_input_is_named_with_its_place(run, raw, message):
    assert refused(run, raw) == message


def test_huge_line_is_refused_before_it_is_read_whole(run):
    assert refused(run, line(TEP) + b" " * (LONGEST_LINE + 1)) == "line 2: longer than 1048576 bytes"


def test_huge_spread_object_is_refused(run):
    raw = b'{"sme":\n' + b"\n" * LONGEST_LINE + b'"yes"}'
    assert refused(run, raw) == "line 1: not an object on one line, and longer than 1048576 bytes in all"


def test_verdicts_before_a_bad_line_are_printed(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line(TEP) + b"{}x")))
    out = io.StringIO()
    with pytest.raises(CommandError, match="line 2"):
        call_command("classify", "-", stdout=out)
    assert outcomes(out.getvalue()) == ["TEP"]


def test_lines_are_classified_as_they_come(monkeypatch):
    printed_when_read = []

    class Trickle(io.RawIOBase):
        """Gives one line at a time and notes what was printed by then."""

        lines = iter([line(TEP), line(SCTMP)])

        def readable(self):
            return True

        def readinto(self, buffer):
            printed_when_read.append(len(out.getvalue().splitlines()))
            chunk = next(self.lines, b"")
            buffer[: len(chunk)] = chunk
            return len(chunk)

    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Trickle())))
    call_command("classify", "-", stdout=out)
    assert printed_when_read[:3] == [0, 1, 2]


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"cannot read .*: No such file or directory") as refusal:
        call_command("classify", str(tmp_path / "none.json"))
    assert refusal.value.returncode == 2


def test_folder_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Is a directory"):
        call_command("classify", str(tmp_path))


@pytest.mark.parametrize("arguments", [(), ("-", "--questions")])
def test_either_input_or_questions(arguments):
    with pytest.raises(CommandError, match="give either a file") as refusal:
        call_command("classify", *arguments)
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("arguments", [["--colour"], ["a", "b"], ["-", "--ruleset", "EU-2050"]])
def test_argument_errors_exit_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "classify", *arguments])
    assert end.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_bad_input_exits_with_two_and_no_traceback(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"colour": "red"}')))
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "classify", "-"])
    assert end.value.code == 2
    assert capsys.readouterr().err == "BadInput: line 1: colour: is not a question of the questionnaire\n"


def test_closed_pipe_ends_quietly(monkeypatch):
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line(TEP))))
    monkeypatch.setattr("sys.stdout", io.StringIO())
    call_command("classify", "-", stdout=Closed())
