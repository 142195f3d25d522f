//! Changes that a sender's mistake, or an attacker, would make to a document.

mod scalar;

use serde_json::Value;

use crate::generate::{anything, text};
use crate::{Dice, Json};

/// A change of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// Takes a member or an item away.
    Drop,
    /// Adds a member or an item.
    Add,
    /// Renames a member.
    Rename,
    /// Puts a value of any type in the place of another.
    Retype,
    /// Puts `null` in the place of a value.
    Null,
    /// Moves a member or an item.
    Reorder,
    /// Repeats a key, with the same value or another.
    Duplicate,
    /// Replaces a string by another word of the contract, or by a misspelt one.
    Word,
    /// Puts a number in the place of a number: too large, too long, or written otherwise.
    Stretch,
    /// Bends a date, an instant or a UUID.
    Bend,
    /// Wraps a value, once or very often.
    Nest,
    /// Swaps two values.
    Swap,
    /// Cuts a string off.
    Truncate,
}

impl Mutation {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Drop,
        Self::Add,
        Self::Rename,
        Self::Retype,
        Self::Null,
        Self::Reorder,
        Self::Duplicate,
        Self::Word,
        Self::Stretch,
        Self::Bend,
        Self::Nest,
        Self::Swap,
        Self::Truncate,
    ];

    /// Applies it to a place that the dice choose.
    pub fn apply(self, tree: &mut Json, words: &Words, dice: &mut Dice<'_>) {
        match self {
            Self::Drop | Self::Add | Self::Rename | Self::Reorder | Self::Duplicate => {
                if let Some(container) = choose(tree, dice, Json::is_container) {
                    self.within(container, words, dice);
                }
            }
            Self::Retype => replace(tree, dice, |_| true, |_, dice| anything(dice, 4)),
            Self::Null => replace(tree, dice, |_| true, |_, _| Json::Null),
            Self::Word => replace(tree, dice, is_string, |_, dice| {
                let word = dice.pick(&words.values).clone();
                Json::String(scalar::misspelt(word, dice))
            }),
            Self::Stretch => {
                replace(tree, dice, is_number, |_, dice| Json::Number(scalar::stretched(dice)))
            }
            Self::Bend => replace(tree, dice, is_formatted, |old, dice| match old {
                Json::String(text) => Json::String(scalar::bent(text, dice)),
                other => other.clone(),
            }),
            Self::Truncate => replace(tree, dice, is_string, |old, dice| match old {
                Json::String(text) => {
                    let keep = dice.below(text.chars().count() + 1);
                    Json::String(text.chars().take(keep).collect())
                }
                other => other.clone(),
            }),
            Self::Nest => replace(tree, dice, |_| true, nested),
            Self::Swap => {
                let (one, other) = (dice.below(tree.count()), dice.below(tree.count()));
                let mut held = match tree.nth_mut(one) {
                    Some(value) => value.clone(),
                    None => return,
                };
                if let Some(value) = tree.nth_mut(other) {
                    std::mem::swap(value, &mut held);
                }
                if let Some(value) = tree.nth_mut(one) {
                    *value = held;
                }
            }
        }
    }

    /// Changes the members of an object or the items of an array.
    fn within(self, container: &mut Json, words: &Words, dice: &mut Dice<'_>) {
        match container {
            Json::Array(items) => {
                let place = dice.below(items.len().max(1));
                match self {
                    Self::Drop if !items.is_empty() => drop(items.remove(place)),
                    Self::Reorder if !items.is_empty() => items.rotate_left(place),
                    Self::Add => items.insert(place, anything(dice, 4)),
                    Self::Duplicate if !items.is_empty() => {
                        // Now and then more violations than a rejection lists.
                        let times = if dice.once_in(10) { 60 } else { 1 };
                        for _ in 0..times {
                            items.push(items[place].clone());
                        }
                    }
                    _ => {}
                }
            }
            Json::Object(members) => {
                let place = dice.below(members.len().max(1));
                match self {
                    Self::Drop if !members.is_empty() => drop(members.remove(place)),
                    Self::Reorder if !members.is_empty() => members.rotate_left(place),
                    Self::Add => {
                        members.insert(place, (words.key(dice), anything(dice, 4)));
                    }
                    Self::Rename if !members.is_empty() => members[place].0 = words.key(dice),
                    Self::Duplicate if !members.is_empty() => {
                        let (key, mut value) = members[place].clone();
                        if dice.once_in(2) {
                            value = anything(dice, 4);
                        }
                        let place = dice.below(members.len() + 1);
                        members.insert(place, (key, value));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// The words of a contract.
#[derive(Clone)]
pub struct Words {
    keys: Vec<String>,
    values: Vec<String>,
}

impl Words {
    /// All property names, and all texts of enumerations and constants.
    #[must_use]
    pub fn of(schema: &Value) -> Self {
        let mut words = Self { keys: vec!["id".into()], values: vec!["SUCCESS".into()] };
        words.collect(schema);
        for list in [&mut words.keys, &mut words.values] {
            list.sort();
            list.dedup();
        }
        words
    }

    fn collect(&mut self, schema: &Value) {
        match schema {
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            Value::Object(members) => {
                for (keyword, value) in members {
                    match (keyword.as_str(), value) {
                        ("properties", Value::Object(known)) => {
                            self.keys.extend(known.keys().cloned());
                        }
                        ("enum", Value::Array(options)) => self
                            .values
                            .extend(options.iter().filter_map(Value::as_str).map(str::to_owned)),
                        ("const", Value::String(text)) => self.values.push(text.clone()),
                        _ => {}
                    }
                    self.collect(value);
                }
            }
            _ => {}
        }
    }

    fn key(&self, dice: &mut Dice<'_>) -> String {
        if dice.once_in(2) { text::key(dice) } else { dice.pick(&self.keys).clone() }
    }
}

/// A wanted value of the tree, if it has one.
fn choose<'t>(
    tree: &'t mut Json,
    dice: &mut Dice<'_>,
    wanted: impl Fn(&Json) -> bool,
) -> Option<&'t mut Json> {
    let (mut places, mut index) = (Vec::new(), 0);
    tree.visit(&mut |_, value| {
        if wanted(value) {
            places.push(index);
        }
        index += 1;
    });
    if places.is_empty() { None } else { tree.nth_mut(*dice.pick(&places)) }
}

fn replace(
    tree: &mut Json,
    dice: &mut Dice<'_>,
    wanted: impl Fn(&Json) -> bool,
    with: impl FnOnce(&Json, &mut Dice<'_>) -> Json,
) {
    if let Some(value) = choose(tree, dice, wanted) {
        *value = with(value, dice);
    }
}

fn is_string(tree: &Json) -> bool {
    matches!(tree, Json::String(_))
}

fn is_number(tree: &Json) -> bool {
    matches!(tree, Json::Number(_))
}

/// Returns whether the text looks like a date, an instant or a UUID.
fn is_formatted(tree: &Json) -> bool {
    let Json::String(text) = tree else { return false };
    let hyphens = text.bytes().filter(|byte| *byte == b'-').count();
    text.len() >= 10 && text.is_ascii() && (2..=4).contains(&hyphens) && !text.contains("c4n4ry")
}

/// A value inside of one container, or of about as many as the product allows.
fn nested(value: &Json, dice: &mut Dice<'_>) -> Json {
    let levels = if dice.once_in(8) { 120 + dice.below(14) } else { 1 };
    let in_objects = dice.once_in(2);
    (0..levels).fold(value.clone(), |inner, _| {
        if in_objects { Json::Object(vec![("in".into(), inner)]) } else { Json::Array(vec![inner]) }
    })
}
