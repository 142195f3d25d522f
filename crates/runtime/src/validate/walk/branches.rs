//! Branches of unions that a value can satisfy, by its type and the fixed values of its properties.

use super::literal;
use crate::json::Reader;
use crate::validate::schema::{Assertion, Schema, Types};
use std::collections::HashMap;

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
