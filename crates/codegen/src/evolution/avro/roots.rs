//! The schemas of a version: the one of a file, those of a protocol, or one inside another document.

use super::super::version::Version;
use crate::error::Problem;
use crate::frontend::avro::{self, Collection, Completed};
use crate::model::Model;
use crate::tree::Tree;

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

    pub(super) fn text(&self, key: &str) -> &str {
        self.completed.schema.get(key).and_then(Tree::text).unwrap_or_default()
    }

    /// Returns the name without its namespace, which is empty for a type without a name.
    pub(super) fn name(&self) -> &str {
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
