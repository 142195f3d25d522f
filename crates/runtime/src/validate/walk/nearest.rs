//! The problem of a value that fits no branch of a union: an unknown or missing discriminator, or the
//! violations of the branch that came nearest.

use super::branches::{Fixed, admits, candidates, fixed_properties, in_place, values};
use super::score::Score;
use super::{Applied, Unreadable, Walk, literal, object};
use crate::json::Reader;
use crate::validate::ViolationKind;
use crate::validate::schema::{Assertion, Schema, Types};

/// The cause of a union without a fitting branch.
pub(super) enum Explanation {
    /// The violations of this branch.
    Nearest(&'static Schema),
    /// A property that selects the branch has a value that selects none.
    Unknown { property: &'static str, options: Box<[&'static str]> },
    /// A property that selects the branch is missing; the schema requires it.
    Missing { schema: &'static Schema, property: &'static str },
}

impl<'a> Walk<'a> {
    /// Explains why a value fits none of these branches, unless nobody asks.
    pub(super) fn explain(
        &mut self,
        branches: &'static [&'static Schema],
        bits: u8,
        value: &Reader<'a>,
    ) -> Option<Explanation> {
        if self.judging {
            return None;
        }
        let possible = |branch: &&'static Schema| {
            admits(branch, bits) && !matches!(branch.assertions, [Assertion::Never])
        };
        let admitted: Vec<_> = branches.iter().copied().filter(possible).collect();
        if bits == Types::OBJECT
            && let Some(found) = discriminator(&admitted, value)
        {
            return Some(found);
        }
        let mut near = candidates(branches, bits, value);
        near.retain(possible);
        let near = if near.is_empty() { admitted } else { near };
        let scored =
            near.into_iter().filter_map(|branch| Some((self.score(value, branch)?.0, branch)));
        // The first of equals.
        scored.min_by_key(|(score, _)| score.rank()).map(|(_, branch)| Explanation::Nearest(branch))
    }

    /// The violations of `schema` in `value`, and the end of the value; `None` if it cannot be read.
    /// Each value is scored once for each schema, so nested unions cost no more than one walk.
    pub(super) fn score(
        &mut self,
        value: &Reader<'a>,
        schema: &'static Schema,
    ) -> Option<(Score, usize)> {
        let key = (value.position(), std::ptr::from_ref(schema).addr(), self.pure);
        if let Some(known) = self.scored.get(&key) {
            return *known;
        }
        let mut inner = Self {
            judged: std::mem::take(&mut self.judged),
            scored: std::mem::take(&mut self.scored),
            spare: std::mem::take(&mut self.spare),
            pure: self.pure,
            score: Some(Score::default()),
            ..Self::silent(value.clone())
        };
        let kind = inner.reader.peek();
        let is_read = kind.is_ok_and(|kind| inner.content_of(kind, &[schema]).is_ok());
        let end = inner.reader.position();
        let result = inner.score.filter(|_| is_read).map(|score| (score, end));
        (self.judged, self.scored, self.spare) = (inner.judged, inner.scored, inner.spare);
        self.scored.insert(key, result);
        result
    }

    /// Scores an array or an object inside of the value that is being scored.
    pub(super) fn score_inside(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let value = self.reader.clone();
        for schema in schemas.iter().filter(|schema| !schema.assertions.is_empty()) {
            let (found, end) = self.score(&value, schema).ok_or(Unreadable)?;
            if let Some(score) = &mut self.score {
                score.add(&self.pointer, found);
            }
            self.reader.jump(end);
        }
        Ok(())
    }

    /// Reports a discriminator at its own place, unless one of `flat` says the same.
    pub(super) fn discriminate(
        &mut self,
        union: &'static Schema,
        explanation: Explanation,
        flat: &[Applied],
        value: &Reader<'a>,
    ) {
        match explanation {
            Explanation::Nearest(_) => {}
            Explanation::Missing { schema, property } => {
                let requires = |(_, assertion): &Applied| matches!(assertion, Assertion::Required(names) if names.contains(&property));
                if !flat.iter().any(requires) {
                    self.report(schema, ViolationKind::Required { property });
                }
            }
            Explanation::Unknown { property, options } => {
                let fixed: Vec<_> =
                    flat.iter().flat_map(|(schema, _)| fixed_properties(schema)).collect();
                let found = values(value, &[(property, &[])]);
                let is_reported = fixed.iter().any(|(name, options)| {
                    *name == property
                        && found.get(property).is_some_and(|value| !is_one_of(value, options))
                });
                if !is_reported {
                    let length = self.pointer.len();
                    object::push_key(&mut self.pointer, property);
                    self.report(union, ViolationKind::Discriminator { options });
                    self.pointer.truncate(length);
                }
            }
        }
    }
}

/// Looks for a property by whose fixed values all of the branches differ: an unknown value of one, otherwise
/// a missing one.
fn discriminator(branches: &[&'static Schema], value: &Reader<'_>) -> Option<Explanation> {
    let fixed: Vec<_> = branches.iter().map(|branch| fixed_properties(branch)).collect();
    let (first, others) = fixed.split_first()?;
    let found = values(value, first);
    let mut missing = None;
    for &(property, options) in first {
        let same = |fixed: &Vec<Fixed>| fixed.iter().find(|(name, _)| *name == property).copied();
        let Some(more) = others.iter().map(same).collect::<Option<Vec<_>>>() else { continue };
        if more.iter().all(|(_, other)| *other == options) {
            continue;
        }
        let mut all = options.to_vec();
        for option in more.iter().flat_map(|(_, options)| *options) {
            if !all.contains(option) {
                all.push(option);
            }
        }
        match found.get(property) {
            Some(value) if !is_one_of(value, &all) => {
                return Some(Explanation::Unknown { property, options: all.into() });
            }
            Some(_) => {}
            None => {
                let requiring: Option<Vec<_>> =
                    branches.iter().map(|branch| requirer(branch, property)).collect();
                let schema = requiring.and_then(|schemas| schemas.first().copied());
                missing = missing
                    .or_else(|| schema.map(|schema| Explanation::Missing { schema, property }));
            }
        }
    }
    missing
}

fn is_one_of(value: &Reader<'_>, options: &[&str]) -> bool {
    literal(&mut value.clone(), options).is_ok()
}

/// The schema in place that requires a property.
fn requirer(branch: &'static Schema, property: &str) -> Option<&'static Schema> {
    let requires = |assertion: &Assertion| matches!(assertion, Assertion::Required(names) if names.contains(&property));
    in_place(branch).into_iter().find(|schema| schema.assertions.iter().any(requires))
}
