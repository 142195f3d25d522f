//! The corpus of broken messages (`tests/broken`): each is rejected with exactly the violations
//! listed for it, at places that exist in the contract, and no value of it shows.
#![cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]

mod common;

use common::contracts::{self, Contract};
use common::json;
use migration_events::Rejection;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::cell::Cell;
use std::collections::BTreeMap;

/// See `tests/broken/README.md`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    payload: Option<Box<RawValue>>,
    text: Option<String>,
    pieces: Option<Vec<Piece>>,
    violations: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Once(String),
    Repeated { text: String, times: usize },
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Expected {
    pointer: String,
    kind: String,
}

impl Case {
    fn message(&self) -> String {
        match (&self.payload, &self.text, &self.pieces) {
            (Some(payload), None, None) => payload.get().to_owned(),
            (None, Some(text), None) => text.clone(),
            (None, None, Some(pieces)) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Once(text) => text.clone(),
                    Piece::Repeated { text, times } => text.repeat(*times),
                })
                .collect(),
            _ => panic!("{}: one of `payload`, `text` and `pieces`", self.name),
        }
    }
}

/// The contracts that have a corpus, each with its cases.
fn corpus() -> Vec<(Contract, Vec<Case>)> {
    let mut corpus = Vec::new();
    for contract in contracts::all() {
        let path = format!("tests/broken/{}.json", contract.name);
        // The payloads of four Specsavers events are not published, so no rule can be broken.
        if matches!(
            contract.name,
            "customer_updated" | "customer_wallet_updated" | "password_reset" | "otp_code"
        ) {
            continue;
        }
        let cases: Vec<Case> = serde_json::from_str(&contracts::read(&path)).unwrap();
        assert!(cases.len() >= 10, "{path}: {} cases", cases.len());
        corpus.push((contract, cases));
    }
    corpus
}

/// Calls `check` with every case and fails with all of its complaints.
fn for_each_rejection(check: impl Fn(&Contract, &Case, &str, &Rejection) -> Result<(), String>) {
    let mut complaints = Vec::new();
    for (contract, cases) in corpus() {
        for case in cases {
            let message = case.message();
            let result = match (contract.rewrite)(message.as_bytes()) {
                Ok(_) => Err("accepted".to_owned()),
                Err(rejection) => check(&contract, &case, &message, &rejection),
            };
            if let Err(complaint) = result {
                complaints.push(format!("{}/{}: {complaint}", contract.name, case.name));
            }
        }
    }
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_case_is_rejected_with_exactly_its_violations() {
    for_each_rejection(|_, case, _, rejection| {
        let mut found: Vec<_> = rejection
            .violations()
            .iter()
            .map(|violation| Expected {
                pointer: violation.instance_pointer().to_owned(),
                kind: violation.kind().name().to_owned(),
            })
            .collect();
        found.sort();
        let mut expected: Vec<_> = case.violations.iter().collect();
        expected.sort();
        if found.iter().eq(expected.iter().copied()) && rejection.omitted() == 0 {
            return Ok(());
        }
        Err(format!("\n  expected {expected:?}\n  found    {found:?}"))
    });
}

#[test]
fn names_of_cases_are_unique() {
    for (contract, cases) in corpus() {
        let mut names = BTreeMap::new();
        for case in &cases {
            *names.entry(case.name.as_str()).or_insert(0) += 1;
        }
        names.retain(|_, count| *count > 1);
        assert!(names.is_empty(), "{}: {names:?}", contract.name);
    }
}

/// The place of a violation in the contract can be looked up in the contract's own file.
#[test]
fn schema_pointers_resolve_in_the_contract() {
    let contracts: BTreeMap<_, _> =
        corpus().into_iter().map(|(it, _)| (it.name, patched(&it.file))).collect();
    for_each_rejection(|contract, _, _, rejection| {
        let document = &contracts[contract.name];
        for violation in rejection.violations() {
            let (pointer, kind) = (violation.schema_pointer(), violation.kind().name());
            // Text that is not JSON, is too deep or repeats a key does not break a keyword.
            let of_the_text = matches!(kind, "syntax" | "depth" | "duplicateKey");
            if of_the_text != pointer.is_empty() && !is_root_union(contract, kind) {
                return Err(format!("{kind} at schema pointer {pointer:?}"));
            }
            if document.pointer(pointer).is_none() {
                return Err(format!("{kind}: nothing at {pointer} of {}", contract.file));
            }
            // Avro has no keywords: the pointer is that of the schema that the value breaks.
            let keyword = match kind {
                "range" | "precision" => "type",
                other => other,
            };
            if contract.file.ends_with(".json")
                && !of_the_text
                && pointer.rsplit('/').next() != Some(keyword)
            {
                return Err(format!("{kind} at schema pointer {pointer:?}"));
            }
        }
        Ok(())
    });
}

/// The outermost schema of an Avro contract is the whole file.
fn is_root_union(contract: &Contract, kind: &str) -> bool {
    contract.file.ends_with(".avsc")
        && matches!(kind, "type" | "required" | "additionalProperties" | "union")
}

/// A contract with its deviations, which also are its annotations.
fn patched(file: &str) -> serde_json::Value {
    let mut document = serde_json::from_str(&contracts::file(file)).unwrap();
    let patch = format!("{}.patch.json", file.rsplit_once('.').unwrap().0);
    let path = format!("{}/schemas/{patch}", env!("CARGO_MANIFEST_DIR"));
    if std::fs::exists(path).unwrap() {
        let patch: json_patch::Patch = serde_json::from_str(&contracts::file(&patch)).unwrap();
        json_patch::patch(&mut document, &patch).unwrap();
    }
    document
}

/// Payloads hold personal data; an error ends up in logs.
#[test]
fn rejections_show_no_value_of_the_message() {
    let contracts: BTreeMap<_, _> =
        corpus().into_iter().map(|(it, _)| (it.name, contracts::file(&it.file))).collect();
    let looked_for = Cell::new(0);
    for_each_rejection(|contract, _, message, rejection| {
        let (keys, values) = strings(message);
        let machine = serde_json::to_string(rejection).unwrap();
        let shown = format!("{rejection}\n{rejection:?}\n{machine}");
        let debugged: Vec<_> =
            rejection.violations().iter().map(|violation| format!("{violation:#?}")).collect();
        for value in values {
            // A word of the contract, or the name of a property, is not a value.
            let known = names(&contracts[contract.name], &value)
                || keys.iter().any(|key| key.contains(&value));
            if value.chars().filter(|letter| letter.is_alphanumeric()).count() < 4 || known {
                continue;
            }
            looked_for.set(looked_for.get() + 1);
            if shown.contains(&value) || debugged.iter().any(|text| text.contains(&value)) {
                return Err(format!("shows {value:?}: {shown}"));
            }
        }
        Ok(())
    });
    // Some values of every case, on average: the others are words of the contract, or short.
    let cases: usize = corpus().iter().map(|(_, cases)| cases.len()).sum();
    assert!(looked_for.get() > 2 * cases, "{} values of {cases} cases", looked_for.get());
}

/// Returns whether a text is in a contract, full names of Avro included.
fn names(contract: &str, text: &str) -> bool {
    let parts = text.rsplit_once('.');
    contract.contains(text)
        || parts.is_some_and(|(space, name)| contract.contains(space) && contract.contains(name))
}

/// Keys and string values of a text, however broken it is.
fn strings(message: &str) -> (Vec<String>, Vec<String>) {
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    let mut rest = message;
    while let Some(start) = rest.find('"') {
        let mut escaped = false;
        let end = rest[start + 1..].find(|character| {
            let end = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            end
        });
        let Some(end) = end.map(|end| start + 1 + end) else {
            values.push(rest[start + 1..].to_owned());
            break;
        };
        let raw = &rest[start + 1..end];
        let text = match json::try_parse(&format!("\"{raw}\"")) {
            Ok(json::Json::String(text)) => text,
            _ => raw.to_owned(),
        };
        rest = &rest[end + 1..];
        let of = if rest.trim_start().starts_with(':') { &mut keys } else { &mut values };
        of.push(text);
    }
    (keys, values)
}

/// The words of a contract are values when a message holds them: the corpus alone would not show
/// a leak of it, so each place of each sample gets a text that stands nowhere else.
#[test]
fn no_value_shows_wherever_it_stands() {
    const SECRET: &str = "Xantippe-4711";
    for contract in contracts::all() {
        let secret = json::quoted(SECRET);
        let mut rejections = 0;
        for (pointer, _) in contract.sample.places() {
            for value in [secret.clone(), format!("[{secret}]"), format!(r#"{{"x":{secret}}}"#)] {
                let message = contract.sample.with(&pointer, &value);
                for message in [&*message, &message[..message.len() - 1]] {
                    let Err(rejection) = (contract.rewrite)(message.as_bytes()) else { continue };
                    rejections += 1;
                    let machine = serde_json::to_string(&rejection).unwrap();
                    let shown = format!("{rejection} {rejection:?} {rejection:#?} {machine}");
                    assert!(!shown.contains("Xantippe"), "{} {pointer}: {shown}", contract.name);
                }
            }
        }
        // At every place, at least the three messages that are cut off.
        assert!(rejections > 3 * contract.sample.places().len(), "{}: {rejections}", contract.name);
    }
}
