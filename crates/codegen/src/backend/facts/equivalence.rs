//! Types whose equality is an equivalence.

use crate::model::{DefinitionId, Model, Type};
use std::collections::HashSet;

/// Returns whether equality of such values may not be an equivalence: because of binary floating point, or of
/// types of other crates.
pub(in crate::backend) fn lacks_equivalence(model: &Model, id: DefinitionId) -> bool {
    search(model, id, &mut HashSet::new())
}

fn search(model: &Model, id: DefinitionId, seen: &mut HashSet<DefinitionId>) -> bool {
    if !seen.insert(id) {
        return false;
    }
    model[id].shape.slots().into_iter().any(|slot| {
        let mut ty = &slot.ty;
        while let Type::Array(inner) | Type::Map(inner) = ty {
            ty = &inner.ty;
        }
        match ty {
            Type::Float | Type::Double | Type::External(_) => true,
            Type::Definition(id) => search(model, *id, seen),
            _ => false,
        }
    })
}
