//! Kinds of contracts, and the features that read them.

use crate::error::Problem;
use crate::tree::Tree;

/// A kind of contract that a feature of this crate reads. JSON Schema needs none.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    AsyncApi,
    Avro,
    OpenApi,
}

/// Returns whether a document is an Avro schema, judging by the file extension or by a type that JSON
/// Schema does not have.
pub(crate) fn is_avro_schema(file: &str, document: &Tree) -> bool {
    let kind = document.get("type").and_then(Tree::text);
    file.ends_with(".avsc")
        || matches!(kind, Some("record" | "enum" | "fixed")) && document.get("name").is_some()
}

/// Returns whether a document is an Avro protocol.
pub(crate) fn is_avro_protocol(file: &str, document: &Tree) -> bool {
    let has_parts = document.get("types").is_some() || document.get("messages").is_some();
    file.ends_with(".avpr") || document.get("protocol").and_then(Tree::text).is_some() && has_parts
}

/// Returns whether a document is AsyncAPI of any version.
pub(crate) fn is_asyncapi(document: &Tree) -> bool {
    document.get("asyncapi").is_some()
}

/// Returns whether a document is OpenAPI of any version.
pub(crate) fn is_openapi(document: &Tree) -> bool {
    document.get("openapi").is_some() || document.get("swagger").is_some()
}

/// Returns a problem for a document of a kind whose feature is off. `is_avro` is true for an Avro schema
/// whatever its name and its content.
pub(crate) fn unreadable(file: &str, document: &Tree, is_avro: bool) -> Option<Problem> {
    let is_avro = is_avro || is_avro_schema(file, document) || is_avro_protocol(file, document);
    let (kind, is_on) = if is_avro {
        (Kind::Avro, cfg!(feature = "avro"))
    } else if is_asyncapi(document) {
        (Kind::AsyncApi, cfg!(feature = "asyncapi"))
    } else if is_openapi(document) {
        (Kind::OpenApi, cfg!(feature = "openapi"))
    } else {
        return None;
    };
    (!is_on).then(|| kind.needs_feature(file, ""))
}

impl Kind {
    /// Returns the problem that a contract cannot be read without the feature of its kind.
    pub(crate) fn needs_feature(self, file: &str, pointer: &str) -> Problem {
        let (documents, feature) = match self {
            Self::AsyncApi => ("AsyncAPI documents", "asyncapi"),
            Self::Avro => ("Avro schemas", "avro"),
            Self::OpenApi => ("OpenAPI documents", "openapi"),
        };
        let message = format!("{documents} need the feature `{feature}` of the generator");
        let help = format!("add {feature:?} to the `features` of `migration-events-codegen`");
        Problem::new(file, pointer, message, help)
    }
}
