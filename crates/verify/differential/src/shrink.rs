//! The smallest message that still fails.

use crate::{Case, Contract, Failure, Json, check};

/// Leaves out mutations, then members and items, as long as the message still fails; returns the message
/// and its failure.
#[must_use]
pub fn shrink(contract: &Contract, mut case: Case, mut failure: Failure) -> (Vec<u8>, Failure) {
    let mut message = case.message(contract);
    let mut index = 0;
    while index < case.mutations.len() {
        let mut fewer = case.clone();
        fewer.mutations.remove(index);
        let shorter = fewer.message(contract);
        match check(contract, &shorter) {
            Err(still) => (case, message, failure) = (fewer, shorter, still),
            Ok(_) => index += 1,
        }
    }
    if case.damage.is_some() {
        return (message, failure);
    }
    let mut tree = case.tree(contract);
    loop {
        let smaller = (0..tree.count()).find_map(|place| {
            without_part(&tree, place).into_iter().find_map(|smaller| {
                let message = smaller.to_text().into_bytes();
                let failure = check(contract, &message).err()?;
                Some((smaller, message, failure))
            })
        });
        match smaller {
            Some(found) => (tree, message, failure) = found,
            None => return (message, failure),
        }
    }
}

/// The tree without one of the members or items of its `place`-th value.
fn without_part(tree: &Json, place: usize) -> Vec<Json> {
    let parts = match tree.clone().nth_mut(place) {
        Some(Json::Array(items)) => items.len(),
        Some(Json::Object(members)) => members.len(),
        _ => 0,
    };
    let without = |part| {
        let mut smaller = tree.clone();
        match smaller.nth_mut(place) {
            Some(Json::Array(items)) => drop(items.remove(part)),
            Some(Json::Object(members)) => drop(members.remove(part)),
            _ => {}
        }
        smaller
    };
    (0..parts).map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn parts_are_left_out_one_at_a_time() {
        let tree = parse(r#"{"a":[1,2],"b":{}}"#);
        let at = |place| -> Vec<String> {
            without_part(&tree, place).iter().map(Json::to_text).collect()
        };
        assert_eq!(at(0), [r#"{"b":{}}"#, r#"{"a":[1,2]}"#]);
        assert_eq!(at(1), [r#"{"a":[2],"b":{}}"#, r#"{"a":[1],"b":{}}"#]);
        assert!(at(2).is_empty());
    }
}
