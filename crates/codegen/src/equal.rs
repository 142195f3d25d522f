//! Classes of equal definitions and rules, whatever their names and places.

use crate::model::{DefinitionId, Model, Rule, RuleId, Shape};
use std::collections::HashMap;

/// The class of each definition: equal ones have the same shape, documentation of fields and rules.
pub(crate) struct Classes {
    pub(crate) definitions: Vec<usize>,
}

impl Classes {
    pub(crate) fn of(model: &Model) -> Self {
        let rules = refine(model.rules.len(), |index, classes| {
            let rule = &model.rules[index];
            let mut assertions = rule.assertions.clone();
            for inner in assertions.iter_mut().flat_map(|assertion| assertion.rules_mut()) {
                *inner = RuleId(classes[inner.0]);
            }
            format!("{:?}", Rule { pointer: String::new(), assertions, ..*rule })
        });
        let rule = |id: RuleId| RuleId(rules[id.0]);
        let definitions = refine(model.definitions.len(), |index, classes| {
            let definition = &model.definitions[index];
            let mut shape: Shape = definition.shape.clone();
            for slot in shape.slots_mut() {
                slot.redirect(&|id| DefinitionId(classes[id.0]), &rule);
            }
            format!("{:?} {} {shape:?}", rule(definition.rule), definition.is_verified)
        });
        Self { definitions }
    }
}

/// Splits one class of all items until equal items are those whose descriptions are equal, where a
/// description names the classes of other items.
fn refine(len: usize, describe: impl Fn(usize, &[usize]) -> String) -> Vec<usize> {
    let mut classes = vec![0; len];
    let mut count = 1;
    loop {
        let mut known: HashMap<String, usize> = HashMap::new();
        let next = (0..len).map(|index| {
            let fresh = known.len();
            *known.entry(describe(index, &classes)).or_insert(fresh)
        });
        let next = next.collect();
        // A finer partition has more classes.
        if known.len() <= count {
            return next;
        }
        (count, classes) = (known.len(), next);
    }
}
