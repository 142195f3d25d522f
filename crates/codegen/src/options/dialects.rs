//! Drafts of JSON Schema, and the choices that a contract leaves to its reader.

use std::collections::BTreeMap;

/// A draft of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Draft {
    /// Draft-04, in which `exclusiveMinimum` is a flag and a schema is named by `id`.
    Draft04,
    /// Draft-06, which adds `const`, `contains` and `propertyNames`.
    Draft06,
    /// Draft-07, which adds `if`, `then` and `else`.
    Draft07,
    /// 2019-09, in which siblings of `$ref` apply.
    Draft201909,
    /// 2020-12, in which `prefixItems` describes tuples.
    Draft202012,
}

impl Draft {
    /// All drafts, the earliest first.
    pub(crate) const ALL: [Self; 5] =
        [Self::Draft04, Self::Draft06, Self::Draft07, Self::Draft201909, Self::Draft202012];

    /// Returns the common name of the draft.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Draft::Draft04 => "draft-04",
            Draft::Draft06 => "draft-06",
            Draft::Draft07 => "draft-07",
            Draft::Draft201909 => "2019-09",
            Draft::Draft202012 => "2020-12",
        }
    }

    /// Returns the draft of a `$schema` URI. The scheme may be `http` or `https`, and the empty
    /// fragment is optional.
    pub(crate) fn named(uri: &str) -> Option<Self> {
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        let name = without_empty_fragment(name);
        Self::ALL.into_iter().find(|draft| draft.metaschema() == name)
    }

    /// Returns the URI of the metaschema without scheme and fragment.
    pub(crate) fn metaschema(self) -> &'static str {
        match self {
            Draft::Draft04 => "json-schema.org/draft-04/schema",
            Draft::Draft06 => "json-schema.org/draft-06/schema",
            Draft::Draft07 => "json-schema.org/draft-07/schema",
            Draft::Draft201909 => "json-schema.org/draft/2019-09/schema",
            Draft::Draft202012 => "json-schema.org/draft/2020-12/schema",
        }
    }
}

/// The meaning of `format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Formats {
    /// As the dialect of the schema says: asserted up to draft-07, an annotation from 2019-09 on, unless a
    /// metaschema with the vocabulary `format-assertion` (in 2019-09: `format` as a required vocabulary)
    /// is declared.
    #[default]
    AsDeclared,
    /// Asserted in every dialect.
    Asserted,
    /// An annotation in every dialect.
    Annotated,
}

/// The choices of dialects and formats.
#[derive(Debug, Clone)]
pub(crate) struct DialectChoices {
    /// The draft of documents that declare none.
    pub(crate) default: Draft,
    /// The drafts of further `$schema` URIs, without empty fragments.
    pub(crate) named: BTreeMap<String, Draft>,
    pub(crate) formats: Formats,
}

impl Default for DialectChoices {
    fn default() -> Self {
        Self { default: Draft::Draft07, named: BTreeMap::new(), formats: Formats::default() }
    }
}

/// Removes the empty fragment that many `$schema` URIs end with.
pub(crate) fn without_empty_fragment(uri: &str) -> &str {
    uri.strip_suffix('#').unwrap_or(uri)
}
