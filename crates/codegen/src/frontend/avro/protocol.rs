//! Protocols (Avro specification, “Protocol Declaration”), whose `types` are schemas. Their messages are
//! calls, not events, and are not read.

use crate::error::Problem;
use crate::tree::Tree;

/// Returns the types of a protocol with their pointers, each in the namespace of the protocol unless it has
/// its own.
///
/// # Errors
/// The document has no list of types.
pub(crate) fn types(file: &str, document: &Tree) -> Result<Vec<(String, Tree)>, Problem> {
    let types = document.get("types").and_then(Tree::items).unwrap_or_default();
    if types.is_empty() {
        let message = "the protocol defines no types";
        let help = "list records, enums and fixed under `types`";
        return Err(Problem::new(file, "", message, help));
    }
    let namespace = document.get("namespace").and_then(Tree::text);
    let within = |(index, ty): (usize, &Tree)| {
        let mut ty = ty.clone();
        if let (Tree::Object(members), Some(namespace)) = (&mut ty, namespace) {
            let has_own = |(key, value): &(String, Tree)| match key.as_str() {
                "namespace" => *value != Tree::Null,
                "name" => value.text().is_some_and(|name| name.contains('.')),
                _ => false,
            };
            if !members.iter().any(has_own) {
                members.retain(|(key, _)| key != "namespace");
                members.push(("namespace".to_owned(), Tree::String(namespace.to_owned())));
            }
        }
        (format!("/types/{index}"), ty)
    };
    Ok(types.iter().enumerate().map(within).collect())
}
