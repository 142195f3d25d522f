//! What the generated code is called, stands on and carries.

use semver::Version;
use std::collections::BTreeMap;

/// What the generated code is called, what it stands on, and how it differs from what the contracts alone
/// would give.
///
/// ```
/// use migration_events_codegen::{Options, Source, generate};
///
/// let text = r#"{"type": "object", "properties": {"st": {"enum": ["ON", "OFF"]}}}"#;
/// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
/// let options = Options::new("acme")
///     .rename("St", "State")
///     .rename("Meter::st", "state")
///     .derive("State", "::my_crate::Metered")
///     .attribute("*", "#[non_exhaustive]");
/// let rust = generate(&[source], &options)?;
/// assert!(rust.contains("pub enum State"));
/// assert!(rust.contains("pub state: ::core::option::Option<State>"));
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
#[must_use]
pub struct Options {
    /// The family of contracts, as rejections name it.
    pub family: String,
    /// Path of the runtime as generated code must write it, `::migration_events_runtime` unless the
    /// dependency is renamed.
    pub runtime: String,
    pub(crate) overrides: Vec<Override>,
    pub(crate) crates: Crates,
}

/// A wish of the caller.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    pub(crate) selector: String,
    pub(crate) change: Change,
}

/// What is to become of what a selector means.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Rename(String),
    Derive(String),
    Attribute(String),
}

/// Which crates' types stand for the schemas that name them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Crates {
    pub(crate) known: BTreeMap<String, CrateVersion>,
    pub(crate) unknown: UnknownCrates,
}

/// Which version of a crate there is for the types that `x-rust-type` names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CrateVersion {
    /// This version: a type is used if the version requirement of its schema is met.
    Version(Version),
    /// Whatever version: types of the crate are used always.
    Any,
    /// None: types of the crate are generated always.
    Never,
}

impl std::str::FromStr for CrateVersion {
    type Err = semver::Error;

    /// `*` is any version, `!` none, anything else a version such as `1.2.0`.
    fn from_str(text: &str) -> Result<Self, semver::Error> {
        match text {
            "*" => Ok(Self::Any),
            "!" => Ok(Self::Never),
            version => version.parse().map(Self::Version),
        }
    }
}

/// What becomes of `x-rust-type` when it names a crate of which nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum UnknownCrates {
    /// The type is generated from its schema.
    #[default]
    Generate,
    /// The type of the crate is used, whatever its version.
    Allow,
    /// It is an error that names the crate and the version requirement.
    Deny,
}

impl Options {
    /// Options for a family, with the runtime under its own name.
    pub fn new(family: impl Into<String>) -> Self {
        Self {
            family: family.into(),
            runtime: "::migration_events_runtime".into(),
            overrides: Vec::new(),
            crates: Crates::default(),
        }
    }

    /// The path under which generated code finds the runtime, if the dependency is renamed:
    /// `::events` for `events = { package = "migration-events-runtime" }`.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// Gives a type, a field or a variant another name.
    ///
    /// `of` is what it would be called otherwise, as a path in the generated code:
    ///
    /// * a type: `Meter`, or `meter_moved::Meter` inside the module of a contract;
    /// * a field or a variant: `Meter::id`, `meter_moved::Meter::id`, `State::On`;
    /// * or the place of its schema: `meter_moved-1.json#/properties/meter`, and `#/properties/meter` where
    ///   only one contract has such a place. A place that is both a field and a type is the type.
    ///
    /// The new name is used as it is: a name that Rust does not allow there or that is taken is an
    /// error, and so is an `of` that means nothing. It wins over `x-rust-name` and its kin in a schema.
    pub fn rename(self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.with(of.into(), Change::Rename(name.into()))
    }

    /// Derives a further trait for a type, `*` for every type; the derive macro is written as the
    /// generated code must write it, `::schemars::JsonSchema`.
    ///
    /// `of` is a type as [`Options::rename`] takes it, under its final name. A trait that the type has
    /// anyway is left as it is, and a trait of the standard library that the type cannot have is an
    /// error — with `*`, it is derived where it can be.
    pub fn derive(self, of: impl Into<String>, path: impl Into<String>) -> Self {
        self.with(of.into(), Change::Derive(path.into()))
    }

    /// Puts attributes on a type, `*` for every type: `#[non_exhaustive]`.
    ///
    /// `of` is a type as [`Options::rename`] takes it, under its final name.
    pub fn attribute(self, of: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.with(of.into(), Change::Attribute(attribute.into()))
    }

    /// Says which version of a crate there is, so that its types stand for the schemas that name them
    /// by `x-rust-type`.
    ///
    /// Such a type implements `serde::Serialize`, `serde::de::DeserializeOwned`, `Debug`, `Clone` and
    /// `PartialEq`. A value is still checked against the schema before the type sees it.
    ///
    /// ```
    /// use migration_events_codegen::{Options, Source, generate};
    ///
    /// let text = r#"{"type": "object", "properties": {"net": {
    ///     "type": "string",
    ///     "x-rust-type": {"crate": "oxnet", "version": "0.1", "path": "oxnet::IpNet"}
    /// }}}"#;
    /// let source = Source { file: "route.json".into(), text: text.into(), patch: None };
    /// let options = Options::new("acme").with_crate("oxnet", "0.1.4".parse()?);
    /// assert!(generate(&[source], &options)?.contains("::oxnet::IpNet"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_crate(mut self, name: impl Into<String>, version: CrateVersion) -> Self {
        self.crates.known.insert(name.into(), version);
        self
    }

    /// Says what becomes of `x-rust-type` when it names a crate that [`Options::with_crate`] does not.
    pub fn unknown_crates(mut self, policy: UnknownCrates) -> Self {
        self.crates.unknown = policy;
        self
    }

    fn with(mut self, selector: String, change: Change) -> Self {
        self.overrides.push(Override { selector, change });
        self
    }
}
