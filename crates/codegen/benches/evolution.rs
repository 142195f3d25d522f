//! Benchmark of comparisons: two versions of contracts of growing size.
//!
//! `cargo bench -p migration-events-codegen --features evolution --bench evolution` prints a table, and fails if the
//! time grows much faster than the contracts. `-- --test` compares each kind once and measures nothing.

use migration_events_codegen::{Source, evolution};
use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Factor between the sizes.
const FACTOR: usize = 8;
/// Largest allowed factor between the times: places are looked up by walking along the members of objects, so that
/// large objects cost somewhat more than linear time. Quadratic time would result in 64.
const BAR: f64 = 24.0;

/// A contract of a size, with some variation.
type Contract = fn(usize, bool) -> String;

fn properties(size: usize, other: bool) -> String {
    let mut text = String::from(r#"{"type": "object", "properties": {"#);
    for index in 0..size {
        let ty = if other && index % 3 == 0 { "number" } else { "integer" };
        write!(text, r#""p{index}": {{"type": "{ty}"}}, "#).unwrap();
    }
    text + r#""last": true}}"#
}

fn chain(size: usize, other: bool) -> String {
    let mut text = String::from(
        r##"{"type": "object", "properties": {"a": {"$ref": "#/definitions/d0"}}, "definitions": {"##,
    );
    for index in 0..size {
        let next = index + 1;
        write!(text, r##""d{index}": {{"type": "object", "properties": {{"a": {{"$ref": "#/definitions/d{next}"}}}}}}, "##).unwrap();
    }
    text + &format!(r#""d{size}": {{"type": "{}"}}}}}}"#, if other { "number" } else { "integer" })
}

fn messages(size: usize, other: bool) -> String {
    let mut channels = String::new();
    let mut messages = String::new();
    for index in 0..size {
        let ty = if other { "number" } else { "integer" };
        let comma = if index == 0 { "" } else { ", " };
        write!(channels, r##"{comma}"c{index}": {{"address": "c{index}", "messages": {{"m{index}": {{"$ref": "#/components/messages/m{index}"}}}}}}"##).unwrap();
        write!(messages, r#"{comma}"m{index}": {{"payload": {{"type": "{ty}"}}}}"#).unwrap();
    }
    format!(
        r#"{{"asyncapi": "3.0.0", "info": {{"title": "t", "version": "1.0.0"}}, "channels": {{{channels}}}, "components": {{"messages": {{{messages}}}}}}}"#
    )
}

fn fields(size: usize, other: bool) -> String {
    let field = |index| {
        let ty = if other { "long" } else { "int" };
        format!(r#"{{"name": "f{index}", "type": "{ty}"}}"#)
    };
    let fields: Vec<String> = (0..size).map(field).collect();
    format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(","))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let is_test = has("--test") || !has("--bench");
    let kinds: [(&str, Contract, usize); 4] = [
        ("properties", properties, 100),
        ("references", chain, 25),
        ("messages", messages, 25),
        ("fields", fields, 100),
    ];
    let mut is_met = true;
    println!(
        "{:<12} {:>6} {:>10} {:>10} {:>8} {:>8}",
        "", "size", "ms", "ms × 8", "ratio", "at most"
    );
    for (name, contract, size) in kinds {
        if is_test {
            time(contract, 3);
            println!("{name}: ok");
            continue;
        }
        // The best run counts, since slower ones were disturbed.
        let best = |size| (0..3).map(|_| time(contract, size)).min().unwrap_or_default();
        let [small, large] = [best(size), best(FACTOR * size)].map(|best| best.as_secs_f64() * 1e3);
        let ratio = large / small;
        is_met &= ratio <= BAR;
        println!("{name:<12} {size:>6} {small:>10.2} {large:>10.2} {ratio:>8.1} {BAR:>8.1}");
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn time(contract: Contract, size: usize) -> Duration {
    let version = |name: &str, other: bool| Source {
        file: format!("{name}.json"),
        text: contract(size, other),
        patch: None,
    };
    let (old, new) = (version("old", false), version("new", true));
    let start = Instant::now();
    let evolution = evolution::compare(&old, &new).unwrap_or_else(|error| panic!("{error}"));
    let took = start.elapsed();
    assert!(!evolution.changes().is_empty());
    took
}
