//! Lists that a walk has done with, to be filled again: it asks for some at every value, and to allocate them
//! each time would cost more than the walk.

use super::keys::Keys;
use crate::validate::schema::{Assertion, Schema};

/// An assertion and the schema that makes it.
pub(super) type Applied = (&'static Schema, &'static Assertion);

/// A list that can be emptied and used again.
pub(super) trait List {
    /// An empty one, with capacity for common sizes.
    fn with_room() -> Self;
    fn clear(&mut self);
}

impl<T> List for Vec<T> {
    fn with_room() -> Self {
        Vec::with_capacity(16)
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl List for Keys<'_> {
    fn with_room() -> Self {
        Self::with_room()
    }

    fn clear(&mut self) {
        self.clear();
    }
}

/// Lists of one kind.
pub(super) struct Stack<L>(Vec<L>);

impl<L> Default for Stack<L> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<L: List> Stack<L> {
    /// An empty list.
    pub(super) fn take(&mut self) -> L {
        self.0.pop().unwrap_or_else(L::with_room)
    }

    pub(super) fn give_back(&mut self, mut list: L) {
        list.clear();
        self.0.push(list);
    }
}

/// The reusable buffers of one walk.
#[derive(Default)]
pub(super) struct Spare<'a> {
    pub(super) applied: Stack<Vec<Applied>>,
    pub(super) schemas: Stack<Vec<&'static Schema>>,
    pub(super) keys: Stack<Keys<'a>>,
}
