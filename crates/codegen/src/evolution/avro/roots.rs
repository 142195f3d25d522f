//! The schemas of a version: the one of a file, those of a protocol, or one inside another document.

use super::super::change::{Breaks, Change};
use super::super::version::Version;
use super::between;
use crate::error::Problem;
use crate::frontend::avro::{self, Collection, Completed};
use crate::model::Model;
use crate::tree::Tree;
use std::collections::HashMap;

/// A schema with the types of other files that it refers to.
pub(in super::super) struct Root {
    /// The file that is compared.
    file: String,
    /// The pointer of the schema in its file.
    pub(super) place: String,
    pub(super) completed: Completed,
}

impl Root {
    /// Returns the valid schema at a pointer of a file.
    pub(in super::super) fn of(
        file: &str,
        place: &str,
        schema: &Tree,
        types: &Collection,
    ) -> Result<Self, Vec<Problem>> {
        let (mut model, schemas) = (Model::default(), (schema, schema));
        avro::read_at(file, place, file, schemas, types, &mut model)?;
        Ok(Self::valid(file, place, schema, types))
    }

    /// Returns a schema that was found valid before.
    pub(in super::super) fn valid(
        file: &str,
        place: &str,
        schema: &Tree,
        types: &Collection,
    ) -> Self {
        let completed = types.completed(place, schema);
        Self { file: file.to_owned(), place: place.to_owned(), completed }
    }

    /// Returns the pointer at which a part was written, or `None` if another file has it.
    pub(super) fn written(&self, pointer: String) -> Option<String> {
        match self.completed.origin(&pointer) {
            None => Some(pointer),
            Some((file, origin)) => (file == self.file).then_some(origin),
        }
    }

    fn text(&self, key: &str) -> &str {
        self.completed.schema.get(key).and_then(Tree::text).unwrap_or_default()
    }

    /// Returns the name without its namespace, which is empty for a type without a name.
    fn name(&self) -> &str {
        let name = self.text("name");
        name.rsplit('.').next().unwrap_or(name)
    }
}

/// The schemas of a version.
pub(super) struct Roots(pub(super) Vec<Root>);

impl Roots {
    pub(super) fn of(version: &Version<'_>) -> Result<Self, Vec<Problem>> {
        let types = version.avro_types()?;
        let file = version.name();
        let schemas = version.file.avro_schemas().map_err(|problem| vec![problem])?;
        let mut roots = Vec::with_capacity(schemas.len());
        let mut problems = Vec::new();
        for (place, schema) in &schemas {
            match Root::of(file, place, schema, &types) {
                Ok(root) => roots.push(root),
                Err(more) => problems.extend(more),
            }
        }
        if problems.is_empty() { Ok(Self(roots)) } else { Err(problems) }
    }
}

/// Returns the changes between the types of two protocols, or of a protocol and a schema.
pub(super) fn types(old: &Roots, new: &Roots) -> Vec<Change> {
    let by_name = |roots: &Roots| -> HashMap<String, usize> {
        let names = roots.0.iter().enumerate().rev();
        names.map(|(index, root)| (root.name().to_owned(), index)).collect()
    };
    let (of_old, of_new) = (by_name(old), by_name(new));
    let mut changes: Vec<Change> = Vec::new();
    let alone = |root: &Root, added: bool| {
        let verb = if added { "added" } else { "removed" };
        let what = format!("the {} `{}` was {verb}", root.text("type"), root.name());
        let pointer = root.written(root.place.clone());
        let is_event = !matches!(root.text("type"), "enum" | "fixed");
        let (breaks, why) = match (added, is_event) {
            (true, _) => (Breaks::NONE, "no data of the old version has this type"),
            (false, false) => (Breaks::NONE, "it is a part of other types, which are compared"),
            (false, true) => {
                (Breaks { readers: false, writers: true }, "the new version cannot read its data")
            }
        };
        let pointers = if added { (None, pointer) } else { (pointer, None) };
        let mut change = Change::new(pointers, what, breaks, why);
        change.gone = !added;
        change
    };
    for root in &old.0 {
        match of_new.get(root.name()) {
            // A part of several types is listed once.
            Some(index) => changes.extend(between(root, &new.0[*index])),
            None => changes.push(alone(root, false)),
        }
    }
    let added = new.0.iter().filter(|root| !of_old.contains_key(root.name()));
    changes.extend(added.map(|root| alone(root, true)));
    let mut seen = std::collections::HashSet::new();
    changes.retain(|change| {
        let Change { pointer_old, pointer_new, what, .. } = change;
        let is_elsewhere = pointer_old.is_none() && pointer_new.is_none();
        is_elsewhere || seen.insert((pointer_old.clone(), pointer_new.clone(), what.clone()))
    });
    changes
}
