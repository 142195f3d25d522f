"""Writes the event `CustomerOutgoing` with all macros expanded to `customer_outgoing.rs` beside this file, so that
the code that compiles can be reviewed. With `--check`, fails unless the file is what would be written.

Derives of the standard library change with the compiler, so the first line names it, and a check by another
compiler is skipped. Needs no nightly toolchain: the one unstable option is allowed for the one call that uses it.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FILE = HERE / "customer_outgoing.rs"
FAMILY = "pismo"
EVENT = re.compile(r"\bCustomerOutgoing(Builder)?\b|\bpub mod customer_outgoing\b")
# As RUSTC_WRAPPER: in the environment of Cargo, the variable would run build scripts again.
WRAPPER = """#!/bin/sh
case "$*" in *-Zunpretty=expanded*) export RUSTC_BOOTSTRAP=1 ;; esac
exec "$@"
"""


def output(*command, **options):
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def expanded():
    """The library with one family and all macros expanded."""
    with tempfile.TemporaryDirectory() as folder:
        wrapper = pathlib.Path(folder) / "wrapper"
        wrapper.write_text(WRAPPER)
        wrapper.chmod(0o755)
        return output(
            "cargo", "rustc", "--quiet", "--locked", "--lib", "--profile", "check", "--no-default-features",
            "--features", f"{FAMILY}-core", "--", "-Zunpretty=expanded", env=dict(os.environ, RUSTC_WRAPPER=str(wrapper)))


def inside(code, module):
    """The content of a module, found by its indentation."""
    lines = code.splitlines()
    start = next(at for at, line in enumerate(lines) if re.fullmatch(rf"\s+pub\(crate\) mod {module} {{", line))
    close = lines[start][: -len(lines[start].lstrip())] + "}"
    return "\n".join(lines[start + 1 : lines.index(close, start)])


def items(code):
    """The items of formatted code: each ends in the first line that closes it."""
    item = []
    for line in code.splitlines():
        item.append(line)
        if line and not line[0].isspace() and line[-1] in ";}" and not line.startswith("//"):
            yield "\n".join(item)
            item = []


def main():
    version = output("rustc", "--version").strip()
    known = FILE.read_text() if FILE.exists() else ""
    if "--check" in sys.argv and version not in known.partition("\n")[0]:
        print(f"skipped: {FILE.name} was expanded by another compiler than {version}")
        return
    code = output("rustfmt", "--edition", "2024", "--emit", "stdout", input=inside(expanded(), FAMILY))
    chosen = [item for item in items(code) if EVENT.search(item)]
    assert len(chosen) > 10, "the expansion has another form than this script knows"
    text = f"// Expanded by {version}. Never compiled; `just expanded` writes it.\n" + "\n".join(chosen) + "\n"
    if "--check" not in sys.argv:
        FILE.write_text(text)
    elif text != known:
        sys.exit(f"{FILE} is stale: run `just expanded`, and review the difference")


main()
