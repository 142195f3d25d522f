//! Simpler values that the contract still allows.

use super::tree::Tree;

/// One way to make a value simpler: where, and what.
pub(super) fn simpler(tree: &Tree) -> Vec<Tree> {
    let mut found = Vec::new();
    each(tree, &mut |replaced| found.push(replaced));
    found
}

/// Hands out copies of `tree`, each with one thing in it simpler, the largest steps first.
fn each(tree: &Tree, give: &mut dyn FnMut(Tree)) {
    match tree {
        Tree::Literal(_) => {}
        Tree::Number(text) => {
            for simple in ["0", "1", "-1"] {
                if text.len() > simple.len() {
                    give(Tree::Number(simple.to_owned()));
                }
            }
            let digits = text.split(['.', 'e', 'E']).next().unwrap_or_default();
            if digits.len() < text.len() && !digits.is_empty() {
                give(Tree::Number(digits.to_owned()));
            }
        }
        Tree::Text(text) => {
            let count = text.chars().count();
            if count > 0 {
                give(Tree::Text(String::new()));
                give(Tree::Text(text.chars().take(count / 2).collect()));
                give(Tree::Text(text.chars().skip(1).collect()));
                give(Tree::Text(text.chars().take(count - 1).collect()));
            }
            if !text.bytes().all(|byte| byte == b'a') {
                give(Tree::Text("a".repeat(count)));
            }
        }
        Tree::Array(items) => {
            if items.len() > 2 {
                give(Tree::Array(Vec::new()));
            }
            for index in 0..items.len() {
                let mut fewer = items.clone();
                fewer.remove(index);
                give(Tree::Array(fewer));
            }
            for (index, item) in items.iter().enumerate() {
                each(item, &mut |simpler| {
                    let mut items = items.clone();
                    items[index] = simpler;
                    give(Tree::Array(items));
                });
            }
        }
        Tree::Object(members) => {
            for index in 0..members.len() {
                let mut fewer = members.clone();
                fewer.remove(index);
                give(Tree::Object(fewer));
            }
            for (index, (_, value)) in members.iter().enumerate() {
                each(value, &mut |simpler| {
                    let mut members = members.clone();
                    members[index].1 = simpler;
                    give(Tree::Object(members));
                });
            }
        }
    }
}
