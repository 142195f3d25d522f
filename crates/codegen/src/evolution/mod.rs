//! Comparison of two versions of a contract: the changes, whom each one breaks, and why.
//!
//! Both versions are in the same format: JSON Schema, Avro, AsyncAPI or OpenAPI. A change can break two groups:
//!
//! - **Readers** are consumers on the old version that receive data written with the new version. If
//!   none breaks, the change is *forward* compatible: writers may be upgraded first.
//! - **Writers** are producers on the old version whose data is read with the new version. If none
//!   breaks, the change is *backward* compatible: readers may be upgraded first.
//!
//! As a test in a service's repository:
//!
//! ```no_run
//! use migration_events_codegen::evolution::{self, Compatibility};
//!
//! // #[test]
//! fn version_2_reads_the_data_of_version_1() -> Result<(), Box<dyn std::error::Error>> {
//!     evolution::compare_files("schemas/meter_moved-1.json", "schemas/meter_moved-2.json")?
//!         .assert_compatible(Compatibility::Backward)?;
//!     Ok(())
//! }
//! ```
//!
//! # JSON Schema
//!
//! A change breaks writers if the new version may reject a value that the old one accepts, and readers in
//! the opposite case. Schemas are compared keyword by keyword, with references resolved, `allOf` merged and
//! `format` asserted ([`compare_with`] takes other options). Each version is read in its own dialect. Changes that
//! the comparison cannot decide are reported as such ([`Change::undecided`]) and count as breaking both groups:
//! "compatible" is always certain, "breaking" may be a guess. Annotations break nobody.
//!
//! These changes are not decided:
//!
//! - Two patterns or two divisors (`multipleOf`), different conditions of `if` and `contains`, and overlapping
//!   branches of a `oneOf`.
//! - A schema in which it depends on the value, or on a part of the schema, what `unevaluatedProperties` or
//!   `unevaluatedItems` apply to. Any change of its text counts.
//! - Schemas beyond a depth of 600, or 50,000 pairs of them.
//!
//! Keywords are not combined: `{"type": "integer", "minimum": 0, "maximum": 1}` and `{"enum": [0, 1]}` allow the same
//! values, which no single keyword shows, so that the change is reported as breaking.
//!
//! Integers are those of draft-06 and later in draft-04 as well: `1.0` is one, as in generated code.
//!
//! The comparison assumes that writers send no undeclared properties, even if their version allows them.
//! Otherwise declaring any new property would be a breaking change.
//! [`Evolution::assuming_undeclared_properties`] drops this assumption. Changes of `additionalProperties`
//! itself are always reported.
//!
//! # Avro
//!
//! The versions are resolved in both directions as in “Schema Resolution” of the Avro specification. A failure
//! with the new version as the reader's schema and the old one as the writer's breaks writers; a failure in
//! the opposite direction breaks readers. As the specification demands, names are compared without
//! namespaces, and aliases of the reader's schema count. A change is breaking if *some* datum cannot be
//! resolved, such as a symbol or a branch that the other version lacks. Logical types are compared more strictly
//! than the specification does: a change is also breaking if a value would change its meaning.
//!
//! A schema may refer to named types of other files: [`compare_with_references`] takes these, and [`compare_files`]
//! finds them beside the schema. Of protocols the types are compared by their names, and not the messages, which are
//! calls.
//!
//! # AsyncAPI
//!
//! Channels, operations and messages are compared, in 2.x and 3.x and across both. A channel is known by its address,
//! or by its key if it has none; a message by the name that its event has in generated code; an operation by its key,
//! or by its channel and its direction. Payloads and headers are compared as JSON Schema or Avro, the values of
//! parameters as JSON Schema.
//!
//! | change | breaks |
//! |---|---|
//! | message added to a channel or an operation of both versions | readers, who may receive it |
//! | message removed from one | writers |
//! | channel removed, its address changed; channel or direction of an operation changed | both |
//! | operation removed | writers if it receives messages, readers if it sends them |
//! | content type, language of a payload, place of the correlation id changed; payload added or removed | both |
//! | channel, operation, or message without a channel added; channel renamed but for its address | nobody |
//!
//! Servers, security, bindings, replies, and component schemas that no message uses are not compared.
//!
//! # OpenAPI
//!
//! The schemas of `components/schemas` are compared by their names, as JSON Schema. Paths are not read: a schema that
//! was removed is reported as breaking both groups.

mod asyncapi;
mod avro;
mod change;
mod json_schema;
mod openapi;
mod version;

pub use change::{Breaks, Change};

use crate::error::Error;
use crate::input::Input;
use crate::{Options, Reference, Source, config, stack};
use std::fmt;
use std::path::Path;
use version::{Format, Version};

/// The kind of compatibility required of a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compatibility {
    /// Readers on the new version read data of writers on the old one: upgrade readers first.
    Backward,
    /// Readers on the old version read data of writers on the new one: upgrade writers first.
    Forward,
    /// Both directions: upgrade in any order.
    Full,
}

impl Compatibility {
    fn is_broken_by(self, breaks: Breaks) -> bool {
        match self {
            Self::Backward => breaks.writers,
            Self::Forward => breaks.readers,
            Self::Full => breaks.writers || breaks.readers,
        }
    }
}

impl fmt::Display for Compatibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Backward => "backward compatible",
            Self::Forward => "forward compatible",
            Self::Full => "backward and forward compatible",
        })
    }
}

/// All changes between two versions of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Evolution {
    changes: Vec<Change>,
}

impl Evolution {
    /// Returns the changes in the order of the contracts, including compatible ones.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns the groups that the changes break in total.
    #[must_use]
    pub fn breaks(&self) -> Breaks {
        self.changes.iter().fold(Breaks::NONE, |all, change| all.or(change.breaks))
    }

    /// Assumes that writers also send undeclared properties where their version allows them. Declaring a
    /// property then breaks writers, and removing its declaration breaks readers.
    ///
    /// ```
    /// use migration_events_codegen::{Source, evolution};
    ///
    /// let old = Source { file: "a-1.json".into(), text: r#"{"type": "object"}"#.into(), patch: None };
    /// let text = r#"{"type": "object", "properties": {"note": {"type": "string"}}}"#;
    /// let new = Source { file: "a-2.json".into(), text: text.into(), patch: None };
    /// let evolution = evolution::compare(&old, &new)?;
    /// assert!(evolution.breaks().is_none());
    /// assert!(evolution.assuming_undeclared_properties().breaks().writers);
    /// # Ok::<(), migration_events_codegen::Error>(())
    /// ```
    pub fn assuming_undeclared_properties(mut self) -> Self {
        for change in &mut self.changes {
            if !change.undeclared.is_none() {
                change.breaks = change.breaks.or(change.undeclared);
                change.why = "the old version allows undeclared properties, so its writers may \
                              already use this name for something else"
                    .into();
                if change.undeclared.readers {
                    change.why =
                        "the new version allows undeclared properties, so its writers may \
                                  use this name for something else"
                            .into();
                }
            }
        }
        self
    }

    /// Checks that the new version is compatible. Meant to be called in a test.
    ///
    /// # Errors
    /// Returns every change that breaks the compatibility.
    ///
    /// ```
    /// use migration_events_codegen::{Source, evolution::{self, Compatibility}};
    ///
    /// let version = |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
    /// let old = version("meter-1.avsc", r#"{"type": "record", "name": "Meter", "fields": [
    ///     {"name": "msn", "type": "string"}]}"#);
    /// let new = version("meter-2.avsc", r#"{"type": "record", "name": "Meter", "fields": [
    ///     {"name": "msn", "type": "string"},
    ///     {"name": "fuel", "type": "string"}]}"#);
    /// let evolution = evolution::compare(&old, &new)?;
    /// assert!(evolution.assert_compatible(Compatibility::Forward).is_ok());
    /// let error = evolution.assert_compatible(Compatibility::Backward).unwrap_err();
    /// assert_eq!(error.changes()[0].what, "the field `fuel` was added without a default");
    /// # Ok::<(), migration_events_codegen::Error>(())
    /// ```
    pub fn assert_compatible(&self, compatibility: Compatibility) -> Result<(), Incompatible> {
        let broken = |change: &&Change| compatibility.is_broken_by(change.breaks);
        let changes: Vec<_> = self.changes.iter().filter(broken).cloned().collect();
        if changes.is_empty() { Ok(()) } else { Err(Incompatible { compatibility, changes }) }
    }
}

/// Shows all changes, separated by empty lines.
impl fmt::Display for Evolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return f.write_str("no change");
        }
        f.write_str(&list(&self.changes))
    }
}

/// An error that lists every change which breaks the required compatibility.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("the new version is not {compatibility}\n\n{}", list(.changes))]
pub struct Incompatible {
    compatibility: Compatibility,
    changes: Vec<Change>,
}

impl Incompatible {
    /// Returns the changes that break the compatibility.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}

/// Shows the same text as [`Display`](fmt::Display), because a failing test prints the `Debug` form.
impl fmt::Debug for Incompatible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn list(changes: &[Change]) -> String {
    let changes: Vec<_> = changes.iter().map(Change::to_string).collect();
    changes.join("\n\n")
}

/// Compares two versions of a contract, each with its deviations. Performs no I/O.
///
/// # Errors
/// Returns every problem that the generator would report in the schemas of either version. Also fails if the
/// versions are in different formats.
///
/// ```
/// use migration_events_codegen::{Source, evolution};
///
/// let version = |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
/// let old = version("fuel-1.json", r#"{"enum": ["GAS"]}"#);
/// let new = version("fuel-2.json", r#"{"enum": ["GAS", "POWER"]}"#);
/// let evolution = evolution::compare(&old, &new)?;
/// assert_eq!(evolution.changes()[0].what, "`enum` gained \"POWER\"");
/// assert!(evolution.breaks().readers && !evolution.breaks().writers);
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn compare(old: &Source, new: &Source) -> Result<Evolution, Error> {
    compare_with(old, new, &json_schema::options())
}

/// Compares two versions as [`compare`] does, with the dialects, formats and lints of these options. Without
/// them, formats are asserted, and of the lints only [`Lint::OtherDraft`](crate::Lint::OtherDraft) counts.
///
/// # Errors
/// See [`compare`].
///
/// ```
/// use migration_events_codegen::{Draft, Options, Source, evolution};
///
/// let text = r#"{"$schema": "https://acme.example/meta", "type": "string"}"#;
/// let version = Source { file: "fuel-1.json".into(), text: text.into(), patch: None };
/// assert!(evolution::compare(&version, &version).is_err());
/// let options = Options::new("acme").dialect("https://acme.example/meta", Draft::Draft07);
/// assert!(evolution::compare_with(&version, &version, &options)?.changes().is_empty());
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn compare_with(old: &Source, new: &Source, options: &Options) -> Result<Evolution, Error> {
    compare_with_references((old, &[]), (new, &[]), options)
}

/// Compares two versions as [`compare_with`] does, each with the documents that it refers to: the targets of
/// `$ref`, and the Avro schemas and protocols that define the named types of an Avro schema.
///
/// # Errors
/// See [`compare`].
///
/// ```
/// use migration_events_codegen::{Options, Reference, Source, evolution};
///
/// let text = r#"{"type": "object", "properties": {"fuel": {"$ref": "common.json#/definitions/fuel"}}}"#;
/// let moved = Source { file: "meter_moved.json".into(), text: text.into(), patch: None };
/// let common = |values: &str| {
///     let text = format!(r#"{{"definitions": {{"fuel": {{"enum": {values}}}}}}}"#);
///     [Reference { uri: "common.json".into(), text }]
/// };
/// let (old, new) = (common(r#"["GAS"]"#), common(r#"["GAS", "POWER"]"#));
/// let evolution = evolution::compare_with_references(
///     (&moved, &old),
///     (&moved, &new),
///     &Options::new("acme"),
/// )?;
/// assert_eq!(evolution.changes()[0].what, "`enum` gained \"POWER\"");
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn compare_with_references(
    old: (&Source, &[Reference]),
    new: (&Source, &[Reference]),
    options: &Options,
) -> Result<Evolution, Error> {
    compare_inputs((&Input::from(old.0), old.1), (&Input::from(new.0), new.1), options)
}

/// Compares two files with versions of a contract. Patch files beside them (`meter_moved-1.patch.json`)
/// are applied, and references to files in the same folder followed. The named types of an Avro schema are taken from
/// the `.avsc` and `.avpr` files in its folder: from the file of the same version if several define a type, or else
/// from the last one by name.
///
/// # Errors
/// Fails as [`compare`] does, or if a file cannot be read.
///
/// ```no_run
/// use migration_events_codegen::evolution;
///
/// let evolution = evolution::compare_files("schemas/meter-1.avsc", "schemas/meter-2.avsc")?;
/// println!("{evolution}");
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn compare_files(old: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Evolution, Error> {
    let mut problems = Vec::new();
    let mut read = |path: &Path| {
        let (input, more) = config::one(path);
        problems.extend(more);
        input
    };
    let (old_path, new_path) = (old.as_ref(), new.as_ref());
    match (read(old_path), read(new_path)) {
        (Some(old), Some(new)) if problems.is_empty() => {
            let others = [(old_path, &old), (new_path, &new)];
            let [of_old, of_new] = others.map(|(path, input)| config::referred(path, input));
            compare_inputs((&old, &of_old), (&new, &of_new), &json_schema::options())
        }
        _ => Err(problems.into()),
    }
}

fn compare_inputs(
    (old, of_old): (&Input, &[Reference]),
    (new, of_new): (&Input, &[Reference]),
    options: &Options,
) -> Result<Evolution, Error> {
    stack::with_room(|| compare_here((old, of_old), (new, of_new), options))
}

fn compare_here(
    (old, of_old): (&Input, &[Reference]),
    (new, of_new): (&Input, &[Reference]),
    options: &Options,
) -> Result<Evolution, Error> {
    let (old, new) = match (Version::read(old, of_old), Version::read(new, of_new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let problems = [old.err(), new.err()].into_iter().flatten().flatten();
            return Err(problems.collect::<Vec<_>>().into());
        }
    };
    let mut changes = match (old.format, new.format) {
        (Format::JsonSchema, Format::JsonSchema) => json_schema::compare(&old, &new, options)?,
        (Format::Avro, Format::Avro) => avro::compare(&old, &new)?,
        (Format::AsyncApi, Format::AsyncApi) => asyncapi::compare(&old, &new, options)?,
        (Format::OpenApi, Format::OpenApi) => openapi::compare(&old, &new, options)?,
        (of_old, of_new) => {
            let message = format!("cannot compare {} with {}", of_old.name(), of_new.name());
            let help = "compare versions in the same format";
            return Err(new.problem(&message, help).into());
        }
    };
    version::locate(&mut changes, &old, &new);
    Ok(Evolution { changes })
}
