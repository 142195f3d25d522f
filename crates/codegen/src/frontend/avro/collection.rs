//! The named types of all contracts of a run, which are one set: a full name is one type (Avro
//! specification, “Names”), wherever it is defined and in whatever order the files come.
//!
//! A schema that refers to a type of another file is completed by the definition at its first use, as a
//! schema registry does with references. The result is a schema that other readers understand alone.

mod complete;
#[cfg(feature = "evolution")]
mod names;

pub(crate) use complete::Completed;
#[cfg(feature = "evolution")]
pub(crate) use names::names;

use super::names::FullName;
use super::nesting::{MAX_DEPTH, is_deeper_than, unwrapped};
use super::primitive::Primitive;
use crate::error::Problem;
use crate::tree::{Tree, escape};
use std::collections::{BTreeMap, HashSet};

/// The named types of the contracts as published, and with their deviations.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    published: Definitions,
    patched: Definitions,
}

impl Collection {
    /// Adds the named types of a schema at a place of a file. Returns a problem for each one that another
    /// file defines differently.
    pub(crate) fn add(
        &mut self,
        file: &str,
        place: &str,
        published: &Tree,
        patched: &Tree,
    ) -> Vec<Problem> {
        // The deviations may be what makes definitions equal.
        self.published.add(file, place, published);
        self.patched.add(file, place, patched)
    }

    /// Returns a schema with the definitions that it refers to and does not have.
    #[cfg(feature = "evolution")]
    pub(crate) fn completed(&self, place: &str, schema: &Tree) -> Completed {
        self.patched.complete(place, schema)
    }

    pub(super) fn published(&self) -> &Definitions {
        &self.published
    }

    pub(super) fn patched(&self) -> &Definitions {
        &self.patched
    }
}

/// Definitions by full name.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    by_name: BTreeMap<String, Defined>,
}

/// The first definition of a name.
#[derive(Debug)]
struct Defined {
    file: String,
    pointer: String,
    name: FullName,
    schema: Tree,
    /// The parts of the definition that make a type; see [`form`].
    form: Tree,
}

impl Definitions {
    fn add(&mut self, file: &str, place: &str, schema: &Tree) -> Vec<Problem> {
        let mut problems = Vec::new();
        // A schema that is too deep is refused when it is read.
        if is_deeper_than(MAX_DEPTH, schema) {
            return problems;
        }
        let mut within = HashSet::new();
        each(schema, "", place, &mut |name, schema, pointer| {
            // A name that one schema defines twice is refused when it is read.
            if !within.insert(name.to_string()) {
                return;
            }
            let form = form(schema, name);
            if let Some(first) = self.by_name.get(&name.to_string()) {
                if first.form != form {
                    let Defined { file: other, pointer: there, .. } = first;
                    problems.push(Problem::new(
                        file,
                        pointer,
                        format!("`{name}` is defined differently at {other}#{there}"),
                        "a full name is one type: make the definitions equal, rename one of them, or \
                         generate the files as two families",
                    ));
                }
                return;
            }
            let (file, pointer, schema) = (file.to_owned(), pointer.to_owned(), schema.clone());
            let defined = Defined { file, pointer, name: name.clone(), schema, form };
            self.by_name.insert(name.to_string(), defined);
        });
        problems
    }

    /// Returns the full names whose last part is `name`.
    pub(super) fn namesakes<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.by_name.keys().map(String::as_str).filter(move |full| last_part(full) == name)
    }
}

/// Returns the part of a full name after the last dot.
pub(super) fn last_part(full_name: &str) -> &str {
    full_name.rsplit('.').next().unwrap_or(full_name)
}

/// Returns whether a type is a named one. An `error` is a record that a protocol's messages may fail with.
pub(super) fn is_named(kind: &str) -> bool {
    matches!(kind, "record" | "error" | "enum" | "fixed")
}

/// Returns the name that a definition has inside of a namespace.
pub(super) fn name_of(schema: &Tree, namespace: &str) -> Option<FullName> {
    let text = |key| schema.get(key).and_then(Tree::text);
    text("type").filter(|kind| is_named(kind))?;
    FullName::define(text("name")?, text("namespace"), namespace).ok()
}

/// Returns whether a member of a schema object of some type is a schema.
pub(super) fn is_inner(kind: &str, key: &str, value: &Tree) -> bool {
    match key {
        "type" => matches!(value, Tree::Object(_) | Tree::Array(_)),
        "items" => kind == "array",
        "values" => kind == "map",
        _ => false,
    }
}

/// Visits each definition of a schema, with its name and its pointer.
fn each(
    schema: &Tree,
    namespace: &str,
    pointer: &str,
    visit: &mut impl FnMut(&FullName, &Tree, &str),
) {
    if let Some(branches) = schema.items() {
        for (index, branch) in branches.iter().enumerate() {
            each(branch, namespace, &format!("{pointer}/{index}"), visit);
        }
        return;
    }
    let name = name_of(schema, namespace);
    if let Some(name) = &name {
        visit(name, schema, pointer);
    }
    let namespace = name.as_ref().map_or(namespace, |name| &name.namespace);
    let kind = schema.get("type").and_then(Tree::text).unwrap_or_default();
    for (key, inner) in schema.members().unwrap_or_default() {
        match (key.as_str(), inner) {
            (key, _) if is_inner(kind, key, inner) => {
                each(inner, namespace, &format!("{pointer}/{}", escape(key)), visit);
            }
            ("fields", Tree::Array(fields)) if name.is_some() => {
                for (index, field) in fields.iter().enumerate() {
                    if let Some(ty) = field.get("type") {
                        each(ty, namespace, &format!("{pointer}/fields/{index}/type"), visit);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the parts of a definition that make a type: its canonical form, with logical types and
/// defaults. A type inside of it is its name, since it is compared by itself.
fn form(schema: &Tree, name: &FullName) -> Tree {
    let attribute = |key: &str| Some((key.to_owned(), schema.get(key)?.clone()));
    let fields = schema.get("fields").and_then(Tree::items).map(|fields| {
        let field = |field: &Tree| {
            let ty = field.get("type").map(|ty| inner_form(ty, &name.namespace));
            let parts = [
                ("name", field.get("name").cloned()),
                ("type", ty),
                ("default", field.get("default").cloned()),
            ];
            members(parts)
        };
        ("fields".to_owned(), Tree::Array(fields.iter().map(field).collect()))
    });
    let kind = schema.get("type").and_then(Tree::text).unwrap_or_default();
    let kind = if kind == "error" { "record" } else { kind };
    let parts = ["symbols", "size", "default", "logicalType", "precision", "scale"];
    let kind = Some(("type".to_owned(), Tree::String(kind.to_owned())));
    let parts = parts.into_iter().map(attribute);
    Tree::Object([kind, fields].into_iter().chain(parts).flatten().collect())
}

fn inner_form(schema: &Tree, namespace: &str) -> Tree {
    let schema = unwrapped(schema);
    match schema {
        Tree::String(name) => Tree::String(match Primitive::named(name) {
            Some(_) => name.clone(),
            None => FullName::refer(name, namespace).to_string(),
        }),
        Tree::Array(branches) => {
            Tree::Array(branches.iter().map(|branch| inner_form(branch, namespace)).collect())
        }
        Tree::Object(_) => {
            if let Some(name) = name_of(schema, namespace) {
                return Tree::String(name.to_string());
            }
            let inner = |key| schema.get(key).map(|inner| inner_form(inner, namespace));
            let attribute = |key| schema.get(key).cloned();
            let kind = schema.get("type").map(|kind| match kind.text() {
                Some("array" | "map") | None => kind.clone(),
                Some(_) => inner_form(kind, namespace),
            });
            let form = members([
                ("type", kind),
                ("items", inner("items")),
                ("values", inner("values")),
                ("logicalType", attribute("logicalType")),
                ("precision", attribute("precision")),
                ("scale", attribute("scale")),
            ]);
            // `{"type": "int"}` is `"int"`.
            match form {
                Tree::Object(mut members) if members.len() == 1 => members.remove(0).1,
                form => form,
            }
        }
        other => other.clone(),
    }
}

/// Returns an object of the members that have a value.
fn members<const N: usize>(members: [(&str, Option<Tree>); N]) -> Tree {
    let members = members.into_iter();
    Tree::Object(members.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}
