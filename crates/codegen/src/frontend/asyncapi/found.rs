//! The messages of a document: their places, and names that tell them apart.

use super::super::json_schema::Document;
use crate::error::Problem;
use std::collections::BTreeMap;

/// The name and the place of a message.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) place: String,
    /// Names of the channel, or of channel and operation, that contain the message, shortest first.
    pub(super) around: Vec<String>,
}

/// Returns the place of the message that is defined at `place` or referred to there, in the form that is the
/// same for every reference.
pub(super) fn definition(document: &Document<'_>, place: &str) -> Result<String, Problem> {
    let target = document.dereference(place)?;
    let (file, pointer) = document.split(&target);
    Ok(if file == document.file { pointer.to_owned() } else { target })
}

/// Adds the names of their channels to messages that share a name.
pub(super) fn tell_apart(found: &mut [Found]) {
    for level in 0.. {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for message in found.iter() {
            *count.entry(message.qualified(level)).or_default() += 1;
        }
        let mut is_longer_name_left = false;
        for message in found.iter_mut() {
            if count[&message.qualified(level)] > 1 {
                is_longer_name_left |= message.around.len() > level;
            } else {
                message.around.truncate(level);
            }
        }
        if !is_longer_name_left {
            break;
        }
    }
    for message in found {
        message.name = message.qualified(usize::MAX);
    }
}

impl Found {
    /// Returns the name after up to `level` extensions.
    fn qualified(&self, level: usize) -> String {
        match self.around[..self.around.len().min(level)].last() {
            Some(around) => format!("{around}_{}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Returns the letters and digits of a name or an address, separated by `_`.
pub(super) fn words(name: &str) -> String {
    let is_word = |character: char| character.is_alphanumeric();
    name.split(|character| !is_word(character))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}
