//! Dialects of JSON Schema.

use crate::tree::Tree;

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dialect {
    /// Draft-07, in which siblings of `$ref` are ignored (core 8.3).
    Draft07,
    /// 2019-09, in which siblings of `$ref` apply.
    Draft201909,
    /// 2020-12, in which `prefixItems` describes tuples.
    Draft202012,
}

impl Dialect {
    /// Returns the dialect of a `$schema` URI. The scheme may be `http` or `https`, and the empty
    /// fragment is optional.
    pub(super) fn named(uri: &str) -> Option<Self> {
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        match name.trim_end_matches('#') {
            "json-schema.org/draft-07/schema" => Some(Dialect::Draft07),
            "json-schema.org/draft/2019-09/schema" => Some(Dialect::Draft201909),
            "json-schema.org/draft/2020-12/schema" => Some(Dialect::Draft202012),
            _ => None,
        }
    }

    /// Returns the dialect that a schema declares, if any, or its `$schema` as an error if the dialect
    /// is not supported.
    pub(super) fn of(schema: &Tree) -> Result<Option<Self>, &Tree> {
        match schema.get("$schema") {
            None => Ok(None),
            Some(uri) => match uri.text().and_then(Self::named) {
                Some(dialect) => Ok(Some(dialect)),
                None => Err(uri),
            },
        }
    }

    /// Returns the common name of the dialect.
    pub(super) fn name(self) -> &'static str {
        match self {
            Dialect::Draft07 => "draft-07",
            Dialect::Draft201909 => "2019-09",
            Dialect::Draft202012 => "2020-12",
        }
    }
}
