//! A contract, its generated type, and the messages written for it by hand.

use crate::oracle::{self, Oracle, Violations};
use events::{Event, Rejection};
use migration_events_support::json;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::fs;
use std::path::Path;

pub(crate) struct Contract {
    /// The contract with its deviations.
    pub(crate) schema: Value,
    pub(crate) valid: Vec<String>,
    pub(crate) invalid: Vec<String>,
    /// Decodes a message and writes it back.
    pub(crate) rewrite: fn(&str) -> Result<String, Rejection>,
    rewrite_strictly: fn(&str) -> Result<String, Rejection>,
    rewrite_by_serde: fn(&str) -> serde_json::Result<String>,
    oracle: Oracle,
    published: Oracle,
}

#[derive(Deserialize)]
struct Instances {
    valid: Vec<Box<RawValue>>,
    invalid: Vec<Box<RawValue>>,
}

impl Contract {
    pub(crate) fn of<T>(name: &str) -> Self
    where
        T: Event + serde::Serialize + for<'de> Deserialize<'de>,
    {
        let published: Value = read(&format!("schemas/json/{name}.json"));
        let mut schema = published.clone();
        let patch = format!("schemas/json/{name}.patch.json");
        if root().join(&patch).exists() {
            let patch: json_patch::Patch = read(&patch);
            json_patch::patch(&mut schema, &patch).expect("the deviations apply");
        }
        let instances: Instances = read(&format!("tests/json_schema/instances/{name}.json"));
        let texts =
            |list: Vec<Box<RawValue>>| list.iter().map(|raw| raw.get().to_owned()).collect();
        Self {
            oracle: Oracle::new(&schema),
            published: Oracle::new(&published),
            schema,
            valid: texts(instances.valid),
            invalid: texts(instances.invalid),
            rewrite: |text| T::from_json(text.as_bytes()).map(|event| event.to_json()),
            rewrite_strictly: |text| {
                T::from_json_strict(text.as_bytes()).map(|event| event.to_json())
            },
            rewrite_by_serde: |text| serde_json::to_string(&serde_json::from_str::<T>(text)?),
        }
    }

    /// Reads a message in every way; what differs from what the oracle says, if anything does.
    pub(crate) fn check(&self, message: &str) -> Result<(), String> {
        let ours = (self.rewrite)(message);
        agree("the contract", message, &ours, &self.oracle)?;
        let strictly = (self.rewrite_strictly)(message);
        agree("the contract as published", message, &strictly, &self.published)?;
        let by_serde = (self.rewrite_by_serde)(message);
        if by_serde.is_ok() != ours.is_ok() {
            return Err(format!("{message}\n  {ours:?}\n  serde: {by_serde:?}"));
        }
        let Ok(written) = ours else { return Ok(()) };
        if by_serde.is_ok_and(|by_serde| by_serde != written) {
            return Err(format!("{message}\n  serde writes something else"));
        }
        if !json::parse(message).is_equivalent_to(&json::parse(&written)) {
            return Err(format!("{message}\n  comes back as {written}"));
        }
        match (self.rewrite)(&written) {
            Ok(again) if again == written => Ok(()),
            other => Err(format!("{written}\n  comes back as {other:?}")),
        }
    }
}

fn agree(
    what: &str,
    message: &str,
    ours: &Result<String, Rejection>,
    oracle: &Oracle,
) -> Result<(), String> {
    let theirs = oracle.verdict(message);
    // A rejection says why: with what the oracle knows, or with what is beyond it.
    let (ours, says_why) = match ours {
        Ok(_) => (Violations::new(), true),
        Err(rejection) => {
            let (known, beyond) = oracle::ours(rejection);
            let says_why = beyond || !known.is_empty();
            (known, says_why)
        }
    };
    let surplus = theirs.surplus(&ours);
    let missing: Violations = theirs.violations.difference(&ours).cloned().collect();
    if surplus.is_empty() && missing.is_empty() && says_why {
        return Ok(());
    }
    let list = |violations: &Violations| -> Vec<String> {
        violations.iter().map(|(place, keyword)| format!("{place:?} {keyword}")).collect()
    };
    Err(format!(
        "{message}\n  against {what}\n  only the generated code: {:?}\n  only the oracle: {:?}",
        list(&surplus),
        list(&missing),
    ))
}

/// Fails if there is a contract or a file of messages that no test reads.
pub(crate) fn assert_files_are(names: &[&str]) {
    for folder in ["schemas/json", "tests/json_schema/instances"] {
        let mut files: Vec<String> = fs::read_dir(root().join(folder))
            .expect("the folder can be read")
            .map(|entry| entry.expect("the folder can be read").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !name.ends_with(".patch.json"))
            .collect();
        files.sort();
        let expected: Vec<String> = names.iter().map(|name| format!("{name}.json")).collect();
        assert_eq!(files, expected, "{folder}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read<T: for<'de> Deserialize<'de>>(path: &str) -> T {
    let text =
        fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}
