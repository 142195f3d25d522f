//! Merges equal definitions of a family.
//!
//! * Definitions that several documents contain under one name become one type if they are equal. Those
//!   that differ move into the modules of their documents.
//! * Named Avro types with the same full name become one type ([`named`]).
//! * Enums with the same values become one type of the family. Avro enums must also have the same
//!   order.
//! * Other equal shapes become one type if they have the same explicit name.

mod named;

use crate::equal::Classes;
use crate::model::{Definition, DefinitionId, Model, Scope, Shape, Slot, Type};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Merges equal definitions and chooses the module of each.
pub(crate) fn unify(model: &mut Model) {
    let target = named::targets(model);
    compact(model, &target);
    merge_named(model);
    merge_enums(model);
    separate_named(model);
}

/// Merges the equal definitions that documents contain under one name, with what is inside them.
fn merge_named(model: &mut Model) {
    let mut target: Vec<usize> = (0..model.definitions.len()).collect();
    for (index, definition) in model.definitions.iter().enumerate() {
        // Another name that differs from the first at most in its spelling.
        if let Shape::Alias(Slot { ty: Type::Definition(id), nullable: false, .. }) =
            definition.shape
            && model[id].scope == Scope::Family
            && name_key(definition) == name_key(&model[id])
        {
            target[index] = id.0;
        }
    }
    let repeated: Vec<Vec<usize>> = named_alike(model)
        .into_iter()
        .map(|group| group.into_iter().filter(|index| target[*index] == *index).collect())
        .filter(|group: &Vec<usize>| group.len() > 1)
        .collect();
    if !repeated.is_empty() {
        let classes = Classes::of(model);
        for group in repeated {
            let mut first: HashMap<usize, usize> = HashMap::new();
            for later in group {
                let earlier = *first.entry(classes.definitions[later]).or_insert(later);
                merge_inside(model, later, earlier, &mut target);
            }
        }
    }
    compact(model, &target);
}

/// Merges two equal definitions, and the definitions at the same places inside them that have no name of
/// their own.
fn merge_inside(model: &Model, later: usize, earlier: usize, target: &mut [usize]) {
    let mut pairs = vec![(later, earlier)];
    while let Some((later, earlier)) = pairs.pop() {
        if later == earlier || target[later] != later {
            continue;
        }
        target[later] = earlier;
        let inside = |index: usize| {
            let slots = model.definitions[index].shape.slots().into_iter();
            slots.flat_map(|slot| slot.ty.definitions())
        };
        let both = inside(later).zip(inside(earlier)).map(|(later, earlier)| (later.0, earlier.0));
        pairs.extend(both.filter(|(later, _)| !model.definitions[*later].is_named));
    }
}

/// Moves the definitions of several documents that share a name into the modules of their documents.
fn separate_named(model: &mut Model) {
    let roots: BTreeSet<String> =
        model.contracts.iter().map(|contract| name_key(&model[contract.root])).collect();
    for group in named_alike(model) {
        let is_event = roots.contains(&name_key(&model.definitions[group[0]]));
        let files: BTreeSet<&str> =
            group.iter().map(|index| model.definitions[*index].file.as_str()).collect();
        if files.len() > 1 || is_event {
            for index in group {
                let file = model.definitions[index].file.clone();
                model.definitions[index].scope = Scope::Module(model.module(&file));
            }
        }
    }
}

/// Returns the named JSON definitions of each name, in the order of files and pointers.
fn named_alike(model: &Model) -> Vec<Vec<usize>> {
    let roots: HashSet<usize> = model.contracts.iter().map(|contract| contract.root.0).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, definition) in model.definitions.iter().enumerate() {
        // The full name of an Avro type is one definition already.
        if definition.is_named && definition.full_name.is_none() && !roots.contains(&index) {
            groups.entry(name_key(definition)).or_default().push(index);
        }
    }
    for group in groups.values_mut() {
        group.sort_by_key(|index| {
            let definition = &model.definitions[*index];
            (&definition.file, &definition.pointer)
        });
    }
    groups.into_values().collect()
}

/// Returns a name without what spellings differ in: case and separators.
fn name_key(definition: &Definition) -> String {
    let name = definition.explicit_name.as_ref().unwrap_or(&definition.hint);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Merges equal enums, and other equal shapes with the same explicit name; moves enums to the module of
/// the family.
fn merge_enums(model: &mut Model) {
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
        for slot in definition.shape.slots_mut() {
            slot.redirect(&moved, &|rule| rule);
        }
    }
    for contract in &mut model.contracts {
        contract.root = moved(contract.root);
    }
    for module in &mut model.modules {
        module.root = module.root.map(moved);
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
