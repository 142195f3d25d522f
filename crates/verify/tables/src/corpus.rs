//! The sizes of the corpus of broken messages, which lines of a table name.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Result, parse, peers};

#[derive(Deserialize)]
struct Case {
    violations: Vec<Violation>,
}

#[derive(Deserialize)]
struct Violation {
    kind: String,
}

/// Kinds that are limits of this crate, or have lines of their own; not counted for JSON contracts.
const NOT_OF_THE_CONTRACT: [&str; 4] = ["depth", "duplicateKey", "precision", "range"];
const AVRO: &str = "account_migration_event";

/// By contract, the broken messages and violations that `benches/peers.json` names.
///
/// # Errors
/// The file cannot be read or names no corpus.
pub fn claimed() -> Result<BTreeMap<String, (usize, usize)>> {
    let mut found = BTreeMap::new();
    for line in peers::named("json")?.lines {
        let Some((messages, contract)) = line[0].split_once(" broken messages of ") else {
            continue;
        };
        let violations = line[1].split_once(" of ").and_then(|(_, rest)| rest.split_once(' '));
        let (violations, _) = violations.ok_or_else(|| format!("{}: {}", line[0], line[1]))?;
        let counts = (messages.parse()?, violations.parse()?);
        found.insert(contract.trim_matches('`').to_owned(), counts);
    }
    if found.is_empty() { Err("benches/peers.json names no corpus".into()) } else { Ok(found) }
}

/// The broken messages and violations in the corpus of a contract.
///
/// # Errors
/// The corpus cannot be read.
pub fn counted(contract: &str) -> Result<(usize, usize)> {
    let mut cases: Vec<Case> = parse(&format!("tests/broken/{contract}.json"))?;
    let is_ours = |it: &Violation| NOT_OF_THE_CONTRACT.contains(&it.kind.as_str());
    cases.retain(|case| contract == AVRO || !case.violations.iter().any(is_ours));
    Ok((cases.len(), cases.iter().map(|case| case.violations.len()).sum()))
}
