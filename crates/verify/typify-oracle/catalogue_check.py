"""What rustc takes for generated types: CPU seconds (user and system) of `cargo check` for the types of a made-up
catalogue, 200 contracts with 50 shared definitions, beside those that typify generates from it.

Both outputs are checked in turns, as often as the argument says (5), with their dependencies checked before; the
median of the ratios counts. CPU seconds hold where wall clocks do not.
"""

import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
DEPENDENCIES = {
    "ours": f'migration-events-runtime = {{ path = "{ROOT}/crates/runtime" }}\n',
    "theirs": """
chrono = { version = "0.4.45", default-features = false, features = ["std", "serde"] }
regress = "0.12"
serde = { version = "1.0.229", features = ["derive"] }
serde_json = "1.0.154"
uuid = { version = "1.29", default-features = false, features = ["std", "serde"] }
""",
}


def cargo(folder, *arguments):
    environment = dict(os.environ, CARGO_TARGET_DIR=str(folder / "target"), CARGO_PROFILE_DEV_DEBUG="0",
                       CARGO_INCREMENTAL="0")
    command = ["cargo", *arguments, "--offline", "--quiet", "--manifest-path", str(folder / "Cargo.toml")]
    subprocess.run(command, env=environment, check=True)


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def written(folder, name, code):
    """The crate of generated types, with its dependencies checked. Its edition is that of this workspace."""
    (folder / "src").mkdir(parents=True)
    (folder / "src/lib.rs").write_text("")
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "catalogue"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n'
        f"[dependencies]\n{DEPENDENCIES[name]}\n")
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    cargo(folder, "check")
    (folder / "src/lib.rs").write_text(code)


def checked(folder):
    """CPU seconds of a check of the generated types alone."""
    os.utime(folder / "src/lib.rs")
    before = cpu()
    cargo(folder, "check")
    return cpu() - before


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(prefix="catalogue-") as scratch:
        scratch = pathlib.Path(scratch)
        test = ["cargo", "test", "--quiet", "--package", "migration-events-typify-oracle", "--test", "catalogue",
                "shared_definitions"]
        environment = dict(os.environ, CATALOGUE=str(scratch))
        subprocess.run(test, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        for name in DEPENDENCIES:
            written(scratch / name, name, (scratch / f"{name}.rs").read_text())
        seconds = {name: [] for name in DEPENDENCIES}
        for _ in range(rounds):
            for name in DEPENDENCIES:
                seconds[name].append(checked(scratch / name))
        if keep := os.environ.get("CATALOGUE"):
            shutil.copytree(scratch, keep, dirs_exist_ok=True)
    ratio = statistics.median(own / other for own, other in zip(seconds["ours"], seconds["theirs"]))
    own, other = (statistics.median(seconds[name]) for name in DEPENDENCIES)
    print(f"{own:.2f} CPU seconds, typify {other:.2f}; median of the ratios {ratio:.2f}")
    sys.exit(ratio > 1)


main()
