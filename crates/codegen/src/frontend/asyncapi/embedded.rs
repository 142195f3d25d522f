//! Avro schemas inside AsyncAPI documents. They may contain `$ref`, which Avro itself does not have.

use super::super::json_schema::Document;
use super::super::moved::Moved;
use crate::error::Problem;
use crate::tree::{Tree, escape};
use std::collections::BTreeMap;

/// Maximum number of values in a schema after its references are replaced.
const MAX_VALUES: usize = 100_000;
/// Maximum nesting of a schema after its references are replaced.
const MAX_DEPTH: usize = 128;

/// Returns the Avro schema at `place` with each reference replaced: the first one to a named type by its
/// definition, later ones by its name. Notes in `moved` where the parts come from.
pub(super) fn expanded(
    document: &Document<'_>,
    place: &str,
    moved: &mut Moved,
) -> Result<Tree, Problem> {
    let outer = place.matches('/').count();
    let mut expansion =
        Expansion { document, moved, names: BTreeMap::new(), open: Vec::new(), values: 0, outer };
    expansion.tree(place, place, "")
}

struct Expansion<'e, 'd> {
    document: &'e Document<'d>,
    moved: &'e mut Moved,
    /// Full names of the types that were reached by reference, by their places.
    names: BTreeMap<String, String>,
    /// Targets of references in progress.
    open: Vec<String>,
    values: usize,
    /// Depth of the schema in its document.
    outer: usize,
}

impl Expansion<'_, '_> {
    /// Returns the tree at `origin` for a schema at `place`.
    fn tree(&mut self, origin: &str, place: &str, namespace: &str) -> Result<Tree, Problem> {
        let document = self.document;
        let tree = document.at(origin);
        self.values += 1;
        let depth = place.matches('/').count().saturating_sub(self.outer);
        if self.values > MAX_VALUES || depth > MAX_DEPTH {
            let message = "the schema is too large or too deep with its references";
            return Err(document.problem(origin, message, "refer to named types"));
        }
        match tree {
            Tree::Object(_) if tree.get("$ref").is_some() && tree.get("type").is_none() => {
                self.reference(origin, place, namespace)
            }
            Tree::Object(members) => {
                let own = full_name(tree, namespace);
                let namespace = match own.as_deref() {
                    Some(name) => name.rsplit_once('.').map_or("", |(namespace, _)| namespace),
                    None => namespace,
                };
                let members = members.iter().map(|(key, member)| {
                    let inside = |at: &str| format!("{at}/{}", escape(key));
                    // Defaults and annotations are data.
                    let member = match key.as_str() {
                        "type" | "fields" | "items" | "values" => {
                            self.tree(&inside(origin), &inside(place), namespace)?
                        }
                        _ => member.clone(),
                    };
                    Ok((key.clone(), member))
                });
                members.collect::<Result<_, _>>().map(Tree::Object)
            }
            Tree::Array(items) => {
                let items = (0..items.len()).map(|index| {
                    self.tree(&format!("{origin}/{index}"), &format!("{place}/{index}"), namespace)
                });
                items.collect::<Result<_, _>>().map(Tree::Array)
            }
            other => Ok(other.clone()),
        }
    }

    fn reference(&mut self, origin: &str, place: &str, namespace: &str) -> Result<Tree, Problem> {
        let document = self.document;
        let mut target = document.dereference(origin)?;
        if let Some((_, schema)) = document.multi_format(&target)? {
            target = document.dereference(&schema)?;
        }
        if let Some(name) = self.names.get(&target) {
            return Ok(Tree::String(name.clone()));
        }
        if self.open.contains(&target) {
            return Err(document.problem(
                format!("{origin}/$ref"),
                "the reference leads back to itself",
                "let the recursion go through a record",
            ));
        }
        if let Some(name) = full_name(document.at(&target), namespace) {
            self.names.insert(target.clone(), name);
        }
        self.moved.add(place.to_owned(), target.clone());
        self.open.push(target.clone());
        let tree = self.tree(&target, place, namespace);
        self.open.pop();
        tree
    }
}

/// Returns the full name of a named type, or `None` if the schema has none.
fn full_name(schema: &Tree, namespace: &str) -> Option<String> {
    let text = |key: &str| schema.get(key).and_then(Tree::text);
    if !matches!(text("type"), Some("record" | "error" | "enum" | "fixed")) {
        return None;
    }
    let name = text("name")?;
    let namespace = text("namespace").unwrap_or(namespace);
    if name.contains('.') || namespace.is_empty() {
        Some(name.to_owned())
    } else {
        Some(format!("{namespace}.{name}"))
    }
}

/// Returns the pointers of the Avro schemas in a document: the `schema` (3.0) or the `payload` (2.x) beside a
/// `schemaFormat`. A schema with a `$ref` is not one alone.
pub(crate) fn avro_schemas(document: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((place, tree)) = open.pop() {
        let format = tree.get("schemaFormat").and_then(Tree::text).unwrap_or_default();
        if format.contains("vnd.apache.avro") {
            let keys = ["schema", "payload"].into_iter();
            let whole = keys.filter(|key| tree.get(key).is_some_and(|schema| !refers(schema)));
            found.extend(whole.map(|key| format!("{place}/{key}")));
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

/// Returns whether a schema contains a `$ref`.
fn refers(schema: &Tree) -> bool {
    let members = schema.members().unwrap_or_default().iter();
    let mut inside = members.map(|(_, member)| member).chain(schema.items().unwrap_or_default());
    schema.get("$ref").is_some() || inside.any(refers)
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
