//! Options of the generator: names, derives, attributes, types of other crates, dialects and lints.

mod dialects;
mod lints;
mod numbers;

pub(crate) use dialects::{DialectChoices, without_empty_fragment};
pub use dialects::{Draft, Formats};
pub(crate) use lints::Lints;
pub use lints::{Lint, Severity};
pub use numbers::Numbers;
pub(crate) use numbers::{Extent, NumberChoice, NumberChoices};

use semver::Version;
use std::collections::BTreeMap;

/// Options of the generator: the name of the family, the path of the runtime, and changes to the code
/// that the contracts alone would produce.
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
/// assert!(rust.contains("pub state: Option<State>"));
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
#[must_use]
pub struct Options {
    /// The name of the family, as it appears in rejections.
    pub family: String,
    /// Path of the runtime in generated code: `::migration_events_runtime` unless the dependency is
    /// renamed.
    pub runtime: String,
    pub(crate) overrides: Vec<Override>,
    pub(crate) crates: Crates,
    pub(crate) avro_comments: bool,
    /// The places and types at which enums and unions are open.
    pub(crate) open: Vec<String>,
    pub(crate) numbers: NumberChoices,
    pub(crate) mark_deprecated: bool,
    /// The places and types at which schemas without `type` are schemas of objects.
    pub(crate) objects: Vec<String>,
    pub(crate) dialects: DialectChoices,
    pub(crate) lints: Lints,
}

/// A change to the types that a selector names.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    pub(crate) selector: String,
    pub(crate) kind: OverrideKind,
}

/// The kinds of change that an [`Override`] makes.
#[derive(Debug, Clone)]
pub(crate) enum OverrideKind {
    Rename(String),
    Derive(String),
    Attribute(String),
    Numbers(Numbers),
}

/// The crates whose types replace the schemas that name them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Crates {
    pub(crate) known: BTreeMap<String, CrateVersion>,
    pub(crate) unknown: UnknownCrates,
}

/// The version of a crate that provides types named by `x-rust-type`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CrateVersion {
    /// This version. A type of the crate is used if it meets the version requirement in the schema.
    Version(Version),
    /// Any version. Types of the crate are always used.
    Any,
    /// No version. Types are always generated from their schemas.
    Never,
}

impl std::str::FromStr for CrateVersion {
    type Err = semver::Error;

    /// Parses `*` (any version), `!` (never), or a version such as `1.2.0`.
    fn from_str(text: &str) -> Result<Self, semver::Error> {
        match text {
            "*" => Ok(Self::Any),
            "!" => Ok(Self::Never),
            version => version.parse().map(Self::Version),
        }
    }
}

/// The treatment of an `x-rust-type` whose crate was not declared with [`Options::with_crate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum UnknownCrates {
    /// Generate the type from its schema.
    #[default]
    Generate,
    /// Use the type of the crate, whatever its version.
    Allow,
    /// Report an error that names the crate and the version requirement.
    Deny,
}

impl Options {
    /// Returns the options of a family, with the runtime at `::migration_events_runtime`.
    pub fn new(family: impl Into<String>) -> Self {
        Self {
            family: family.into(),
            runtime: "::migration_events_runtime".into(),
            overrides: Vec::new(),
            crates: Crates::default(),
            avro_comments: false,
            open: Vec::new(),
            numbers: NumberChoices::default(),
            mark_deprecated: false,
            objects: Vec::new(),
            dialects: DialectChoices::default(),
            lints: Lints::default(),
        }
    }

    /// Sets the path of the runtime, for a renamed dependency: `::events` for
    /// `events = { package = "migration-events-runtime" }`.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// Renames a type, a field or a variant.
    ///
    /// `of` selects it by its default name, as a path in the generated code, or by its schema:
    ///
    /// * a type: `Meter`, or `meter_moved::Meter` inside the module of a contract;
    /// * a field or a variant: `Meter::id`, `meter_moved::Meter::id`, `State::On`;
    /// * a schema: `meter_moved-1.json#/properties/meter`, or `#/properties/meter` if only one contract
    ///   has a schema at that pointer. A schema that is both a field and a type selects the type.
    ///
    /// The new name is used unchanged. A name that is taken or not a valid identifier is an error, and
    /// so is an `of` that selects nothing. The name overrides `x-rust-name`, `x-rust-field` and
    /// `x-rust-variant`.
    pub fn rename(self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.with(of.into(), OverrideKind::Rename(name.into()))
    }

    /// Derives another trait for a type, or for every type if `of` is `*`. `path` is the path of the
    /// derive macro in generated code: `::schemars::JsonSchema`.
    ///
    /// `of` selects a type as in [`Options::rename`], by its final name. A trait that the type already
    /// has is not derived again. A trait of the standard library that the type cannot implement is an
    /// error; with `*`, it is derived wherever possible.
    pub fn derive(self, of: impl Into<String>, path: impl Into<String>) -> Self {
        self.with(of.into(), OverrideKind::Derive(path.into()))
    }

    /// Adds attributes such as `#[non_exhaustive]` to a type, or to every type if `of` is `*`.
    ///
    /// `of` selects a type as in [`Options::rename`], by its final name.
    pub fn attribute(self, of: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.with(of.into(), OverrideKind::Attribute(attribute.into()))
    }

    /// Declares the version of a crate whose types replace the schemas that name them by
    /// `x-rust-type`.
    ///
    /// Such a type implements `serde::Serialize`, `serde::de::DeserializeOwned`, `Debug`, `Clone` and
    /// `PartialEq`. Values are checked against the schema before they reach the type.
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

    /// Sets the treatment of `x-rust-type` for crates that were not declared with
    /// [`Options::with_crate`].
    pub fn unknown_crates(mut self, policy: UnknownCrates) -> Self {
        self.crates.unknown = policy;
        self
    }

    /// Opens enums of texts and unions (`anyOf`, `oneOf`) of JSON schemas: a text or a value that none of the
    /// listed ones is becomes the variant `Other`, which keeps it, instead of a violation. For contracts that
    /// grow faster than their readers.
    ///
    /// `of` is `*` for all of the family, the name of one generated type (`Fuel`, or `meter_moved::Fuel` in the
    /// module of a contract), or the file and the JSON pointer of one schema. Strict decoding follows the contract
    /// as published.
    ///
    /// ```
    /// use migration_events_codegen::{Options, Source, generate};
    ///
    /// let text = r#"{"type": "object", "properties": {"fuel": {"enum": ["GAS", "POWER"]}}}"#;
    /// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    /// let options = Options::new("acme");
    /// let rust = generate(&[source.clone()], &options.clone().open("Fuel"))?;
    /// assert!(rust.contains("Other(String)"));
    /// assert_eq!(rust, generate(&[source], &options.open("meter.json#/properties/fuel"))?);
    /// # Ok::<(), migration_events_codegen::Error>(())
    /// ```
    pub fn open(mut self, of: impl Into<String>) -> Self {
        self.open.push(of.into());
        self
    }

    /// Reads schemas that describe objects (by `properties`, `required`, `patternProperties` or
    /// `additionalProperties`) without naming a `type` as schemas of objects.
    ///
    /// Other values are valid by such a schema, so by default its type is an enum of `Object` and `Other`, and the
    /// lint [`Lint::MissingType`] warns. With this option it is a struct, and other values are rejected, although
    /// the contract allows them. `of` selects schemas as in [`Options::open`].
    ///
    /// ```
    /// use migration_events_codegen::{Options, Source, generate};
    ///
    /// let text = r#"{"properties": {"serial": {"type": "string"}}, "required": ["serial"]}"#;
    /// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    /// let options = Options::new("acme");
    /// assert!(generate(&[source.clone()], &options)?.contains("pub enum Meter"));
    /// assert!(generate(&[source], &options.objects("*"))?.contains("pub struct Meter"));
    /// # Ok::<(), migration_events_codegen::Error>(())
    /// ```
    pub fn objects(mut self, of: impl Into<String>) -> Self {
        self.objects.push(of.into());
        self
    }

    /// Sets the Rust types of numbers of JSON schemas.
    ///
    /// `of` is `*` for all of the family, the file and the JSON pointer of one schema, or the name of a type: for the
    /// type itself, its fields and their items. A place precedes a type, a type `*`, and a later choice an earlier one.
    /// An enum of numbers becomes a `json::Number` only by its own place or name; it is checked all the same.
    ///
    /// Without a choice an integer is an `i64`, or a `u64` with a `minimum` of 0 or more beside it, and a number a
    /// `rust_decimal::Decimal`; where the bounds of the contract go beyond these, both are a `json::Number`.
    ///
    /// ```
    /// use migration_events_codegen::{Numbers, Options, Source, generate};
    ///
    /// let text = r#"{"type": "object", "properties": {
    ///     "id": {"type": "integer"},
    ///     "phases": {"type": "integer", "minimum": 1, "maximum": 3},
    ///     "total": {"type": "number"}
    /// }}"#;
    /// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    /// let options = Options::new("acme")
    ///     .numbers("*", Numbers::Narrow)
    ///     .numbers("meter.json#/properties/total", Numbers::AsWritten);
    /// let rust = generate(&[source], &options)?;
    /// assert!(rust.contains("pub id: Option<i64>"));
    /// assert!(rust.contains("pub phases: Option<u8>"));
    /// assert!(rust.contains("pub total: Option<runtime::json::Number>"));
    /// # Ok::<(), migration_events_codegen::Error>(())
    /// ```
    pub fn numbers(mut self, of: impl Into<String>, numbers: Numbers) -> Self {
        self.numbers.0.push(NumberChoice { of: of.into(), numbers, schemas: Vec::new() });
        self
    }

    /// Sets whether types, fields and variants whose JSON schema says `"deprecated": true` have the attribute
    /// `#[deprecated]` (default: false), so that their use is a warning. Their documentation says it in any case.
    ///
    /// ```
    /// use migration_events_codegen::{Options, Source, generate};
    ///
    /// let text = r#"{"type": "object", "properties": {"msn": {"type": "string", "deprecated": true}}}"#;
    /// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    /// let rust = generate(&[source], &Options::new("acme").mark_deprecated(true))?;
    /// assert!(rust.contains("#[deprecated]\n    pub msn: Option<String>"));
    /// # Ok::<(), migration_events_codegen::Error>(())
    /// ```
    pub fn mark_deprecated(mut self, mark: bool) -> Self {
        self.mark_deprecated = mark;
        self
    }

    /// Sets whether comments (`// …`, `/* … */`) are allowed in Avro files (default: false). They are not JSON,
    /// but tools of Java read them.
    ///
    /// ```
    /// use migration_events_codegen::{Options, Source, generate};
    ///
    /// let text = "// What a meter sends.\n{\"type\": \"record\", \"name\": \"Reading\", \"fields\": []}";
    /// let source = Source { file: "reading.avsc".into(), text: text.into(), patch: None };
    /// assert!(generate(&[source.clone()], &Options::new("acme")).is_err());
    /// assert!(generate(&[source], &Options::new("acme").avro_comments(true)).is_ok());
    /// ```
    pub fn avro_comments(mut self, allow: bool) -> Self {
        self.avro_comments = allow;
        self
    }

    /// Sets the draft of schemas whose `$schema` is this URI, for a metaschema of your own.
    ///
    /// Without it, an unknown `$schema` is an error, unless the metaschema is among the documents that the
    /// contracts may refer to: then its own `$schema` and its `$vocabulary` decide.
    ///
    /// ```
    /// use migration_events_codegen::{Draft, Options, Source, generate};
    ///
    /// let text = r#"{"$schema": "https://acme.example/meta", "type": "object", "properties": {"a": {}}}"#;
    /// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    /// let options = Options::new("acme").dialect("https://acme.example/meta", Draft::Draft07);
    /// assert!(generate(&[source], &options).is_ok());
    /// ```
    pub fn dialect(mut self, uri: impl Into<String>, draft: Draft) -> Self {
        let uri = uri.into();
        self.dialects.named.insert(without_empty_fragment(&uri).to_owned(), draft);
        self
    }

    /// Sets the draft of contracts without `$schema` (default: draft-07).
    pub fn default_dialect(mut self, draft: Draft) -> Self {
        self.dialects.default = draft;
        self
    }

    /// Sets the meaning of `format` (default: as the dialect of the schema says).
    ///
    /// Where a format is an annotation, a string with the format `date-time` is a `String`, since any text
    /// is allowed.
    pub fn formats(mut self, formats: Formats) -> Self {
        self.dialects.formats = formats;
        self
    }

    /// Sets the treatment of doubtful parts of contracts: an error, a warning, or nothing.
    ///
    /// ```
    /// use migration_events_codegen::{Lint, Options, Severity, Source, generate};
    ///
    /// let text = r#"{"type": "object", "properties": {"a": {"type": "string", "format": "float"}}}"#;
    /// let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    /// let options = Options::new("acme");
    /// assert!(generate(&[source.clone()], &options).is_err());
    /// let options = options.lint(Lint::UnknownFormat, Severity::Ignore);
    /// assert!(generate(&[source], &options).is_ok());
    /// ```
    pub fn lint(mut self, lint: Lint, severity: Severity) -> Self {
        self.lints.set(lint, severity);
        self
    }

    fn with(mut self, selector: String, kind: OverrideKind) -> Self {
        self.overrides.push(Override { selector, kind });
        self
    }
}
