//! Rules of a contract for each place of a document, as far as a JSON type decides.

use serde_json::Value;

use crate::Json;
use migration_events_support::json::push_token;

/// A schema that applies to a value.
#[derive(Clone)]
pub struct Applied<'s> {
    /// Its pointer in the contract.
    pub pointer: String,
    /// The schema, its references followed.
    pub schema: &'s Value,
}

/// Calls `visit` with every value of a document and the schemas that apply to it, references and
/// `allOf` flattened.
///
/// Of the branches of `anyOf` and `oneOf`, the only one that allows the type of the value applies.
pub fn visit<'s>(
    root: &'s Value,
    tree: &Json,
    visit: &mut impl FnMut(&str, &Json, &[Applied<'s>]),
) {
    let whole = Applied { pointer: String::new(), schema: root };
    Places { root, visit }.value(tree, vec![whole], &mut String::new());
}

struct Places<'s, 'v, V> {
    root: &'s Value,
    visit: &'v mut V,
}

impl<'s, V: FnMut(&str, &Json, &[Applied<'s>])> Places<'s, '_, V> {
    fn value(&mut self, tree: &Json, applied: Vec<Applied<'s>>, at: &mut String) {
        let applied = flatten(self.root, applied, |branch| admits(branch, tree));
        (self.visit)(at, tree, &applied);
        let length = at.len();
        match tree {
            Json::Array(items) => {
                let schemas =
                    children(&applied, "items", |items| items.is_object().then_some(items));
                for (index, item) in items.iter().enumerate() {
                    push_token(at, &index.to_string());
                    self.value(item, schemas.clone(), at);
                    at.truncate(length);
                }
            }
            Json::Object(members) => {
                for (key, value) in members {
                    let mut schemas = children(&applied, "properties", |known| known.get(key));
                    for schema in &mut schemas {
                        push_token(&mut schema.pointer, key);
                    }
                    push_token(at, key);
                    self.value(value, schemas, at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }
}

/// The schemas inside of `keyword`, with the pointer of the keyword.
fn children<'s>(
    applied: &[Applied<'s>],
    keyword: &str,
    find: impl Fn(&'s Value) -> Option<&'s Value>,
) -> Vec<Applied<'s>> {
    let inside = |outer: &Applied<'s>| {
        let schema = find(outer.schema.get(keyword)?)?;
        Some(Applied { pointer: format!("{}/{keyword}", outer.pointer), schema })
    };
    applied.iter().filter_map(inside).collect()
}

/// The schemas themselves, what they refer to, and the branches that apply for certain.
///
/// Where only one branch of a union is left by `admits`, it applies.
pub fn flatten<'s>(
    root: &'s Value,
    applied: Vec<Applied<'s>>,
    mut admits: impl FnMut(&'s Value) -> bool,
) -> Vec<Applied<'s>> {
    let (mut flat, mut queue) = (Vec::new(), applied);
    queue.reverse();
    while let Some(Applied { pointer, schema }) = queue.pop() {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = target.trim_start_matches('#');
            if let Some(schema) = root.pointer(target) {
                queue.push(Applied { pointer: target.to_owned(), schema });
            }
            continue;
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let branches = schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
            let branches = branches.enumerate().map(|(index, schema)| Applied {
                pointer: format!("{pointer}/{keyword}/{index}"),
                schema,
            });
            let branches: Vec<_> = branches.collect();
            if keyword == "allOf" || branches.len() == 1 {
                queue.extend(branches.into_iter().rev());
            } else {
                let mut left: Vec<_> =
                    branches.into_iter().filter(|branch| admits(branch.schema)).collect();
                if left.len() == 1 {
                    queue.append(&mut left);
                }
            }
        }
        flat.push(Applied { pointer, schema });
    }
    flat
}

/// The types a schema names, if it names any.
#[must_use]
pub fn types(schema: &Value) -> Option<Vec<&str>> {
    match schema.get("type")? {
        Value::Array(types) => Some(types.iter().filter_map(Value::as_str).collect()),
        one => Some(one.as_str().into_iter().collect()),
    }
}

/// Returns whether a schema's own `type` allows a value.
fn admits(schema: &Value, tree: &Json) -> bool {
    types(schema).is_none_or(|types| {
        types.iter().any(|name| match tree {
            Json::Null => *name == "null",
            Json::Boolean(_) => *name == "boolean",
            Json::Number(text) => {
                *name == "number"
                    || *name == "integer" && migration_events_support::number::is_integer(text)
            }
            Json::String(_) => *name == "string",
            Json::Array(_) => *name == "array",
            Json::Object(_) => *name == "object",
        })
    })
}
