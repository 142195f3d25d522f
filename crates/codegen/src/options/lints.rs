//! Doubtful parts of a contract, and their treatment.

/// A doubtful part of a contract. [`Options::lint`](crate::Options::lint) sets its treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lint {
    /// A keyword that asserts something in another draft of JSON Schema than the one of the schema, such
    /// as `unevaluatedProperties` in draft-07. Unless it is an error, it is ignored, as the draft says.
    OtherDraft,
    /// An unknown keyword whose name is close to that of a keyword, such as `requried`. Unless it is an
    /// error, it is an annotation, as any other unknown keyword.
    MisspeltKeyword,
    /// An unknown `format` of a string where formats are asserted. Unless it is an error, it is an annotation,
    /// as formats of numbers always are.
    UnknownFormat,
    /// A schema that no value satisfies, such as a `minimum` above the `maximum` or types that contradict each
    /// other; `false` is one only as the schema of an event. Also a `default` that its own schema rejects, which is
    /// then not used. A warning by default, since an optional property of such a schema can be absent.
    Unsatisfiable,
    /// A schema that describes objects, as `properties` and `required` do, without naming a `type`, so that
    /// values that are not objects are valid as well. A warning by default: the type is an enum of `Object` and
    /// `Other`, unless the option [`objects`](crate::Options::objects) reads the schema as one of objects.
    MissingType,
    /// A reference to the metaschema of a draft, such as `http://json-schema.org/draft-07/schema#`, which is not
    /// among the documents. Unless it is an error, it allows every JSON value.
    MissingMetaschema,
    /// The schema of an event that accepts every JSON value.
    AssertsNothing,
    /// A document that is not a schema: a sample message, the answer of a schema registry, an OpenAPI
    /// document, an Avro protocol. Unless it is an error, it is read as a schema.
    NotASchema,
    /// A file without content, or a folder without contracts. Unless it is an error, it is left out.
    EmptyInput,
}

/// The treatment of a [`Lint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Severity {
    /// The contract cannot be compiled.
    Error,
    /// A warning is returned; a build script prints it.
    Warning,
    /// Nothing is reported.
    Ignore,
}

/// The treatment of every lint.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lints {
    chosen: Vec<(Lint, Severity)>,
}

impl Lints {
    pub(crate) fn set(&mut self, lint: Lint, severity: Severity) {
        self.chosen.push((lint, severity));
    }

    /// Returns the treatment that was chosen last, or the default.
    pub(crate) fn severity(&self, lint: Lint) -> Severity {
        let chosen = self.chosen.iter().rev().find(|(chosen, _)| *chosen == lint);
        match (chosen, lint) {
            (Some((_, severity)), _) => *severity,
            (None, Lint::Unsatisfiable | Lint::MissingType) => Severity::Warning,
            (None, _) => Severity::Error,
        }
    }
}

impl Lint {
    /// Returns the option that allows what this lint finds, for the help of a problem.
    pub(crate) fn option(self) -> String {
        format!("`lint(Lint::{self:?}, Severity::Ignore)`")
    }
}
