//! Benchmark of linearity: generates code for 10, 100 and 1,000 copies of a contract under different
//! names.
//!
//! `cargo bench -p migration-events-codegen --bench linear` prints a table. It fails if a contract costs too
//! much among many contracts, compared with one among few. `-- --test` runs every case once with few copies
//! and measures nothing.

use migration_events_codegen::{Options, Source, generate};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Numbers of copies, ascending.
const COPIES: [usize; 3] = [10, 100, 1_000];
/// Largest allowed cost of one contract, relative to its cost among a tenth as many contracts. Quadratic
/// time would result in 10.
const BAR: f64 = 2.0;
/// Approximate number of contracts that are generated for each line, in at least two runs. The best run
/// counts, since slower ones were disturbed.
const BUDGET: usize = 200;

/// A contract with every kind of shape in each language. `NAME` is replaced in each copy.
const CONTRACTS: [(&str, &str, &str); 3] = [
    (
        "JSON Schema",
        ".json",
        r##"{
            "type": "object",
            "required": ["migration", "status"],
            "properties": {
                "migration": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {"id": {"type": "string"}, "of": {"type": "string", "format": "date-time"}},
                    "additionalProperties": false
                },
                "status": {"enum": ["SUCCESS", "FAIL"]},
                "kind": {"enum": ["NAME", "OTHER"]},
                "entity": {"$ref": "#/definitions/entity"},
                "notes": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}
            },
            "definitions": {
                "entity": {"type": "object", "properties": {"code": {"type": "string", "maxLength": 8}}}
            }
        }"##,
    ),
    (
        "Avro",
        ".avsc",
        r#"{"type": "record", "name": "NAME", "namespace": "acme", "fields": [
            {"name": "status", "type": {"type": "enum", "name": "NAMEStatus", "symbols": ["SUCCESS", "FAIL"]}},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "what", "type": ["null", "string", {"type": "record", "name": "NAMEPart", "fields": [
                {"name": "code", "type": "bytes"}
            ]}]}
        ]}"#,
    ),
    (
        "AsyncAPI",
        ".json",
        r#"{
            "asyncapi": "3.0.0",
            "info": {"title": "NAME", "version": "1.0.0"},
            "channels": {"NAME": {"address": "NAME/{env}", "parameters": {"env": {"enum": ["dev", "prod"]}}, "messages": {
                "NAME": {"payload": {"type": "object", "properties": {"id": {"type": "string"}, "env": {"enum": ["dev", "prod"]}}}}
            }}}
        }"#,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    // Cargo passes `--bench` to measure, but not to test.
    if has("--test") || !has("--bench") {
        for (language, end, text) in CONTRACTS {
            let _ = time(&copies(end, text, 3));
            println!("{language}: ok");
        }
        return ExitCode::SUCCESS;
    }
    println!(
        "{:<12} {:>9} {:>10} {:>14} {:>8} {:>8}",
        "", "contracts", "ms", "µs / contract", "ratio", "at most"
    );
    let mut is_met = true;
    for (language, end, text) in CONTRACTS {
        let mut before: Option<f64> = None;
        for count in COPIES {
            let sources = copies(end, text, count);
            let runs = (BUDGET / count).max(2);
            let best = (0..runs).map(|_| time(&sources)).min().unwrap_or_default();
            let each = best.as_secs_f64() * 1e6 / count as f64;
            let (ratio, bar) = match before {
                Some(before) => (format!("{:.2}", each / before), format!("{BAR:.2}")),
                None => Default::default(),
            };
            is_met &= before.is_none_or(|before| each / before <= BAR);
            let ms = best.as_secs_f64() * 1e3;
            println!("{language:<12} {count:>9} {ms:>10.1} {each:>14.0} {ratio:>8} {bar:>8}");
            before = Some(each);
        }
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Returns copies of a contract, each with a unique name.
fn copies(end: &str, text: &str, count: usize) -> Vec<Source> {
    let source = |index: usize| {
        let name = format!("Meter{index}");
        Source { file: format!("{name}{end}"), text: text.replace("NAME", &name), patch: None }
    };
    (0..count).map(source).collect()
}

fn time(sources: &[Source]) -> Duration {
    let start = Instant::now();
    let rust = generate(sources, &Options::new("acme")).unwrap_or_else(|error| panic!("{error}"));
    let took = start.elapsed();
    assert!(!rust.is_empty());
    took
}
