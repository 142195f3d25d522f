//! References to the metaschemas of the drafts, whose texts are not part of the generator.

use super::document::Document;
use super::lints::Finding;
use super::uri;
use crate::error::Problem;
use crate::model::Model;
use crate::options::{Draft, Lint};
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

impl Document<'_> {
    /// Returns a finding if the `$ref` of the schema at a place leads to a metaschema that is missing.
    pub(super) fn missing_metaschema(&self, place: &str) -> Option<Finding> {
        let reference = self.at(place).get("$ref")?.text()?;
        let target = self.absolute_reference(place, reference);
        let target = uri::without_fragment(&target);
        self.others.document(target).filter(|root| is_missing(root))?;
        Some(Finding::of(
            Lint::MissingMetaschema,
            &format!("{place}/$ref"),
            format!("the metaschema {target:?} is not among the documents"),
            &format!("add its text with `reference({target:?}, …)`"),
            format!(
                "Any JSON value is accepted: it is not checked against the metaschema `{target}`."
            ),
        ))
    }

    /// Reports a reference to a metaschema that is missing.
    pub(super) fn lint_metaschema(&self, place: &str, model: &mut Model) -> Option<Problem> {
        self.report(self.missing_metaschema(place)?, model)
    }
}
