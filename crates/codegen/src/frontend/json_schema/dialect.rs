//! Which JSON Schema a document is written in.

use crate::tree::Tree;

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dialect {
    /// Siblings of `$ref` mean nothing (draft-07, section 8.3).
    Draft07,
    /// Siblings of `$ref` apply.
    Draft201909,
    /// Tuples are `prefixItems`.
    Draft202012,
}

impl Dialect {
    /// The dialect of a `$schema`, in any of the spellings in which it is met: either scheme, with
    /// or without the empty fragment.
    pub(super) fn named(uri: &str) -> Option<Self> {
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        match name.trim_end_matches('#') {
            "json-schema.org/draft-07/schema" => Some(Dialect::Draft07),
            "json-schema.org/draft/2019-09/schema" => Some(Dialect::Draft201909),
            "json-schema.org/draft/2020-12/schema" => Some(Dialect::Draft202012),
            _ => None,
        }
    }

    /// The dialect that a schema declares, if it declares any; `Err` if it is not a known one.
    pub(super) fn of(schema: &Tree) -> Result<Option<Self>, &Tree> {
        match schema.get("$schema") {
            None => Ok(None),
            Some(uri) => match uri.text().and_then(Self::named) {
                Some(dialect) => Ok(Some(dialect)),
                None => Err(uri),
            },
        }
    }

    /// What authors call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Dialect::Draft07 => "draft-07",
            Dialect::Draft201909 => "2019-09",
            Dialect::Draft202012 => "2020-12",
        }
    }
}
