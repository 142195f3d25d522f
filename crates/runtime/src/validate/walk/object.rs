//! Objects.

use super::keys::Keys;
use super::{Applied, Unreadable, Walk};
use crate::json::{self, Reader, writer};
use crate::validate::ViolationKind;
use crate::validate::schema::{Assertion, Pattern, Schema, Types};

/// A schema with `unevaluatedProperties`, the schema of that keyword, and those that evaluate.
type Unevaluated = (&'static Schema, &'static Schema, Vec<&'static Schema>);

impl<'a> Walk<'a> {
    pub(super) fn object(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let start = self.reader.clone();
        let assertions = self.flatten(schemas, Types::OBJECT, json::JsonType::Object, &start);
        let mut unevaluated = Vec::new();
        for &(schema, assertion) in &assertions {
            self.composite_options(schema, assertion, &start);
            if let Assertion::UnevaluatedProperties(rest) = assertion {
                unevaluated.push((schema, *rest, self.applied(schema, &start)));
            }
        }
        self.reader.begin_object().map_err(|stop| self.unreadable(stop))?;
        let (mut first, mut keys) = (true, self.spare.keys.take());
        while let Some(key) =
            self.reader.next_key(&mut first).map_err(|stop| self.unreadable(stop))?
        {
            let member = self.member(&assertions, &unevaluated, &key);
            let length = self.pointer.len();
            push_key(&mut self.pointer, &key);
            self.value(&member)?;
            self.spare.schemas.give_back(member);
            self.pointer.truncate(length);
            if let Err(key) = keys.insert(key) {
                self.push(None, ViolationKind::DuplicateKey { key: key.into() });
            }
        }
        self.members(&assertions, &keys);
        self.spare.applied.give_back(assertions);
        self.spare.keys.give_back(keys);
        Ok(())
    }

    /// The schemas of the member `key`; reports one that a closed object does not know.
    fn member(
        &mut self,
        assertions: &[Applied],
        unevaluated: &[Unevaluated],
        key: &str,
    ) -> Vec<&'static Schema> {
        let mut schemas = self.spare.schemas.take();
        // Whose `properties` know the key.
        let mut knower: Option<&'static Schema> = None;
        for &(schema, assertion) in assertions {
            match *assertion {
                Assertion::Properties(properties) => {
                    if let Some(found) = named(properties, key) {
                        schemas.push(found);
                        knower = Some(schema);
                    }
                }
                Assertion::PatternProperties(patterns) => {
                    schemas.extend(matching(patterns, key));
                    let unmatched = |(pattern, _): &&(Pattern, _)| (pattern.matches)(key).is_none();
                    if let Some((pattern, _)) = patterns.iter().find(unmatched) {
                        self.undecided(schema, pattern.text);
                    }
                }
                Assertion::Union { branches, .. } => schemas.extend(named(branches, key)),
                Assertion::AdditionalProperties(_)
                    if knower.is_some_and(|knower| std::ptr::eq(knower, schema)) => {}
                Assertion::AdditionalProperties(additional) if !knows(schema, key) => {
                    if is_never(additional) {
                        let unexpected = key.into();
                        self.report(schema, ViolationKind::AdditionalProperties { unexpected });
                    } else {
                        schemas.push(additional);
                    }
                }
                Assertion::PropertyNames(names) if !self.accepts_name(names, key) => {
                    self.report(schema, ViolationKind::PropertyNames { property: key.into() });
                }
                _ => {}
            }
        }
        for (schema, rest, applied) in unevaluated {
            if is_evaluated(schema, applied, key) {
                continue;
            }
            if is_never(rest) {
                let unexpected = key.into();
                self.report(schema, ViolationKind::UnevaluatedProperties { unexpected });
            } else {
                schemas.push(rest);
            }
        }
        schemas
    }

    /// Returns whether a key, taken as a string, satisfies the schema of names.
    fn accepts_name(&mut self, names: &'static Schema, key: &str) -> bool {
        let mut text = String::with_capacity(key.len() + 2);
        writer::string(key, &mut text);
        let mut walk = Walk { pure: true, judging: true, ..Walk::silent(Reader::new(&text)) };
        let is_accepted = walk.satisfies(names);
        match walk.undecided {
            Some((schema, pattern)) => {
                self.undecided(schema, pattern);
                true
            }
            None => is_accepted,
        }
    }

    /// Checks the assertions about the members of an object together.
    fn members(&mut self, assertions: &[Applied], keys: &Keys<'_>) {
        let count = keys.len() as u64;
        for &(schema, assertion) in assertions {
            match *assertion {
                Assertion::Required(required) => {
                    for &property in required.iter().filter(|name| !keys.contains(name)) {
                        self.report(schema, ViolationKind::Required { property });
                    }
                }
                Assertion::Dependencies(dependencies) => {
                    for (property, beside) in missing(dependencies, keys) {
                        self.report(schema, ViolationKind::Dependencies { property, beside });
                    }
                }
                Assertion::DependentRequired(dependencies) => {
                    for (property, beside) in missing(dependencies, keys) {
                        self.report(schema, ViolationKind::DependentRequired { property, beside });
                    }
                }
                Assertion::MinProperties(limit) if count < limit => {
                    self.report(schema, ViolationKind::MinProperties { limit });
                }
                Assertion::MaxProperties(limit) if count > limit => {
                    self.report(schema, ViolationKind::MaxProperties { limit });
                }
                Assertion::Union { branches, .. } => {
                    let known = keys.iter().all(|key| named(branches, key).is_some());
                    if keys.len() != 1 || !known {
                        self.report(schema, union(branches));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The keys of the object that begins at `reader`, as far as it can be read.
pub(super) fn keys<'a>(mut reader: Reader<'a>) -> Keys<'a> {
    let (mut keys, mut first) = (Keys::with_room(), true);
    if reader.begin_object().is_ok() {
        while let Ok(Some(key)) = reader.next_key(&mut first) {
            let _ = keys.insert(key);
            if reader.skip().is_err() {
                break;
            }
        }
    }
    keys
}

/// The properties that are missing beside those that are there.
fn missing(
    dependencies: &'static [(&'static str, &'static [&'static str])],
    keys: &Keys<'_>,
) -> Vec<(&'static str, &'static str)> {
    let present = dependencies.iter().filter(|(beside, _)| keys.contains(beside));
    let pairs = present.flat_map(|(beside, names)| names.iter().map(move |name| (*name, *beside)));
    pairs.filter(|(name, _)| !keys.contains(name)).collect()
}

/// Returns whether a schema beside `unevaluatedProperties`, or in place inside of it, evaluates a member
/// (2019-09 Core §9.3.2.4).
fn is_evaluated(asking: &'static Schema, applied: &[&'static Schema], key: &str) -> bool {
    applied.iter().any(|schema| {
        knows(schema, key)
            || schema.assertions.iter().any(|assertion| match assertion {
                Assertion::AdditionalProperties(_) => true,
                Assertion::UnevaluatedProperties(_) => !std::ptr::eq(*schema, asking),
                _ => false,
            })
    })
}

fn is_never(schema: &Schema) -> bool {
    matches!(schema.assertions, [Assertion::Never])
}

/// Returns whether `properties` or `patternProperties` of a schema cover a key.
fn knows(schema: &'static Schema, key: &str) -> bool {
    schema.assertions.iter().any(|assertion| match assertion {
        Assertion::Properties(properties) => named(properties, key).is_some(),
        Assertion::PatternProperties(patterns) => matching(patterns, key).next().is_some(),
        _ => false,
    })
}

fn named(list: &'static [(&'static str, &'static Schema)], name: &str) -> Option<&'static Schema> {
    list.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema)
}

fn matching(
    list: &'static [(Pattern, &'static Schema)],
    key: &str,
) -> impl Iterator<Item = &'static Schema> {
    list.iter()
        .filter(move |(pattern, _)| (pattern.matches)(key) == Some(true))
        .map(|(_, schema)| *schema)
}

pub(super) fn union(branches: &'static [(&'static str, &'static Schema)]) -> ViolationKind {
    ViolationKind::Union { branches: branches.iter().map(|(name, _)| *name).collect() }
}

/// Appends a key as a token of an RFC 6901 pointer.
pub(super) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        pointer.push_str(key);
        return;
    }
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
