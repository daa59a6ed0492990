"""The rules of the house, read from the source: layers, one writer of status, scoped fetches, docstrings."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from importlinter.application import use_cases
from importlinter.cli import lint_imports

ROOT = Path(settings.BASE_DIR)
APPS = ("atmp_portal", "qc", "dossiers", "classification", "accounts", "audit")
UNSCOPED_FETCH = re.compile(r"\.objects\s*\.\s*(get|all|filter|exclude|first|last|in_bulk|latest)\b")
WRITING = re.compile(r"\.(save|delete|bulk_create|get_or_create|update_or_create)\(|\.objects\.create\(")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders or APPS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def view_modules() -> Iterator[Path]:
    for path in modules():
        if path.stem == "views" or path.parent.name == "views":
            yield path


def test_the_import_chain_holds():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


def test_only_moves_change_a_status():
    writers = {
        name_of(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
    }
    assert writers <= {"audit/moves.py"}


def test_no_update_of_a_query_changes_a_status():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(keyword.arg == "status" for keyword in node.keywords)
    ]
    assert found == []


def test_views_fetch_only_what_the_person_may_see():
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in view_modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNSCOPED_FETCH.search(line) and "visible_to" not in line
    ]
    assert found == []


def test_views_write_nothing_themselves():
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in view_modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if WRITING.search(line)
    ]
    assert found == []


def routed(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routed(pattern)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield view.__module__, view.__name__


def public_views(path: Path) -> Iterator[str]:
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            first = node.args.args[0].arg if node.args.args else ""
            returns = ast.unparse(node.returns) if node.returns else ""
            if first == "request" and "Response" in returns and not node.args.kwonlyargs:
                yield node.name


def test_every_view_has_an_address():
    reached = set(routed(get_resolver()))
    missing = [
        f"{name_of(path)}: {view}"
        for path in view_modules()
        for view in public_views(path)
        if (".".join(path.relative_to(ROOT).with_suffix("").parts), view) not in reached
    ]
    assert missing == []


def test_every_address_has_its_own_name():
    names = [f"{prefix}:{pattern.name}" for prefix, pattern in named(get_resolver(), "") if prefix != "admin"]
    assert all(not name.endswith(":None") for name in names)
    assert sorted(names) == sorted(set(names))


def named(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, pattern.namespace or prefix)
        else:
            yield prefix, pattern


def test_every_module_says_what_belongs_in_it():
    silent = [
        name_of(path)
        for path in modules()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_the_contracts_are_there():
    contracts = use_cases.read_user_options(config_filename=str(ROOT / "pyproject.toml")).contracts_options
    assert [contract["type"] for contract in contracts] == ["layers", "forbidden"]
