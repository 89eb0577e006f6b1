"""What the checks share: how a fault is told and how a program is run."""
import json
import os
import pathlib
import subprocess
import sys

RELATA = "https://w3id.org/relata/ns#"
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Fault(Exception):
    """Something an outside reader does not find as it should be."""


def expect(condition, message):
    if not condition:
        raise Fault(message)


def equal(name, found, expected):
    expect(found == expected, f"{name}: found {found!r}, expected {expected!r}")


def schema(name):
    """An official XML schema, from the folder that the variable SCHEMAS names; README.md says how to fill it."""
    file = pathlib.Path(os.environ.get("SCHEMAS", "")) / name
    expect(file.is_file(), f"{file} is not there: set SCHEMAS to a folder of schemas, as tests/outside/README.md says")
    return file


def run(*command, timeout=300):
    """The standard output of a program; a fault when it fails or warns."""
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=timeout)
    told = done.stderr.decode(errors="replace").strip()
    expect(done.returncode == 0, f"{command[0]} failed: {told[:2000]}")
    return done.stdout, told


def node(reader, file):
    """What a reader in JavaScript finds; NODE_PATH names the folder of its packages."""
    return run("node", HERE / "readers.cjs", reader, file)[0]


def expected(out):
    """The strings and counts of the torture graph; nothing for other graphs."""
    file = out / "expected.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None


# What every writer replaces, one code point for one: CR, and what XML 1.0 cannot carry.
_REPLACED = {code: "\ufffd" for code in [*range(32), 0xFFFE, 0xFFFF] if code not in (9, 10)} | {13: " "}


def written(text):
    """A text as an export holds it."""
    return text.translate(_REPLACED)


def main(check, paths):
    """Runs a check on the folders of the command line and tells the result."""
    if len(sys.argv) != 1 + len(paths):
        sys.exit(f"usage: {pathlib.Path(sys.argv[0]).name} {' '.join(paths)}")
    try:
        for line in check(*(pathlib.Path(argument) for argument in sys.argv[1:])):
            print(f"ok: {line}")
    except Fault as fault:
        sys.exit(f"FAULT: {fault}")
