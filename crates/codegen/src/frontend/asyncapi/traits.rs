//! Traits of messages, merged into them by JSON Merge Patch (RFC 7396).
//!
//! In 2.x the members of a trait override those of the message; in 3.x the message overrides its traits.

use super::super::json_schema::Document;
use super::super::moved::Moved;
use super::found::Found;
use super::version::Version;
use crate::error::Problem;
use crate::tree::{Tree, escape};
use std::collections::BTreeMap;

/// Documents whose messages have their traits merged into them.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// The changed documents by name.
    pub(super) documents: BTreeMap<String, Tree>,
    pub(super) moved: Moved,
    /// A problem for each unresolved trait.
    pub(super) problems: Vec<Problem>,
}

/// Merges the traits of all messages of `document`, wherever they are defined. Unresolved traits are
/// skipped.
pub(super) fn merged(document: &Document<'_>, version: Version) -> Merged {
    let mut merged = Merged::default();
    // Unresolved messages are reported when the merged document is read.
    for Found { place, .. } in version.messages(document, &mut Vec::new()) {
        let message = document.at(&place);
        let traits = message.get("traits").and_then(Tree::items).unwrap_or_default();
        let mut found = Vec::new();
        for index in 0..traits.len() {
            match document.dereference(&format!("{place}/traits/{index}")) {
                Ok(at) => found.push(at),
                Err(problem) => merged.problems.push(problem),
            }
        }
        if found.is_empty() {
            continue;
        }
        let (file, pointer) = document.split(&place);
        let trees = found.iter().map(|at| portable(document, document.at(at), at, file));
        let whole = match version {
            Version::V2 => trees.fold(message.clone(), |whole, tree| patch(whole, &tree)),
            Version::V3 => {
                let nothing = Tree::Object(Vec::new());
                patch(trees.fold(nothing, |whole, tree| patch(whole, &tree)), message)
            }
        };
        for (key, _) in whole.members().unwrap_or_default() {
            let mut sources = found.iter().filter(|at| document.at(at).get(key).is_some());
            if let (Some(only), None, None) = (sources.next(), sources.next(), message.get(key)) {
                let key = escape(key);
                merged.moved.add(format!("{place}/{key}"), format!("{only}/{key}"));
            }
        }
        let changed = merged.documents.entry(file.to_owned());
        let root = changed.or_insert_with(|| document.document(file).clone());
        if let Some(message) = root.at_mut(pointer) {
            *message = whole;
        }
    }
    merged
}

/// Returns a tree whose references, which start at the document of `place`, also hold in `file`.
fn portable(document: &Document<'_>, tree: &Tree, place: &str, file: &str) -> Tree {
    if document.split(place).0 == file {
        return tree.clone();
    }
    match tree {
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .map(|(key, member)| {
                    let member = match (key.as_str(), member) {
                        ("$ref", Tree::String(text)) => {
                            Tree::String(document.absolute_reference(place, text))
                        }
                        _ => portable(document, member, place, file),
                    };
                    (key.clone(), member)
                })
                .collect(),
        ),
        Tree::Array(items) => {
            Tree::Array(items.iter().map(|item| portable(document, item, place, file)).collect())
        }
        other => other.clone(),
    }
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
    use super::super::super::json_schema::Registry;
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
        let v2 = r##"{
            "components": {
                "messages": {"m": {"summary": "own", "traits": [{"$ref": "#/components/messageTraits/t"}, {"name": "second"}]}},
                "messageTraits": {"t": {"summary": "of the trait", "name": "first"}}
            },
            "channels": {"c": {"publish": {"message": {"traits": [{"$ref": "#/nowhere"}]}}}}
        }"##;
        let v3 = v2.replace(r#""publish": {"message": {"#, r#""messages": {"m": {"#);
        let others = Registry::default();
        for (version, text, summary) in
            [(Version::V2, v2, "of the trait"), (Version::V3, v3.as_str(), "own")]
        {
            let tree = Tree::parse(text).unwrap();
            let merged = merged(&Document::asyncapi("m.json", &tree, &others), version);
            let document = &merged.documents["m.json"];
            let text =
                |name: &str| document.at(&format!("/components/messages/m/{name}")).unwrap().text();
            assert_eq!((text("summary"), text("name")), (Some(summary), Some("second")));
            assert_eq!(merged.problems.len(), 1);
        }
    }
}
