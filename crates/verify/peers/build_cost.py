"""What a service pays for its contracts when it builds: CPU seconds (user and system) of a development build,
crates, generated lines, and the size of an optimised program that decodes one sample. Writes
`benches/build_cost.json`.

Each consumer is built from clean, in a folder and a target folder of its own, as often as the argument says
(3), in turns; the median of the ratios counts. CPU seconds hold where wall clocks do not. Without incremental compilation,
which Cargo does not use for dependencies from a registry. Sources of dependencies must have been downloaded:
nothing is fetched while time is taken.
"""

import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
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
    "the dependencies of this crate, structs by hand": (RUNTIME, "", BY_HAND, None),
    "this crate, `pismo-core`": (
        OUR_CRATE + ', default-features = false, features = ["pismo-core"] }', "", OURS, None),
    "this crate, all families": (OUR_CRATE + " }", "", OURS, None),
    "typify, the Pismo contracts": (
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
    environment = dict(os.environ, CARGO_TARGET_DIR=str(folder / "target"), CARGO_PROFILE_DEV_DEBUG="0",
                       CARGO_INCREMENTAL="0")
    command = ["cargo", *arguments, "--offline", "--quiet", "--manifest-path", str(folder / "Cargo.toml")]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def written(folder, dependencies, build_dependencies, main, build):
    """The consumer, written into a folder; how many crates it is made of."""
    (folder / "src").mkdir(parents=True)
    (folder / "src/main.rs").write_text(main)
    if build:
        (folder / "build.rs").write_text(build)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "consumer"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n'
        f"[dependencies]\n{dependencies}\n[build-dependencies]\n{build_dependencies}\n")
    # The versions that the comparison is made with, where it has them.
    shutil.copy(ROOT / "crates/verify/peers/Cargo.lock", folder / "Cargo.lock")
    tree = cargo(folder, "tree", "--edges", "normal,build", "--prefix", "none")
    return len({line.removesuffix(" (*)").split(" (")[0] for line in tree.splitlines() if line}) - 1


def built(folder, *options):
    """CPU seconds of a clean build."""
    shutil.rmtree(folder / "target", ignore_errors=True)
    before = cpu()
    cargo(folder, "build", *options)
    return cpu() - before


def generated(folder):
    out = (folder / "target").glob("debug/build/*/out/**/*.rs")
    own = [path for path in out if path.parts[-3].startswith(("consumer-", "migration-events-"))]
    return sum(len(path.read_text().splitlines()) for path in own)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory(prefix="build-cost-") as scratch:
        folders = {name: pathlib.Path(scratch) / str(index) for index, name in enumerate(CONSUMERS)}
        crates = {name: written(folder, *CONSUMERS[name]) for name, folder in folders.items()}
        seconds = {name: [] for name in folders}
        for _ in range(rounds):
            for name, folder in folders.items():
                seconds[name].append(built(folder))
        lines = {name: generated(folder) for name, folder in folders.items()}
        sizes = {}
        for name, folder in folders.items():
            built(folder, "--release")
            sizes[name] = (folder / "target/release/consumer").stat().st_size
    first = next(iter(CONSUMERS))
    report = []
    for name in CONSUMERS:
        # The ratio within each round: what else the machine did then fell on both sides.
        ratio = statistics.median(a / b for a, b in zip(seconds[name], seconds[first]))
        print(f"{name}: {statistics.median(seconds[name]):.1f} CPU seconds, {ratio:.2f} of the first, "
              f"{crates[name]} crates, {lines[name]:,} generated lines, program of {sizes[name]:,} bytes")
        report.append({"name": name, "cpu": round(ratio, 2), "crates": crates[name], "lines": lines[name],
                       "size": round(sizes[name] / sizes[first], 2)})
    text = ",\n".join("  " + json.dumps(line) for line in report)
    (ROOT / "benches/build_cost.json").write_text(f"[\n{text}\n]\n")


main()
