//! The [JSON Schema Test Suite] for draft-04, draft-06, draft-07, 2019-09 and
//! 2020-12, run through generated code.
//!
//! [JSON Schema Test Suite]: https://github.com/json-schema-org/JSON-Schema-Test-Suite

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(warnings)]

use migration_events_runtime::Event;
use migration_events_support::json;

/// The types of each schema.
pub mod schemas {
    include!(concat!(env!("OUT_DIR"), "/modules.rs"));
}

/// A schema of the suite and the instances that it is tried on.
#[derive(Debug)]
pub struct Group {
    /// The file, from the folder of the draft on.
    pub file: &'static str,
    /// Its description in the suite.
    pub description: &'static str,
    /// Decodes an instance and writes it back; the generator's error where it refused the schema.
    pub rewrite: Result<Rewrite, &'static str>,
    /// The instances.
    pub cases: &'static [Case],
}

/// An instance of the suite.
#[derive(Debug)]
pub struct Case {
    /// Its description in the suite.
    pub description: &'static str,
    /// The instance as JSON text.
    pub data: &'static str,
    /// True if the schema accepts it.
    pub valid: bool,
}

/// Decodes an instance and writes it back.
pub type Rewrite = fn(&str) -> Result<String, String>;

/// Every schema of the suite.
pub static GROUPS: &[Group] = include!(concat!(env!("OUT_DIR"), "/groups.rs"));

/// Decodes an instance, checks the value, and writes it back.
///
/// # Errors
/// The rejection as text.
pub fn rewrite<T: Event>(text: &str) -> Result<String, String> {
    let event = T::from_json(text.as_bytes()).map_err(|rejection| rejection.to_string())?;
    event.check().map_err(|rejection| format!("accepted, then {rejection}"))?;
    Ok(event.to_json())
}

impl Case {
    /// The mistake of generated code with the instance, if any.
    #[must_use]
    pub fn failure(&self, group: &Group) -> Option<String> {
        let rewrite = match group.rewrite {
            Ok(rewrite) => rewrite,
            Err(error) => return Some(format!("not generated: {error}")),
        };
        match (rewrite(self.data), self.valid) {
            (Ok(written), true) if same(&written, self.data) => None,
            (Ok(written), true) => Some(format!("comes back as {written}")),
            (Ok(_), false) => Some("accepted".to_owned()),
            (Err(rejection), true) => Some(rejection),
            (Err(rejection), false) => rejection.starts_with("accepted").then_some(rejection),
        }
    }
}

/// Returns whether two texts are the same JSON value, every digit of a number included; an integer and a constant come
/// back in a text of their own.
fn same(left: &str, right: &str) -> bool {
    json::parse(left).is_equivalent_to(&json::parse(right))
}
