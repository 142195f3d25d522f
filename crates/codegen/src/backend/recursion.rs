//! Where a type contains itself and must be boxed.

use super::Context;
use crate::model::{DefinitionId, Shape, Type};
use std::collections::BTreeSet;

impl Context<'_> {
    /// Whether a value of `ty` inside `owner` may hold another `owner` without a list or a map
    /// in between.
    pub(super) fn is_boxed(&self, owner: DefinitionId, ty: &Type) -> bool {
        let Type::Definition(start) = ty else { return false };
        let mut seen = BTreeSet::new();
        let mut queue = vec![*start];
        while let Some(id) = queue.pop() {
            if id == owner {
                return true;
            }
            if seen.insert(id) {
                queue.extend(self.inline(id));
            }
        }
        false
    }

    /// The definitions whose values are stored in place.
    fn inline(&self, id: DefinitionId) -> Vec<DefinitionId> {
        let slots: Vec<_> = match &self.model[id].shape {
            Shape::Record(record) => record.fields.iter().map(|field| &field.slot).collect(),
            Shape::Union(union) => union.branches.iter().map(|branch| &branch.slot).collect(),
            Shape::Enum(_) | Shape::Text(_) => Vec::new(),
        };
        slots
            .into_iter()
            .filter_map(|slot| match slot.ty {
                Type::Definition(id) => Some(id),
                _ => None,
            })
            .collect()
    }
}
