//! Detection of schemas that apply themselves to the same value without end.

use crate::error::Problem;
use crate::model::{Assertion, Model, RuleId};

/// Reports a rule that is reachable from itself through rules for the same value. Only rules from
/// index `first` on are checked.
pub(crate) fn check(model: &Model, file: &str, first: usize) -> Result<(), Vec<Problem>> {
    // Earlier rules have been checked and do not refer to later ones.
    let mut states = vec![State::New; model.rules.len().saturating_sub(first)];
    let state = |states: &[State], id: RuleId| match id.0.checked_sub(first) {
        Some(index) => states[index],
        None => State::Done,
    };
    for start in first..model.rules.len() {
        // An explicit stack, since chains of references may be long.
        let mut stack = vec![(RuleId(start), 0)];
        while let Some((id, next)) = stack.pop() {
            let same = same_value(model, id);
            if next == 0 && state(&states, id) == State::Done {
                continue;
            }
            if id.0 < first {
                continue;
            }
            states[id.0 - first] = State::Open;
            match same.get(next) {
                None => states[id.0 - first] = State::Done,
                Some(inner) => {
                    stack.push((id, next + 1));
                    match state(&states, *inner) {
                        State::New => stack.push((*inner, 0)),
                        State::Done => {}
                        State::Open => {
                            let (file, pointer) = model[*inner].place(file);
                            return Err(vec![Problem::new(
                                file,
                                pointer,
                                "the schema applies itself to the same value",
                                "let the recursion go through a property or an item",
                            )]);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

fn same_value(model: &Model, id: RuleId) -> Vec<RuleId> {
    let assertions = model[id].assertions.iter();
    let in_place = assertions.filter(|assertion| {
        matches!(
            assertion,
            Assertion::Reference(_)
                | Assertion::AllOf(_)
                | Assertion::AnyOf(_)
                | Assertion::OneOf(_)
                | Assertion::Not(_)
                | Assertion::If { .. }
                | Assertion::DependentSchemas(_)
        )
    });
    in_place.flat_map(Assertion::rules).collect()
}
