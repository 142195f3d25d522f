//! JSON Schema support of the generators beyond the contracts: the schemas in `breadth/`, each
//! with a message that it accepts and one that it does not.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::codec::Rewrite;
use crate::generated;
use crate::json::{parse, try_parse};
use crate::peers;

#[derive(Deserialize)]
struct Probe<'a> {
    #[serde(borrow)]
    schema: &'a RawValue,
    #[serde(borrow)]
    valid: &'a RawValue,
    #[serde(borrow)]
    invalid: &'a RawValue,
}

/// Headings of the cells.
pub(crate) const HEADINGS: [&str; 3] = ["this crate", "typify", "`Value` + jsonschema"];

/// Name of each schema, and what becomes of it.
pub(crate) fn rows() -> Vec<(String, [String; 3])> {
    generated::BREADTH
        .iter()
        .map(|(name, text)| {
            let probe: Probe<'_> = serde_json::from_str(text).expect("a probe");
            (heading(name, &probe), row(name, &probe))
        })
        .collect()
}

/// Peers that know one dialect are not to be blamed for others.
fn heading(name: &str, probe: &Probe<'_>) -> String {
    let schema = serde_json::from_str(probe.schema.get()).expect("a schema");
    match (name.replace('_', " "), peers::dialect(&schema).1) {
        (name, "draft-07") => name,
        (name, dialect) => format!("{name} ({dialect})"),
    }
}

fn row(name: &str, probe: &Probe<'_>) -> [String; 3] {
    let cell = |group| match generated::codec(group, name) {
        Ok(rewrite) => judged(probe, rewrite).to_owned(),
        Err(_) => "refused by the generator".to_owned(),
    };
    [cell("breadth_ours"), cell("breadth_typify"), validated(probe).to_owned()]
}

fn judged(probe: &Probe<'_>, rewrite: Rewrite) -> &'static str {
    let valid = match rewrite(probe.valid.get()) {
        Err(_) => return "rejects what is valid",
        Ok(written) => try_parse(&written).is_ok_and(|it| it == parse(probe.valid.get())),
    };
    match (valid, rewrite(probe.invalid.get()).is_err()) {
        (true, true) => "**checked**",
        (false, true) => "checked, loses data",
        (true, false) => "not checked",
        (false, false) => "not checked, loses data",
    }
}

fn validated(probe: &Probe<'_>) -> &'static str {
    let validator = peers::compiled(probe.schema.get());
    let is_valid = |message: &RawValue| {
        let value = serde_json::from_str(message.get()).expect("JSON");
        peers::complaints(&validator, &value).is_ok()
    };
    match (is_valid(probe.valid), is_valid(probe.invalid)) {
        (true, false) => "**checked**",
        (true, true) => "not checked",
        (false, _) => "rejects what is valid",
    }
}
