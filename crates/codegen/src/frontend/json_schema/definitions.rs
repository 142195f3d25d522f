//! Named definitions: the members of `$defs`, `definitions` and `components/schemas`.

use super::subschemas::{Subschemas, subschemas};
use crate::tree::Tree;

/// Returns whether a pointer leads to a schema that its document defines under a name: to a whole document,
/// or to a member of `$defs` or `definitions`, or of `components/schemas`.
pub(crate) fn is_named(pointer: &str) -> bool {
    let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut tokens = match tokens.as_slice() {
        [] => return true,
        // `schema` is not a keyword of schemas: it is inside of a Multi Format Schema Object.
        ["components", "schemas", _] | ["components", "schemas", _, "schema"] => return true,
        ["components", "schemas", _, "schema", inside @ ..]
        | ["components", "schemas", _, inside @ ..] => inside,
        all => all,
    };
    loop {
        match tokens {
            ["$defs" | "definitions", _] => return true,
            [keyword, _, inside @ ..]
                if matches!(Subschemas::of(keyword), Some(Subschemas::Map | Subschemas::List)) =>
            {
                tokens = inside;
            }
            [_, inside @ ..] => tokens = inside,
            [] => return false,
        }
    }
}

/// Returns the pointers of all named definitions in a schema, in published order.
pub(crate) fn named(root: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    collect(root, "", &mut found);
    found
}

fn collect(schema: &Tree, pointer: &str, found: &mut Vec<String>) {
    for (below, inner) in subschemas(schema) {
        let place = format!("{pointer}{below}");
        if below.starts_with("/$defs/") || below.starts_with("/definitions/") {
            found.push(place.clone());
        }
        collect(inner, &place, found);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_named, named};
    use crate::tree::Tree;

    #[test]
    fn members_of_definitions_are_named() {
        for pointer in [
            "",
            "/$defs/a",
            "/definitions/a",
            "/components/schemas/a",
            "/components/schemas/a/schema",
            "/components/schemas/a/schema/$defs/b",
            "/items/$defs/a",
        ] {
            assert!(is_named(pointer), "{pointer}");
        }
        for pointer in ["/properties/a", "/properties/definitions/items", "/$defs/definitions/not"]
        {
            assert!(!is_named(pointer), "{pointer}");
        }
    }

    #[test]
    fn definitions_are_found_at_any_depth() {
        let text = r#"{"$defs": {"a": {"definitions": {"b/c": true}}}, "properties": {"$defs": {"x": 1}},
            "items": {"$defs": {"d": {}}}, "enum": [{"$defs": {"e": {}}}]}"#;
        let tree = Tree::parse(text).unwrap();
        let expected = ["/$defs/a", "/$defs/a/definitions/b~1c", "/items/$defs/d"];
        assert_eq!(named(&tree), expected);
    }
}
