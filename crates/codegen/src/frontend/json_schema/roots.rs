//! The roots of schemas inside AsyncAPI documents, which may declare a dialect without an identifier.

use super::{fragment, language};
use crate::tree::Tree;

/// The maps of an AsyncAPI document, in which names stand where other objects have keywords.
const MAPS: [&str; 5] = ["channels", "messages", "messageTraits", "operations", "operationTraits"];

/// Returns whether a pointer leads to a payload, to headers or to a component schema of an AsyncAPI document,
/// or of a document that such a document takes messages from.
pub(super) fn is_root(document: &Tree, pointer: &str) -> bool {
    if document.get("asyncapi").is_none() && !fragment::has_no_keyword(document) {
        return false;
    }
    let mut tokens = pointer.split('/').skip(1);
    let mut length = 0;
    while let Some(token) = tokens.next() {
        length += 1 + token.len();
        let is_schema = match token {
            "payload" | "headers" => true,
            "schemas" => {
                length += tokens.next().map_or(0, |name| 1 + name.len());
                true
            }
            _ if MAPS.contains(&token) => {
                length += tokens.next().map_or(0, |name| 1 + name.len());
                false
            }
            _ => false,
        };
        if is_schema {
            let (schema, below) = pointer.split_at(length.min(pointer.len()));
            let has_format = || document.at(schema)?.get(language::KEYWORD);
            return below.is_empty() || below == "/schema" && has_format().is_some();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_root;
    use crate::tree::Tree;

    #[test]
    fn payloads_headers_and_components_are_roots() {
        let text = r#"{"asyncapi": "3.0.0", "components": {"schemas": {"a": {"schemaFormat": "x", "schema": {}}}}}"#;
        let document = Tree::parse(text).unwrap();
        for pointer in [
            "/channels/payload/messages/headers/payload",
            "/channels/c/publish/message/oneOf/1/headers",
            "/components/schemas/schema",
            "/components/schemas/a/schema",
            "/components/messageTraits/headers/headers",
        ] {
            assert!(is_root(&document, pointer), "{pointer}");
        }
        for pointer in [
            "",
            "/channels/payload",
            "/components/messages/payload",
            "/components/schemas/b/schema",
            "/components/schemas/b/properties/payload",
            "/channels/c/messages/m/payload/properties/headers",
        ] {
            assert!(!is_root(&document, pointer), "{pointer}");
        }
        let schema = Tree::parse(r#"{"properties": {"payload": {}}}"#).unwrap();
        assert!(!is_root(&schema, "/properties/payload"));
    }
}
