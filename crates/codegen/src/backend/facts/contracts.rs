//! The definitions that are events, and their contracts.

use crate::model::{Contract, Definition, DefinitionId, Model};
use std::collections::{HashMap, HashSet};

/// The contracts by their event.
pub(in crate::backend) struct Contracts<'m> {
    roots: HashSet<DefinitionId>,
    /// By file and pointer of the event.
    places: HashMap<(&'m str, &'m str), &'m Contract>,
}

impl<'m> Contracts<'m> {
    pub(in crate::backend) fn of(model: &'m Model) -> Self {
        let mut places = HashMap::new();
        for contract in &model.contracts {
            let place = (contract.file.as_str(), model[contract.root].pointer.as_str());
            places.entry(place).or_insert(contract);
        }
        Self { roots: model.contracts.iter().map(|contract| contract.root).collect(), places }
    }

    /// True for a definition that is an event.
    pub(in crate::backend) fn is_root(&self, id: DefinitionId) -> bool {
        self.roots.contains(&id)
    }

    /// Returns the contract whose event is at the place of a definition.
    pub(in crate::backend) fn at(&self, definition: &Definition) -> Option<&'m Contract> {
        self.places.get(&(definition.file.as_str(), definition.pointer.as_str())).copied()
    }
}
