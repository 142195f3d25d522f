//! Documents that are not contracts: parts that other documents refer to.

use super::keywords::ASSERTING;
use super::uri;
use crate::tree::Tree;
use std::collections::BTreeSet;

/// Keywords at the root of a schema that assert nothing, or refer to what does.
const OTHERS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicRef",
    "$id",
    "$recursiveRef",
    "$ref",
    "$schema",
    "allOf",
    "default",
    "definitions",
    "description",
    "examples",
    "id",
    "title",
    "type",
];

/// Returns whether the root of a document has members but no keyword, so that it is not a schema.
pub(crate) fn has_no_keyword(root: &Tree) -> bool {
    let is_keyword = |key: &str| ASSERTING.contains(&key) || OTHERS.contains(&key);
    let members = root.members().unwrap_or_default();
    !members.is_empty() && !members.iter().any(|(key, _)| is_keyword(key))
}

/// Returns the names of the other documents that the document called `name` refers to.
pub(crate) fn referred(name: &str, root: &Tree) -> BTreeSet<String> {
    let (name, mut found, mut open) = (uri::normal(name), BTreeSet::new(), vec![root]);
    while let Some(tree) = open.pop() {
        if let Some(reference) = tree.get("$ref").and_then(Tree::text) {
            let target = uri::resolve(&name, reference);
            found.insert(uri::without_fragment(&target).to_owned());
        }
        open.extend(tree.items().unwrap_or_default());
        open.extend(tree.members().unwrap_or_default().iter().map(|(_, member)| member));
    }
    found.remove(&name);
    found
}

/// Returns whether one of the names that [`referred`] returns is that of a document.
pub(crate) fn is_among(name: &str, referred: &BTreeSet<String>) -> bool {
    referred.contains(&uri::normal(name))
}
