//! Nesting of schemas.

use crate::tree::Tree;

/// Maximum nesting of a document. The parser enforces it too, but deviations and definitions of other
/// files can add to the depth.
pub(super) const MAX_DEPTH: usize = 128;

/// Returns whether a tree has more than `limit` levels. Iterative, since the tree may be too deep to
/// recurse.
pub(super) fn is_deeper_than(limit: usize, tree: &Tree) -> bool {
    let mut open = vec![(tree, 1)];
    while let Some((tree, depth)) = open.pop() {
        if depth > limit {
            return true;
        }
        open.extend(tree.items().unwrap_or_default().iter().map(|item| (item, depth + 1)));
        let members = tree.members().unwrap_or_default();
        open.extend(members.iter().map(|(_, value)| (value, depth + 1)));
    }
    false
}

/// Returns the schema inside of objects such as `{"type": {"type": "record", …}}`.
pub(super) fn unwrapped(mut schema: &Tree) -> &Tree {
    while let Some(inner @ (Tree::Object(_) | Tree::Array(_))) = schema.get("type") {
        schema = inner;
    }
    schema
}

/// Returns the schema inside of such objects, and its pointer.
pub(super) fn unwrapped_at(schema: &Tree, mut pointer: String) -> (&Tree, String) {
    let mut outer = schema;
    let inner = unwrapped(schema);
    while !std::ptr::eq(outer, inner) {
        outer = outer.get("type").unwrap_or(inner);
        pointer.push_str("/type");
    }
    (inner, pointer)
}
