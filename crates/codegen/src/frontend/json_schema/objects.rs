//! Schemas that describe objects without naming a `type`, which an option makes schemas of objects.

use super::describing::{describes_objects, names_type};
use super::rewrite::{Position, rewritten};
use crate::tree::Tree;
use std::collections::BTreeSet;

/// The annotation of a schema that this option made one of objects.
pub(super) const OBJECT: &str = "x-object-by-option";

/// Returns the document in which schemas that describe objects without naming a `type` allow objects alone:
/// everywhere, or at some places. Adds the places that were changed to `found`.
pub(crate) fn objects(
    root: &Tree,
    is_wanted: &impl Fn(&str) -> bool,
    found: &mut BTreeSet<String>,
) -> Tree {
    rewritten(root, &mut |pointer, members, position| {
        if position != Position::Value || !is_wanted(pointer) {
            return;
        }
        let schema = Tree::Object(std::mem::take(members));
        let is_untyped = describes_objects(&schema) && !names_type(&schema);
        if let Tree::Object(own) = schema {
            *members = own;
        }
        if is_untyped {
            members.push(("type".to_owned(), Tree::String("object".into())));
            members.push((OBJECT.to_owned(), Tree::Bool(true)));
            found.insert(pointer.to_owned());
        }
    })
}
