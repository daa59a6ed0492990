"""Fetches the front-end files named in static/vendor/vendor.json; for maintainers who have npm.

Give no arguments to fetch all, or names of folders. A package whose checksum differs stops the script.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n]*")


def fetch(entry: dict[str, str], scratch: Path) -> Path:
    """Return the package's archive once its checksum is the one on record."""
    wanted = f"{entry['package']}@{entry['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", wanted], cwd=scratch, check=True, capture_output=True, text=True
    )
    archive = scratch / packed.stdout.split()[-1]
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != entry["integrity"]:
        raise SystemExit(f"{wanted} has checksum {found}, not the one on record. Nothing was unpacked.")
    return archive


def unpack(archive: Path, files: dict[str, str], folder: Path) -> int:
    """Copy the files that match a pattern, without their source maps; return how many."""
    count = 0
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            target = next((files[pattern] for pattern in files if fnmatch(name, pattern)), None)
            if target is None or not (source := tar.extractfile(member)):
                continue
            content = source.read()
            path = folder / target / PurePosixPath(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            is_code = path.suffix in {".css", ".js", ".mjs"}
            path.write_bytes(SOURCE_MAP.sub(b"", content) if is_code else content)
            count += 1
    return count


def main(names: list[str]) -> None:
    """Fetch and unpack the named folders anew, all of them when none is named."""
    on_record = json.loads((VENDOR / "vendor.json").read_text())
    entries = [entry for entry in on_record if not names or entry["folder"] in names]
    with TemporaryDirectory() as scratch:
        archives = [(entry, fetch(entry, Path(scratch))) for entry in entries]
        for folder in {entry["folder"] for entry in entries}:
            shutil.rmtree(VENDOR / folder, ignore_errors=True)
        for entry, archive in archives:
            count = unpack(archive, entry["files"], VENDOR / entry["folder"])
            print(f"{entry['package']} {entry['version']}: {count} files in static/vendor/{entry['folder']}")


if __name__ == "__main__":
    main(sys.argv[1:])
