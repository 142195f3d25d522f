//! Traits of messages, merged into them by JSON Merge Patch (RFC 7396).
//!
//! In 2.x the members of a trait override those of the message; in 3.0 the message overrides its traits.

use super::v2::OPERATIONS;
use super::version::Version;
use crate::tree::{Tree, escape};

/// Returns the document with all traits merged into their messages. Unresolved traits are skipped, and
/// their places are added to `unknown`.
pub(super) fn merged(document: &Tree, version: Version, unknown: &mut Vec<String>) -> Tree {
    let mut places = members(document, "/components/messages");
    for channel in
        members(document, "/channels").into_iter().chain(members(document, "/components/channels"))
    {
        match version {
            Version::V3 => places.extend(members(document, &format!("{channel}/messages"))),
            Version::V2 => {
                for operation in OPERATIONS {
                    let place = format!("{channel}/{operation}/message");
                    let branches = document.at(&format!("{place}/oneOf")).and_then(Tree::items);
                    let count = branches.map_or(0, <[Tree]>::len);
                    places.extend((0..count).map(|index| format!("{place}/oneOf/{index}")));
                    places.push(place);
                }
            }
        }
    }
    let mut merged = document.clone();
    for place in places {
        let Some(message) = document.at(&place) else { continue };
        let traits = message.get("traits").and_then(Tree::items).unwrap_or_default();
        if traits.is_empty() {
            continue;
        }
        let mut found = Vec::new();
        for (index, item) in traits.iter().enumerate() {
            match target(document, item) {
                Some(item) => found.push(item),
                None => unknown.push(format!("{place}/traits/{index}/$ref")),
            }
        }
        let whole = match version {
            Version::V2 => found.into_iter().fold(message.clone(), patch),
            Version::V3 => {
                let nothing = Tree::Object(Vec::new());
                patch(found.into_iter().fold(nothing, patch), message)
            }
        };
        if let Some(message) = merged.at_mut(&place) {
            *message = whole;
        }
    }
    merged
}

/// Returns the places of the members of an object.
fn members(document: &Tree, place: &str) -> Vec<String> {
    let members = document.at(place).and_then(Tree::members).unwrap_or_default();
    members.iter().map(|(name, _)| format!("{place}/{}", escape(name))).collect()
}

/// Resolves the reference to a trait.
fn target<'t>(document: &'t Tree, item: &'t Tree) -> Option<&'t Tree> {
    /// Longer chains of references are treated as circular.
    const MAX_REFERENCES: usize = 16;
    let mut item = item;
    for _ in 0..MAX_REFERENCES {
        match item.get("$ref") {
            None => return item.members().map(|_| item),
            Some(reference) => item = document.at(reference.text()?.strip_prefix('#')?)?,
        }
    }
    None
}

/// Applies a JSON merge patch.
fn patch(target: Tree, patch_tree: &Tree) -> Tree {
    let Tree::Object(changes) = patch_tree else { return patch_tree.clone() };
    let mut members = match target {
        Tree::Object(members) => members,
        _ => Vec::new(),
    };
    for (name, change) in changes {
        let index = members.iter().position(|(known, _)| known == name);
        match (change, index) {
            (Tree::Null, Some(index)) => drop(members.remove(index)),
            (Tree::Null, None) => {}
            (change, Some(index)) => {
                let old = std::mem::replace(&mut members[index].1, Tree::Null);
                members[index].1 = patch(old, change);
            }
            (change, None) => members.push((name.clone(), patch(Tree::Null, change))),
        }
    }
    Tree::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merge_patches_follow_rfc_7396() {
        // RFC 7396, appendix A.
        for (target, change, result) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":{"b":"c"}}"#, r#"{"a":{"b":"d","c":null}}"#, r#"{"a":{"b":"d"}}"#),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"["a","b"]"#, r#"["c","d"]"#, r#"["c","d"]"#),
            (r#"{"a":"foo"}"#, "null", "null"),
            (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"e":null,"a":1}"#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ] {
            let tree = |text: &str| Tree::parse(text).unwrap();
            assert_eq!(patch(tree(target), &tree(change)).to_string(), result);
        }
    }

    #[test]
    fn precedence_depends_on_the_version() {
        let text = r##"{
            "components": {
                "messages": {"m": {"summary": "own", "traits": [{"$ref": "#/components/messageTraits/t"}, {"name": "second"}]}},
                "messageTraits": {"t": {"summary": "of the trait", "name": "first"}}
            },
            "channels": {"c": {"publish": {"message": {"traits": [{"$ref": "#/nowhere"}]}}}}
        }"##;
        let document = Tree::parse(text).unwrap();
        for (version, summary, missing) in
            [(Version::V2, "of the trait", 1), (Version::V3, "own", 0)]
        {
            let mut unknown = Vec::new();
            let merged = merged(&document, version, &mut unknown);
            let text =
                |name: &str| merged.at(&format!("/components/messages/m/{name}")).unwrap().text();
            assert_eq!((text("summary"), text("name")), (Some(summary), Some("second")));
            assert_eq!(unknown.len(), missing);
        }
    }
}
