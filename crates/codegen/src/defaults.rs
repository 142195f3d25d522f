//! Records that have a default as a whole: each required field has one.

use crate::judge::{Verdict, judge};
use crate::model::{DefinitionId, Model, Shape, Slot, Type};
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the records whose required fields all have defaults that make a valid value together.
pub(crate) fn records(model: &Model) -> BTreeSet<DefinitionId> {
    let mut defaults = Defaults { model, known: BTreeMap::new() };
    let all = (0..model.definitions.len()).map(DefinitionId);
    let records = all.filter(|id| matches!(model[*id].shape, Shape::Record(_)));
    records.filter(|id| defaults.definition(*id).is_some()).collect()
}

struct Defaults<'m> {
    model: &'m Model,
    /// The values of definitions; `None` for those in progress, too.
    known: BTreeMap<DefinitionId, Option<Tree>>,
}

impl Defaults<'_> {
    fn definition(&mut self, id: DefinitionId) -> Option<Tree> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        self.known.insert(id, None);
        let value = self.value(id);
        self.known.insert(id, value.clone());
        value
    }

    fn value(&mut self, id: DefinitionId) -> Option<Tree> {
        let definition = &self.model[id];
        match &definition.shape {
            // The fields of Avro have defaults of another meaning.
            Shape::Record(record) if definition.full_name.is_none() => {
                let mut members = Vec::new();
                for field in record.fields.iter().filter(|field| field.required) {
                    let value = match &field.initial {
                        Some(text) => Tree::parse(text).ok()?,
                        None => self.slot(&field.slot)?,
                    };
                    members.push((field.name.clone(), value));
                }
                let value = Tree::Object(members);
                (judge(self.model, definition.rule, &value) == Verdict::Valid).then_some(value)
            }
            Shape::Enum(values) if !values.open && values.values.len() == 1 => {
                Some(Tree::String(values.values[0].clone()))
            }
            Shape::Literals(values) if values.len() == 1 => Tree::parse(&values[0]).ok(),
            Shape::Alias(slot) => self.slot(slot),
            _ => None,
        }
    }

    fn slot(&mut self, slot: &Slot) -> Option<Tree> {
        match slot.ty {
            Type::Definition(id) if !slot.nullable => self.definition(id),
            Type::Null => Some(Tree::Null),
            _ => None,
        }
    }
}
