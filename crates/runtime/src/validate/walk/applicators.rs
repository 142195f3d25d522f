//! Resolution of the schemas that apply to a value: references, `allOf` and its kin.

use super::nearest::Explanation;
use super::{Applied, Walk, literal, object};
use crate::json::{self, Reader};
use crate::validate::ViolationKind;
use crate::validate::schema::{Assertion, Schema, Types};
use std::collections::HashMap;

impl<'a> Walk<'a> {
    /// All assertions that apply to a value of these types: those of references, `allOf`, chosen
    /// branches and met conditions included.
    pub(super) fn flatten(
        &mut self,
        schemas: &[&'static Schema],
        bits: u8,
        found: json::JsonType,
        value: &Reader<'a>,
    ) -> Vec<Applied> {
        let mut flat = self.spare.applied.take();
        let mut queue = self.spare.schemas.take();
        queue.extend(schemas.iter().rev());
        // What several references or branches of `allOf` lead to applies once.
        let mut seen = self.spare.schemas.take();
        let mut discriminators = Vec::new();
        while let Some(schema) = queue.pop() {
            if seen.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            seen.push(schema);
            for assertion in schema.assertions {
                match *assertion {
                    Assertion::Types(expected) => {
                        if !expected.contains(bits) {
                            self.report(schema, ViolationKind::Type { expected, found });
                        }
                    }
                    Assertion::Never => self.report(schema, ViolationKind::Never),
                    Assertion::Reference(target) => queue.push(target),
                    Assertion::AllOf(branches) => queue.extend(branches.iter().rev()),
                    Assertion::AnyOf(branches) => {
                        match candidates(branches, bits, value).as_slice() {
                            [only] => queue.push(only),
                            many if many.iter().any(|branch| self.accepts(value, branch)) => {}
                            _ => {
                                self.report(schema, ViolationKind::AnyOf);
                                let found = self.explain(branches, bits, value);
                                explain(schema, found, &mut queue, &mut discriminators);
                            }
                        }
                    }
                    Assertion::OneOf(branches) => {
                        match candidates(branches, bits, value).as_slice() {
                            [only] => queue.push(only),
                            many => {
                                let mut fitting = many.to_vec();
                                fitting.retain(|branch| self.satisfied(value, branch));
                                match fitting.as_slice() {
                                    // The contract is met, but the value may still not fit its type.
                                    [only] => queue.push(only),
                                    other => {
                                        let matching = other.len();
                                        self.report(schema, ViolationKind::OneOf { matching });
                                        if matching == 0 {
                                            let found = self.explain(branches, bits, value);
                                            explain(schema, found, &mut queue, &mut discriminators);
                                        }
                                    }
                                }
                            }
                        }
                    }
                    Assertion::Not(negated) => {
                        if self.satisfied(value, negated) {
                            self.report(schema, ViolationKind::Not);
                        }
                    }
                    Assertion::If { condition, then, otherwise } => {
                        let met = self.satisfied(value, condition);
                        queue.extend(if met { then } else { otherwise });
                    }
                    Assertion::DependentSchemas(dependencies)
                        if found == json::JsonType::Object =>
                    {
                        queue.extend(dependent(dependencies, value));
                    }
                    _ => flat.push((schema, assertion)),
                }
            }
        }
        self.spare.schemas.give_back(queue);
        self.spare.schemas.give_back(seen);
        for (schema, found) in discriminators {
            self.discriminate(schema, found, &flat, value);
        }
        flat
    }

    /// The schemas that evaluate members for the `unevaluated…` of `schema`: itself, and those inside
    /// of it that apply to the same value and hold (2019-09 Core §9.3.1.3, §9.3.2.4).
    pub(super) fn applied(
        &mut self,
        schema: &'static Schema,
        value: &Reader<'a>,
    ) -> Vec<&'static Schema> {
        let mut applied: Vec<&'static Schema> = Vec::new();
        let mut queue = vec![schema];
        while let Some(schema) = queue.pop() {
            if applied.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            applied.push(schema);
            for assertion in schema.assertions {
                match *assertion {
                    Assertion::Reference(target) => queue.push(target),
                    Assertion::AllOf(branches) => queue.extend(branches),
                    Assertion::AnyOf(branches) | Assertion::OneOf(branches) => {
                        let holding = branches.iter().copied();
                        queue.extend(holding.filter(|branch| self.satisfied(value, branch)));
                    }
                    Assertion::If { condition, then, otherwise } => {
                        if self.satisfied(value, condition) {
                            queue.push(condition);
                            queue.extend(then);
                        } else {
                            queue.extend(otherwise);
                        }
                    }
                    Assertion::DependentSchemas(dependencies) => {
                        queue.extend(dependent(dependencies, value));
                    }
                    _ => {}
                }
            }
        }
        applied
    }
}

/// Adds the nearest branch of a union to the schemas that apply; a discriminator is reported after them.
fn explain(
    union: &'static Schema,
    found: Option<Explanation>,
    queue: &mut Vec<&'static Schema>,
    discriminators: &mut Vec<(&'static Schema, Explanation)>,
) {
    match found {
        Some(Explanation::Nearest(branch)) => queue.push(branch),
        Some(other) => discriminators.push((union, other)),
        None => {}
    }
}

/// The schemas that depend on properties which are there.
fn dependent(
    dependencies: &'static [(&'static str, &'static Schema)],
    value: &Reader<'_>,
) -> Vec<&'static Schema> {
    let keys = object::keys(value.clone());
    let present = dependencies.iter().filter(|(property, _)| keys.contains(property));
    present.map(|(_, schema)| *schema).collect()
}

/// The branches that a value of these types can satisfy, and, if it is an object, with these fixed
/// values.
pub(super) fn candidates(
    branches: &'static [&'static Schema],
    bits: u8,
    value: &Reader<'_>,
) -> Vec<&'static Schema> {
    if let [only] = branches {
        return vec![only];
    }
    let mut candidates: Vec<_> =
        branches.iter().copied().filter(|branch| admits(branch, bits)).collect();
    if candidates.len() > 1 && bits == Types::OBJECT {
        let fixed: Vec<_> = candidates.iter().map(|branch| fixed_properties(branch)).collect();
        let found = values(value, &fixed.concat());
        let mut fixed = fixed.into_iter();
        candidates.retain(|_| {
            let properties = fixed.next().unwrap_or_default();
            properties.iter().all(|(property, options)| {
                let value = found.get(property);
                value.is_none_or(|value| literal(&mut value.clone(), options).is_ok())
            })
        });
    }
    candidates
}

/// A property and the scalars that it may be.
pub(super) type Fixed = (&'static str, &'static [&'static str]);

/// The properties of a schema that are one of some scalars, if they are there.
pub(super) fn fixed_properties(schema: &'static Schema) -> Vec<Fixed> {
    let mut found = Vec::new();
    for assertion in in_place(schema).into_iter().flat_map(|schema| schema.assertions) {
        let Assertion::Properties(properties) = assertion else { continue };
        let fixed = properties.iter().flat_map(|(property, schema)| {
            let options = schema.assertions.iter().filter_map(|assertion| match assertion {
                Assertion::Enum(options) => Some(*options),
                Assertion::Const(option) => Some(std::slice::from_ref(option)),
                _ => None,
            });
            options.map(move |options| (*property, options))
        });
        let is_scalar = |option: &&str| !option.starts_with(['[', '{']);
        found.extend(fixed.filter(|(_, options)| options.iter().all(is_scalar)));
    }
    found
}

/// The values of those properties in the object that begins at `reader`.
pub(super) fn values<'a>(
    reader: &Reader<'a>,
    wanted: &[Fixed],
) -> HashMap<&'static str, Reader<'a>> {
    let (mut values, mut first) = (HashMap::new(), true);
    let mut reader = reader.clone();
    if wanted.is_empty() || reader.begin_object().is_err() {
        return values;
    }
    while let Ok(Some(key)) = reader.next_key(&mut first) {
        if let Some((property, _)) = wanted.iter().find(|(property, _)| *property == key) {
            values.insert(*property, reader.clone());
        }
        if reader.skip().is_err() {
            break;
        }
    }
    values
}

pub(super) fn admits(schema: &'static Schema, bits: u8) -> bool {
    let leads_on =
        |assertion: &Assertion| matches!(assertion, Assertion::Reference(_) | Assertion::AllOf(_));
    if !schema.assertions.iter().any(leads_on) {
        return allows(schema, bits);
    }
    in_place(schema).into_iter().all(|schema| allows(schema, bits))
}

/// Returns whether `type` of this very schema allows values of these types.
fn allows(schema: &'static Schema, bits: u8) -> bool {
    schema.assertions.iter().all(|assertion| match assertion {
        Assertion::Types(types) => types.contains(bits),
        _ => true,
    })
}

/// A schema and those that apply wherever it does: references and `allOf`, each once.
pub(super) fn in_place(schema: &'static Schema) -> Vec<&'static Schema> {
    let (mut found, mut queue) = (Vec::<&'static Schema>::new(), vec![schema]);
    while let Some(schema) = queue.pop() {
        if found.iter().any(|known| std::ptr::eq(*known, schema)) {
            continue;
        }
        found.push(schema);
        for assertion in schema.assertions {
            match assertion {
                Assertion::Reference(target) => queue.push(target),
                Assertion::AllOf(parts) => queue.extend(*parts),
                _ => {}
            }
        }
    }
    found
}
