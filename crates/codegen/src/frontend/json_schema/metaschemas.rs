//! References to the metaschemas of the drafts, whose texts are not part of the generator.

use crate::options::Draft;
use crate::tree::Tree;
use std::sync::LazyLock;

/// The annotation of a schema that stands for a missing metaschema.
const MISSING: &str = "x-missing-metaschema";

/// The schema that stands for a missing metaschema: it allows every value.
static ANY: LazyLock<Tree> =
    LazyLock::new(|| Tree::Object(vec![(MISSING.to_owned(), Tree::Bool(true))]));

/// Returns the URIs of each metaschema without fragment, in both spellings.
pub(super) fn uris() -> impl Iterator<Item = [String; 2]> {
    let spelled =
        |draft: Draft| ["http", "https"].map(|scheme| format!("{scheme}://{}", draft.metaschema()));
    Draft::ALL.into_iter().map(spelled)
}

/// Returns the schema that stands for a missing metaschema.
pub(super) fn missing() -> &'static Tree {
    &ANY
}

/// Returns whether a document stands for a missing metaschema.
pub(super) fn is_missing(root: &Tree) -> bool {
    std::ptr::eq(root, &*ANY)
}
