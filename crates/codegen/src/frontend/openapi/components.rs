//! The schemas that a document defines under a name.

use crate::tree::{Tree, escape};

/// The place of the schemas.
pub(super) const SCHEMAS: &str = "/components/schemas";

/// Returns the places of the schemas that a document defines under a name.
pub(super) fn places(document: &Tree) -> Vec<String> {
    let schemas = document.at(SCHEMAS).and_then(Tree::members).unwrap_or_default();
    schemas.iter().map(|(name, _)| format!("{SCHEMAS}/{}", escape(name))).collect()
}
