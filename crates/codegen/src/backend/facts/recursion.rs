//! Detection of recursive types, which need boxes.

use crate::model::{DefinitionId, Model, Shape, Type};
use std::collections::HashSet;

/// The branches of unions that contain their own union.
///
/// Cycles through a union are boxed there, so that fields of the union's type need no second box.
pub(in crate::backend) struct Recursion {
    boxed_branches: HashSet<(DefinitionId, DefinitionId)>,
}

impl Recursion {
    pub(in crate::backend) fn find(model: &Model) -> Self {
        let mut boxed_branches = HashSet::new();
        let unions = (0..model.definitions.len()).map(DefinitionId);
        for union in unions.filter(|id| matches!(model[*id].shape, Shape::Union(_))) {
            for branch in inline(model, union) {
                if leads_to(branch, union, |id| inline(model, id)) {
                    boxed_branches.insert((union, branch));
                }
            }
        }
        Self { boxed_branches }
    }

    /// Returns whether a value of `ty` inside `owner` may contain another `owner` without a list, a map
    /// or another box in between.
    pub(in crate::backend) fn is_boxed(
        &self,
        model: &Model,
        owner: DefinitionId,
        ty: &Type,
    ) -> bool {
        let Type::Definition(start) = *ty else { return false };
        let boxed = &self.boxed_branches;
        if matches!(model[owner].shape, Shape::Union(_)) {
            return boxed.contains(&(owner, start));
        }
        leads_to(start, owner, |id| {
            let mut inner = inline(model, id);
            inner.retain(|inner| !boxed.contains(&(id, *inner)));
            inner
        })
    }
}

fn leads_to(
    start: DefinitionId,
    end: DefinitionId,
    inline: impl Fn(DefinitionId) -> Vec<DefinitionId>,
) -> bool {
    let mut seen = HashSet::new();
    let mut queue = vec![start];
    while let Some(id) = queue.pop() {
        if id == end {
            return true;
        }
        if seen.insert(id) {
            queue.extend(inline(id));
        }
    }
    false
}

/// Returns the definitions whose values are stored inline.
fn inline(model: &Model, id: DefinitionId) -> Vec<DefinitionId> {
    let slots: Vec<_> = match &model[id].shape {
        Shape::Record(record) => record.fields.iter().map(|field| &field.slot).collect(),
        Shape::Union(union) => union.branches.iter().map(|branch| &branch.slot).collect(),
        Shape::Newtype(slot) | Shape::Alias(slot) => vec![slot],
        Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => Vec::new(),
    };
    // Items of a tuple are scalars, lists or maps.
    let inner = slots.into_iter().filter_map(|slot| match slot.ty {
        Type::Definition(id) => Some(id),
        _ => None,
    });
    inner.collect()
}
