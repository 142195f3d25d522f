//! Comparison of the types of protocols.

use super::super::change::{Breaks, Change};
use super::resolution::between;
use super::roots::{Root, Roots};
use std::collections::{HashMap, HashSet};

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
    let mut seen = HashSet::new();
    changes.retain(|change| {
        let Change { pointer_old, pointer_new, what, .. } = change;
        let is_elsewhere = pointer_old.is_none() && pointer_new.is_none();
        is_elsewhere || seen.insert((pointer_old.clone(), pointer_new.clone(), what.clone()))
    });
    changes
}
