//! The Avro schemas inside of a document, whose named types are known before any message is read.

use crate::tree::{Tree, escape};

/// Returns the pointers of the Avro schemas in a document: the `schema` (3.0) or the `payload` (2.x) beside a
/// `schemaFormat`.
pub(crate) fn avro_schemas(document: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((place, tree)) = open.pop() {
        let format = tree.get("schemaFormat").and_then(Tree::text).unwrap_or_default();
        if format.contains("vnd.apache.avro") {
            let keys = ["schema", "payload"].into_iter();
            found.extend(
                keys.filter(|key| tree.get(key).is_some()).map(|key| format!("{place}/{key}")),
            );
        }
        let items = tree.items().unwrap_or_default().iter().enumerate();
        open.extend(items.map(|(index, item)| (format!("{place}/{index}"), item)));
        let members = tree.members().unwrap_or_default().iter();
        open.extend(members.map(|(key, value)| (format!("{place}/{}", escape(key)), value)));
    }
    // In the order of the document, as problems are reported.
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::avro_schemas;
    use crate::tree::Tree;

    #[test]
    fn finds_avro_schemas_of_both_versions() {
        let text = r#"{"a/b": [{"payload": {"schemaFormat": "application/vnd.apache.avro", "schema": "int"}}],
            "m": {"schemaFormat": "application/vnd.apache.avro+json;version=1.9.0", "payload": "long"},
            "j": {"schemaFormat": "application/schema+json", "schema": true}}"#;
        let document = Tree::parse(text).unwrap();
        assert_eq!(avro_schemas(&document), ["/a~1b/0/payload/schema", "/m/payload"]);
    }
}
