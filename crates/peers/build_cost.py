"""What a service pays for its contracts when it builds: CPU seconds (user and system), crates, generated
lines and, with --release, the size of a program that decodes one sample.

Each consumer is built from clean, in a folder and a target folder of its own, as often as `--rounds` says
(3), in turns; the median counts. CPU seconds hold where wall clocks do not. Without incremental compilation,
which Cargo does not use for dependencies from a registry. Sources of dependencies must have been downloaded:
nothing is fetched while time is taken.
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "schemas/pismo/samples/accrual_incoming-1.json"
RUNTIME = """
chrono = { version = "0.4.45", default-features = false, features = ["std", "serde"] }
indexmap = { version = "2", default-features = false, features = ["std"] }
rust_decimal = { version = "1.43", default-features = false, features = ["std"] }
serde = { version = "1.0.229", features = ["alloc", "derive"] }
serde_json = { version = "1.0.154", features = ["alloc", "raw_value"] }
thiserror = "2.0.21"
uuid = { version = "1.29", default-features = false, features = ["std"] }
"""
BY_HAND = f"""
#[allow(dead_code)]
#[path = "{ROOT}/benches/peer/pismo.rs"]
mod pismo;
fn main() {{
    let read: Result<pismo::AccrualIncoming, _> = serde_json::from_slice(include_bytes!("{SAMPLE}"));
    println!("{{}}", serde_json::to_string(&read.unwrap()).unwrap().len());
}}
"""
OURS = f"""
use migration_events::{{Event, pismo}};
fn main() {{
    let read = pismo::AccrualIncoming::from_json(include_bytes!("{SAMPLE}"));
    println!("{{}}", read.unwrap().to_json().len());
}}
"""
TYPIFY_BUILD = f"""
use typify::{{TypeSpace, TypeSpaceSettings}};
fn main() {{
    let out = std::path::PathBuf::from(std::env::var("OUT_DIR").unwrap());
    for name in ["accrual_incoming", "customer_incoming", "customer_outgoing", "recurring_charge_plan_incoming"] {{
        let text = std::fs::read_to_string(format!("{ROOT}/schemas/pismo/{{name}}-1.json")).unwrap();
        let mut space = TypeSpace::new(&TypeSpaceSettings::default());
        let root = space.add_root_schema(serde_json::from_str(&text).unwrap()).unwrap().unwrap();
        let root = space.get_type(&root).unwrap().name();
        let code = prettyplease::unparse(&syn::parse2(space.to_stream()).unwrap());
        std::fs::write(out.join(format!("{{name}}.rs")), format!("{{code}}\\npub type Root = {{root}};\\n")).unwrap();
    }}
}}
"""
TYPIFY = f"""
macro_rules! contract {{
    ($($name:ident)*) => {{$(#[allow(dead_code)] mod $name {{
        include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
    }})*}};
}}
contract! {{ accrual_incoming customer_incoming customer_outgoing recurring_charge_plan_incoming }}
fn main() {{
    let read: Result<accrual_incoming::Root, _> = serde_json::from_slice(include_bytes!("{SAMPLE}"));
    println!("{{}}", serde_json::to_string(&read.unwrap()).unwrap().len());
}}
"""
OUR_CRATE = f'migration-events = {{ path = "{ROOT}"'
CONSUMERS = {
    "its dependencies, structs by hand": (RUNTIME, "", BY_HAND, None),
    "this crate, `pismo` alone": (
        OUR_CRATE + ', default-features = false, features = ["pismo"] }', "", OURS, None),
    "this crate": (OUR_CRATE + " }", "", OURS, None),
    "typify, Pismo": (
        """
chrono = { version = "0.4.45", default-features = false, features = ["std", "serde"] }
regress = "0.10"
serde = { version = "1.0.229", features = ["derive"] }
serde_json = "1.0.154"
uuid = { version = "1.29", features = ["serde"] }
""",
        'prettyplease = "0.2"\nserde_json = "1.0.154"\nsyn = { version = "2", features = ["full"] }\ntypify = "0.8.0"\n',
        TYPIFY, TYPIFY_BUILD),
}


def cargo(folder, *arguments):
    environment = dict(os.environ, CARGO_TARGET_DIR=str(folder / "target"), CARGO_PROFILE_DEV_DEBUG="0")
    command = ["cargo", *arguments, "--offline", "--quiet", "--manifest-path", str(folder / "Cargo.toml")]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(dependencies, build_dependencies, main, build, release):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="build-cost-"))
    try:
        (folder / "src").mkdir()
        (folder / "src/main.rs").write_text(main)
        if build:
            (folder / "build.rs").write_text(build)
        (folder / "Cargo.toml").write_text(
            '[package]\nname = "consumer"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n'
            f"[dependencies]\n{dependencies}\n[build-dependencies]\n{build_dependencies}\n")
        # The versions that the comparison is made with, where it has them.
        shutil.copy(ROOT / "crates/peers/Cargo.lock", folder / "Cargo.lock")
        tree = cargo(folder, "tree", "--edges", "normal,build", "--prefix", "none")
        crates = len({line.removesuffix(" (*)").split(" (")[0] for line in tree.splitlines() if line}) - 1
        before = cpu()
        cargo(folder, "build", *(["--release"] if release else []))
        seconds = cpu() - before
        out = (folder / "target").glob("*/build/*/out/**/*.rs")
        own = [path for path in out if path.parts[-3].startswith(("consumer-", "migration-events-"))]
        lines = sum(len(path.read_text().splitlines()) for path in own)
        size = (folder / "target" / ("release" if release else "debug") / "consumer").stat().st_size
        return seconds, crates, lines, size
    finally:
        shutil.rmtree(folder)


def main():
    release = "--release" in sys.argv
    size_of = " | size of the program" if release else ""
    print(f"| | CPU seconds | against the first | crates | generated lines{size_of} |")
    print("|---|---:|---:|---:|---:" + ("|---:" if release else "") + "|")
    first = None
    for name, consumer in CONSUMERS.items():
        seconds, crates, lines, size = measure(*consumer, release)
        first = first or seconds
        more = f" | {size:,}" if release else ""
        print(f"| {name} | {seconds:.1f} | {seconds / first:.2f} | {crates} | {lines}{more} |", flush=True)


main()
