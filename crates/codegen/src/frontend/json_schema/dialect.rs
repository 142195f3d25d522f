//! Which JSON Schema a document is written in.

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Siblings of `$ref` mean nothing (draft-07, section 8.3).
    Draft07,
    /// Siblings of `$ref` apply.
    Draft201909,
}

impl Dialect {
    /// The dialect of a `$schema`, in any of the spellings in which it is met: either scheme, with
    /// or without the empty fragment.
    pub(super) fn named(uri: &str) -> Option<Self> {
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        match name.trim_end_matches('#') {
            "json-schema.org/draft-07/schema" => Some(Dialect::Draft07),
            "json-schema.org/draft/2019-09/schema" => Some(Dialect::Draft201909),
            _ => None,
        }
    }
}
