//! Contracts that lead back to themselves without consuming anything of the instance.

use crate::error::Problem;
use crate::model::{Assertion, Model, RuleId};

/// A rule that applies to the same value that it is reached from would never end.
pub(crate) fn check(model: &Model, file: &str, first: usize) -> Result<(), Vec<Problem>> {
    // What was there before has been looked at, and refers to nothing of this.
    let mut states = vec![State::New; model.rules.len().saturating_sub(first)];
    let state = |states: &[State], id: RuleId| match id.0.checked_sub(first) {
        Some(index) => states[index],
        None => State::Done,
    };
    for start in first..model.rules.len() {
        // Depth first with a stack of our own: chains of references may be long.
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
                                "a schema that applies itself to the same value",
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
