//! The definitions that have a binary encoding.

use crate::model::{DefinitionId, Encoding, Model};
use std::collections::HashSet;

/// The definitions that belong to an Avro contract, alone or among others, and the named types that
/// contracts share.
pub(in crate::backend) struct AvroTypes(HashSet<DefinitionId>);

impl AvroTypes {
    pub(in crate::backend) fn find(model: &Model) -> Self {
        let avro = model.contracts.iter().filter(|contract| contract.encoding == Encoding::Avro);
        let named = (0..model.definitions.len()).map(DefinitionId);
        let named = named.filter(|id| model[*id].full_name.is_some());
        let mut queue: Vec<_> = avro.map(|contract| contract.root).chain(named).collect();
        let mut found = HashSet::new();
        while let Some(id) = queue.pop() {
            if found.insert(id) {
                queue.extend(definitions_within(model, id));
            }
        }
        Self(found)
    }

    /// True for a definition that belongs to an Avro contract.
    pub(in crate::backend) fn contains(&self, id: DefinitionId) -> bool {
        self.0.contains(&id)
    }
}

/// Returns the definitions that the slots of a definition refer to, including those in lists and maps.
fn definitions_within(model: &Model, id: DefinitionId) -> Vec<DefinitionId> {
    model[id].shape.slots().into_iter().flat_map(|slot| slot.ty.definitions()).collect()
}
