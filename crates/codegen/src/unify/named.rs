//! Named Avro types of several contracts: one type for each full name.
//!
//! The frontend has refused a name that is defined differently in two places.

use crate::model::{Assertion, DefinitionId, Model, RuleId, Shape, Slot, Type};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Returns the definition that takes the place of each one. Rules follow their definitions.
pub(super) fn targets(model: &mut Model) -> Vec<usize> {
    let mut target: Vec<usize> = (0..model.definitions.len()).collect();
    let roots: HashSet<usize> = model.contracts.iter().map(|contract| contract.root.0).collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, definition) in model.definitions.iter().enumerate() {
        if let Some(name) = &definition.full_name {
            groups.entry(name).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        // An event keeps its place. Otherwise names must not depend on the order of files.
        group.sort_by_key(|index| {
            let definition = &model.definitions[*index];
            (!roots.contains(index), &definition.file, &definition.pointer)
        });
        pairs.extend(group[1..].iter().map(|later| (group[0], *later)));
    }
    let mut rules = HashMap::new();
    for (kept, twin) in pairs {
        merge(model, kept, twin, &mut target, &mut rules);
    }
    let inner = model.rules.iter_mut().flat_map(|rule| &mut rule.assertions);
    for rule in inner.flat_map(Assertion::rules_mut) {
        if let Some(kept) = rules.get(rule) {
            *rule = *kept;
        }
    }
    target
}

/// Merges a definition into an equal one, with the unions inside of it.
fn merge(
    model: &Model,
    kept: usize,
    twin: usize,
    target: &mut [usize],
    rules: &mut HashMap<RuleId, RuleId>,
) {
    let mut open = vec![(kept, twin)];
    while let Some((kept, twin)) = open.pop() {
        if kept == twin || target[twin] != twin {
            continue;
        }
        target[twin] = kept;
        let [of_kept, of_twin] = [kept, twin].map(|index| &model.definitions[index]);
        rules.insert(of_twin.rule, of_kept.rule);
        let (kept, twin) = (of_kept.shape.slots(), of_twin.shape.slots());
        for (kept, twin) in kept.into_iter().zip(twin) {
            if let (Some(DefinitionId(kept)), Some(DefinitionId(twin))) = (inner(kept), inner(twin))
                && matches!(model.definitions[twin].shape, Shape::Union(_))
                && matches!(model.definitions[kept].shape, Shape::Union(_))
            {
                open.push((kept, twin));
            }
        }
    }
}

/// Returns the definition of a slot, or of what its lists and maps hold.
fn inner(slot: &Slot) -> Option<DefinitionId> {
    let mut ty = &slot.ty;
    while let Type::Array(inner) | Type::Map(inner) = ty {
        ty = &inner.ty;
    }
    match ty {
        Type::Definition(id) => Some(*id),
        _ => None,
    }
}
