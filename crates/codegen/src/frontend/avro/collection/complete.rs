//! Completion of a schema by definitions of other files.

use super::{Definitions, each, is_inner, is_named, name_of};
use crate::error::Problem;
use crate::frontend::avro::names::FullName;
use crate::frontend::avro::nesting::{self, is_deeper_than};
use crate::frontend::avro::primitive::Primitive;
use crate::model::{DefinitionId, Model, RuleId};
use crate::tree::Tree;
use std::collections::HashSet;

/// Levels of completed schemas. A schema of fewer levels is refused by the limit of all schemas.
const MAX_DEPTH: usize = 256;

/// A schema that defines every type it refers to, as far as the types are known.
pub(crate) struct Completed {
    pub(crate) schema: Tree,
    /// The pointers of inserted definitions, and the file and pointer that each comes from.
    inserted: Vec<(String, String, String)>,
}

impl Definitions {
    /// Inserts the definitions that a schema refers to and does not define.
    pub(in super::super) fn complete(&self, place: &str, schema: &Tree) -> Completed {
        if is_deeper_than(nesting::MAX_DEPTH, schema) {
            return Completed { schema: schema.clone(), inserted: Vec::new() };
        }
        let mut own = HashSet::new();
        each(schema, "", "", &mut |name, _, _| {
            own.insert(name.to_string());
        });
        let mut completion = Completion {
            definitions: self,
            own,
            defined: HashSet::new(),
            taken: HashSet::new(),
            inserted: Vec::new(),
            level: 0,
        };
        let schema = completion.schema(schema, "", place, 0);
        Completed { schema, inserted: completion.inserted }
    }
}

impl Completed {
    /// Returns file and pointer of what an insertion brought to a pointer, or `None` for other places.
    pub(crate) fn origin(&self, pointer: &str) -> Option<(&str, String)> {
        let inserted = self.inserted.iter().filter_map(|(place, file, there)| {
            let rest = pointer.strip_prefix(place.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some((place.len(), file, there, rest))
        });
        let (_, file, there, rest) = inserted.max_by_key(|(len, ..)| *len)?;
        Some((file.as_str(), format!("{there}{rest}")))
    }

    /// Moves problems to the files that the inserted definitions come from.
    pub(in super::super) fn place_problems(&self, problems: &mut [Problem]) {
        for problem in problems {
            if let Some((file, pointer)) = self.origin(&problem.pointer) {
                (problem.file, problem.pointer) = (file.to_owned(), pointer);
            }
        }
    }

    /// Moves definitions and rules of the model, from the given ones on, to the files that they come from.
    pub(in super::super) fn place(&self, model: &mut Model, from: (DefinitionId, RuleId)) {
        for definition in &mut model.definitions[from.0.0..] {
            if let Some((file, pointer)) = self.origin(&definition.pointer) {
                (definition.file, definition.pointer) = (file.to_owned(), pointer);
            }
        }
        for rule in &mut model.rules[from.1.0..] {
            if let Some((file, pointer)) = self.origin(&rule.pointer) {
                rule.pointer = format!("{file}#{pointer}");
            }
        }
    }
}

struct Completion<'d> {
    definitions: &'d Definitions,
    /// The names that the schema itself defines.
    own: HashSet<String>,
    /// The names that are defined so far.
    defined: HashSet<String>,
    /// Those of them that were inserted.
    taken: HashSet<String>,
    inserted: Vec<(String, String, String)>,
    /// Number of insertions around the current schema.
    level: usize,
}

impl Completion<'_> {
    fn schema(&mut self, schema: &Tree, namespace: &str, place: &str, depth: usize) -> Tree {
        match schema {
            Tree::String(name) => {
                self.definition(name, namespace, place, depth).unwrap_or_else(|| schema.clone())
            }
            Tree::Array(branches) => Tree::Array(
                (0..)
                    .zip(branches)
                    .map(|(index, branch): (usize, _)| {
                        self.schema(branch, namespace, &format!("{place}/{index}"), depth + 1)
                    })
                    .collect(),
            ),
            Tree::Object(_) => self.object(schema, namespace, place, depth),
            other => other.clone(),
        }
    }

    fn object(&mut self, schema: &Tree, namespace: &str, place: &str, depth: usize) -> Tree {
        let kind = schema.get("type").and_then(Tree::text).unwrap_or_default();
        let own = name_of(schema, namespace);
        if let Some(name) = &own {
            let full_name = name.to_string();
            // A name without a namespace cannot be written inside of one.
            let can_be_named = !name.namespace.is_empty() || namespace.is_empty();
            let is_repeated = !self.defined.insert(full_name.clone());
            if is_repeated && can_be_named && (self.level > 0 || self.taken.contains(&full_name)) {
                return Tree::String(full_name);
            }
            if self.level > 0 {
                self.taken.insert(full_name);
            }
        }
        let is_reference = !matches!(kind, "" | "array" | "map") && !is_named(kind);
        if is_reference && let Some(mut definition) = self.definition(kind, namespace, place, depth)
        {
            if let (Tree::Object(members), Some(name)) =
                (&mut definition, schema.get("x-rust-variant"))
            {
                members.retain(|(key, _)| key != "x-rust-variant");
                members.push(("x-rust-variant".to_owned(), name.clone()));
            }
            return definition;
        }
        let namespace = own.as_ref().map_or(namespace, |name| &name.namespace);
        let member = |(key, value): &(String, Tree)| {
            let value = match (key.as_str(), value) {
                (key, _) if is_inner(kind, key, value) => {
                    self.schema(value, namespace, &format!("{place}/{key}"), depth + 1)
                }
                ("fields", Tree::Array(fields)) => {
                    self.fields(fields, namespace, &format!("{place}/{key}"), depth + 1)
                }
                _ => value.clone(),
            };
            (key.clone(), value)
        };
        Tree::Object(schema.members().unwrap_or_default().iter().map(member).collect())
    }

    fn fields(&mut self, fields: &[Tree], namespace: &str, place: &str, depth: usize) -> Tree {
        let field = |(index, field): (usize, &Tree)| match field {
            Tree::Object(members) => {
                let member = |(key, value): &(String, Tree)| match key.as_str() {
                    "type" => {
                        let place = format!("{place}/{index}/type");
                        (key.clone(), self.schema(value, namespace, &place, depth + 2))
                    }
                    _ => (key.clone(), value.clone()),
                };
                Tree::Object(members.iter().map(member).collect())
            }
            other => other.clone(),
        };
        Tree::Array(fields.iter().enumerate().map(field).collect())
    }

    /// Returns the definition of a name that is used for the first time, if another file has it.
    fn definition(
        &mut self,
        name: &str,
        namespace: &str,
        place: &str,
        depth: usize,
    ) -> Option<Tree> {
        if Primitive::named(name).is_some() || depth > MAX_DEPTH {
            return None;
        }
        let full_name = FullName::refer(name, namespace).to_string();
        // A schema must define its own names before it uses them.
        let is_own = self.level == 0 && self.own.contains(&full_name);
        if is_own || self.defined.contains(&full_name) {
            return None;
        }
        let first = self.definitions.by_name.get(&full_name)?;
        let origin = (place.to_owned(), first.file.clone(), first.pointer.clone());
        self.inserted.push(origin);
        self.level += 1;
        let definition = self.object(&with_full_name(&first.schema, &first.name), "", place, depth);
        self.level -= 1;
        Some(definition)
    }
}

/// Returns a definition that has the same name in every namespace.
fn with_full_name(definition: &Tree, name: &FullName) -> Tree {
    let members = definition.members().unwrap_or_default().iter();
    let mut members: Vec<_> = members.filter(|(key, _)| key != "namespace").cloned().collect();
    for (key, value) in &mut members {
        if key == "name" {
            *value = Tree::String(name.name.clone());
        }
    }
    members.push(("namespace".to_owned(), Tree::String(name.namespace.clone())));
    Tree::Object(members)
}
