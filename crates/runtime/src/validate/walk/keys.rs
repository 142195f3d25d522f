//! The keys of one object.

use std::borrow::Cow;
use std::collections::HashSet;

/// Number of keys that are compared one by one, which costs less than hashing them. Further keys go into a
/// table, so the time stays linear in their number.
const FEW: usize = 32;

/// A set of keys.
pub(super) struct Keys<'a> {
    few: Vec<Cow<'a, str>>,
    others: HashSet<Cow<'a, str>>,
}

impl<'a> Keys<'a> {
    pub(super) fn with_room() -> Self {
        Self { few: Vec::with_capacity(FEW), others: HashSet::new() }
    }

    /// Adds a key; returns it if it is already present.
    pub(super) fn insert(&mut self, key: Cow<'a, str>) -> Result<(), Cow<'a, str>> {
        if self.contains(&key) {
            return Err(key);
        }
        if self.few.len() < FEW {
            self.few.push(key);
        } else {
            self.others.insert(key);
        }
        Ok(())
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.few.iter().any(|known| known == key)
            || (!self.others.is_empty() && self.others.contains(key))
    }

    pub(super) fn len(&self) -> usize {
        self.few.len() + self.others.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.few.iter().chain(&self.others).map(|key| &**key)
    }

    pub(super) fn clear(&mut self) {
        self.few.clear();
        self.others.clear();
    }
}
