//! Merges equal definitions of a family.
//!
//! * Named Avro types with the same full name become one type ([`named`]).
//! * Enums with the same values become one type of the family. Avro enums must also have the same
//!   order.
//! * Other equal shapes become one type if they have the same explicit name.

mod named;

use crate::model::{Definition, DefinitionId, Model, Rest, Scope, Shape, Slot, Type};
use std::collections::{HashMap, HashSet};

/// Merges equal definitions and moves enums to the module of the family.
pub(crate) fn unify(model: &mut Model) {
    let target = named::targets(model);
    compact(model, &target);
    // A definition that the contract names is kept, otherwise the first in the order of files and
    // pointers, so that names do not depend on the input order.
    let mut order: Vec<usize> = (0..model.definitions.len()).collect();
    order.sort_by_key(|index| {
        let definition = &model.definitions[*index];
        (!has_own_name(definition), &definition.file, &definition.pointer)
    });
    let roots: HashSet<usize> = model.contracts.iter().map(|contract| contract.root.0).collect();
    let mut target: Vec<usize> = (0..model.definitions.len()).collect();
    let mut first: HashMap<MergeKey<'_>, Vec<usize>> = HashMap::new();
    for later in order {
        let Some(key) = MergeKey::of(&model.definitions[later]) else { continue };
        let candidates = first.entry(key).or_default();
        let same = candidates.iter().find(|earlier| {
            // Two events are two types even if their shapes are equal.
            let both_events = roots.contains(earlier) && roots.contains(&later);
            !both_events && can_merge(&model.definitions[**earlier], &model.definitions[later])
        });
        match same {
            Some(earlier) => target[later] = *earlier,
            None => candidates.push(later),
        }
    }
    for definition in &mut model.definitions {
        if matches!(definition.shape, Shape::Enum(_)) {
            definition.scope = Scope::Family;
        }
    }
    compact(model, &target);
}

/// A key that mergeable definitions share, which avoids comparing all pairs.
#[derive(PartialEq, Eq, Hash)]
enum MergeKey<'m> {
    Values(Vec<&'m str>, bool),
    Named(&'m str, Scope),
}

impl<'m> MergeKey<'m> {
    /// Returns `None` for a definition that is never merged.
    fn of(definition: &'m Definition) -> Option<Self> {
        match &definition.shape {
            Shape::Enum(values) => {
                let mut texts: Vec<&str> = values.values.iter().map(String::as_str).collect();
                texts.sort_unstable();
                Some(Self::Values(texts, values.open))
            }
            _ => Some(Self::Named(definition.explicit_name.as_deref()?, definition.scope)),
        }
    }
}

/// Returns whether the contract names the shape, instead of describing it inline.
fn has_own_name(definition: &Definition) -> bool {
    let around = definition.pointer.rsplit('/').nth(1);
    matches!(around, Some("definitions" | "$defs" | "schemas"))
}

fn can_merge(earlier: &Definition, later: &Definition) -> bool {
    // Each one has further assertions of its own.
    if earlier.is_verified || later.is_verified {
        return false;
    }
    match (&earlier.shape, &later.shape) {
        (Shape::Enum(a), Shape::Enum(b)) => {
            let names = (&earlier.explicit_name, &later.explicit_name);
            let named_apart = matches!(names, (Some(a), Some(b)) if a != b);
            let mut values = (a.values.clone(), b.values.clone());
            // In Avro's binary encoding a symbol is written as its index.
            if earlier.full_name.is_none() && later.full_name.is_none() {
                values.0.sort();
                values.1.sort();
            }
            values.0 == values.1 && a.open == b.open && !named_apart
        }
        (a, b) => {
            earlier.explicit_name.is_some()
                && earlier.explicit_name == later.explicit_name
                && earlier.scope == later.scope
                && a == b
        }
    }
}

/// Removes merged definitions and redirects every reference to them.
fn compact(model: &mut Model, target: &[usize]) {
    let mut new_index = vec![0; target.len()];
    let (mut kept, mut twins) = (Vec::new(), Vec::new());
    for (old, definition) in std::mem::take(&mut model.definitions).into_iter().enumerate() {
        if target[old] == old {
            new_index[old] = kept.len();
            kept.push(definition);
        } else {
            twins.push((target[old], definition));
        }
    }
    // Definitions of earlier mergers have moved.
    for (id, places) in std::mem::take(&mut model.twins) {
        let id = DefinitionId(new_index[target[id.0]]);
        model.twins.entry(id).or_default().extend(places);
    }
    twins.sort_by(|(_, a), (_, b)| (&a.file, &a.pointer).cmp(&(&b.file, &b.pointer)));
    for (old, twin) in twins {
        let there = (twin.file.clone(), twin.pointer.clone());
        let kept_there = &kept[new_index[old]];
        if there != (kept_there.file.clone(), kept_there.pointer.clone()) {
            model.twins.entry(DefinitionId(new_index[old])).or_default().push(there);
        }
        adopt(&mut kept[new_index[old]], twin);
    }
    let moved = |id: DefinitionId| DefinitionId(new_index[target[id.0]]);
    for definition in &mut kept {
        definition.parent = definition.parent.map(moved);
        match &mut definition.shape {
            Shape::Record(record) => {
                record.fields.iter_mut().for_each(|field| redirect(&mut field.slot, &moved));
                if let Rest::Typed(slot) = &mut record.rest {
                    redirect(slot, &moved);
                }
            }
            Shape::Union(union) => {
                union.branches.iter_mut().for_each(|branch| redirect(&mut branch.slot, &moved));
            }
            Shape::Newtype(slot) => redirect(slot, &moved),
            Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => {}
        }
    }
    for contract in &mut model.contracts {
        contract.root = moved(contract.root);
    }
    for parameter in model.channels.iter_mut().flat_map(|channel| &mut channel.parameters) {
        parameter.values = parameter.values.map(moved);
    }
    model.definitions = kept;
}

/// Copies names and documentation that only the merged definition has.
fn adopt(kept: &mut Definition, twin: Definition) {
    kept.explicit_name = kept.explicit_name.take().or(twin.explicit_name);
    kept.full_name = kept.full_name.take().or(twin.full_name);
    kept.docs.title = kept.docs.title.take().or(twin.docs.title);
    kept.docs.description = kept.docs.description.take().or(twin.docs.description);
}

fn redirect(slot: &mut Slot, moved: &impl Fn(DefinitionId) -> DefinitionId) {
    match &mut slot.ty {
        Type::Definition(id) => *id = moved(*id),
        Type::Array(inner) | Type::Map(inner) => redirect(inner, moved),
        Type::Tuple(items) => items.iter_mut().for_each(|item| redirect(item, moved)),
        Type::External(external) => {
            external.parameters.iter_mut().for_each(|slot| redirect(slot, moved));
        }
        _ => {}
    }
}
