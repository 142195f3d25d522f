//! The changes of both directions, each once.

use super::super::change::Change;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The changes of both directions.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) list: Vec<Change>,
    /// Indices by places and description.
    index: HashMap<(Option<String>, Option<String>, String), usize>,
}

impl Changes {
    /// Adds a change, or merges it into the same change of the other direction.
    pub(super) fn merge(&mut self, change: Change) {
        let key = (change.pointer_old.clone(), change.pointer_new.clone(), change.what.clone());
        match self.index.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(self.list.len());
                self.list.push(change);
            }
            Entry::Occupied(entry) => {
                let known = &mut self.list[*entry.get()];
                if known.breaks.is_none() {
                    known.why = change.why;
                } else if !change.breaks.is_none() && known.why != change.why {
                    known.why = format!("{}; {}", known.why, change.why);
                }
                known.breaks = known.breaks.or(change.breaks);
            }
        }
    }
}
