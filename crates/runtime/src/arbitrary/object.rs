//! Objects: required and optional properties, and those that no contract names.

use super::applied::Applied;
use super::pattern;
use super::text;
use super::tree::Tree;
use super::value::Generator;
use crate::validate::schema::{Assertion, Schema};

/// The number of tries for a further property where a minimum number is required.
const TRIES: usize = 50;

/// An object; whether all of its assertions hold is for the caller to find out.
pub(super) fn object(generator: &mut Generator<'_>, applied: &Applied) -> Option<Tree> {
    let most = applied.at_most(|assertion| match assertion {
        Assertion::MaxProperties(limit) => Some(*limit),
        _ => None,
    });
    let least = applied.at_least(|assertion| match assertion {
        Assertion::MinProperties(limit) => Some(*limit),
        _ => None,
    });
    let mut members: Vec<(String, Tree)> = Vec::new();
    for name in required(applied) {
        members.push((name.to_owned(), generator.value(&schemas_of(applied, name))?));
    }
    for name in known(applied) {
        let is_wanted = members.len() < most && !generator.is_enough() && generator.dice.one_of(2);
        if is_wanted
            && !applied.absent.contains(&name)
            && !has(&members, name)
            && let Some(value) = generator.value(&schemas_of(applied, name))
        {
            members.push((name.to_owned(), value));
        }
    }
    complete(generator, applied, &mut members)?;
    let further = if generator.is_enough() || !generator.dice.one_of(3) {
        0
    } else {
        1 + generator.dice.below(3)
    };
    let wanted = members.len().saturating_add(further).max(least).min(most);
    let mut tries = 0;
    while members.len() < wanted && tries < TRIES {
        tries += 1;
        further_property(generator, applied, &mut members);
    }
    if generator.dice.one_of(2) {
        generator.dice.shuffle(&mut members);
    }
    Some(Tree::Object(members))
}

fn has(members: &[(String, Tree)], name: &str) -> bool {
    members.iter().any(|(key, _)| key == name)
}

fn required(applied: &Applied) -> Vec<&'static str> {
    let mut names = Vec::new();
    for assertion in applied.assertions() {
        if let Assertion::Required(required) = assertion {
            names.extend(
                required.iter().filter(|name| !names.contains(*name)).copied().collect::<Vec<_>>(),
            );
        }
    }
    names
}

fn known(applied: &Applied) -> Vec<&'static str> {
    let mut names = Vec::new();
    for assertion in applied.assertions() {
        if let Assertion::Properties(properties) = assertion {
            names.extend(properties.iter().map(|(name, _)| *name));
        }
    }
    names
}

/// Adds the properties required by those that are present.
fn complete(
    generator: &mut Generator<'_>,
    applied: &Applied,
    members: &mut Vec<(String, Tree)>,
) -> Option<()> {
    loop {
        let missing = applied.assertions().find_map(|assertion| match *assertion {
            Assertion::Dependencies(dependencies) | Assertion::DependentRequired(dependencies) => {
                let mut names = dependencies
                    .iter()
                    .filter(|(property, _)| has(members, property))
                    .flat_map(|(_, names)| names.iter());
                names.find(|name| !has(members, name)).copied()
            }
            _ => None,
        });
        let Some(name) = missing else { return Some(()) };
        let value = generator.value(&schemas_of(applied, name))?;
        members.push((name.to_owned(), value));
    }
}

/// Adds a property that no schema names, if one is allowed.
fn further_property(
    generator: &mut Generator<'_>,
    applied: &Applied,
    members: &mut Vec<(String, Tree)>,
) {
    let Some(name) = further_name(generator, applied) else { return };
    if has(members, &name) || known(applied).contains(&&*name) || applied.absent.contains(&&*name) {
        return;
    }
    if let Some(value) = generator.value(&schemas_of(applied, &name)) {
        members.push((name, value));
    }
}

fn further_name(generator: &mut Generator<'_>, applied: &Applied) -> Option<String> {
    let names: Vec<&'static Schema> = applied
        .assertions()
        .filter_map(|assertion| match assertion {
            Assertion::PropertyNames(names) => Some(*names),
            _ => None,
        })
        .collect();
    if !names.is_empty() {
        return match generator.value(&names)? {
            Tree::Text(name) => Some(name),
            Tree::Literal(text) => crate::json::Reader::new(text).string().ok().map(Into::into),
            _ => None,
        };
    }
    let patterns: Vec<_> = applied
        .assertions()
        .filter_map(|assertion| match assertion {
            Assertion::PatternProperties(patterns) => Some(*patterns),
            _ => None,
        })
        .flatten()
        .collect();
    match generator.dice.pick(&patterns) {
        Some((matched, _)) if generator.dice.one_of(2) => {
            pattern::matching(&mut generator.dice, *matched)
        }
        _ => text::sized(&mut generator.dice, 0, usize::MAX),
    }
}

/// The schemas that apply to a property.
fn schemas_of(applied: &Applied, name: &str) -> Vec<&'static Schema> {
    let mut found: Vec<&'static Schema> = Vec::new();
    for schema in &applied.schemas {
        let before = found.len();
        for assertion in schema.assertions {
            match *assertion {
                Assertion::Properties(properties) => {
                    let own = properties.iter().filter(|(property, _)| *property == name);
                    found.extend(own.map(|(_, schema)| *schema));
                }
                Assertion::PatternProperties(patterns) => {
                    let own = patterns
                        .iter()
                        .filter(|(pattern, _)| (pattern.matches)(name) == Some(true));
                    found.extend(own.map(|(_, schema)| *schema));
                }
                _ => {}
            }
        }
        if found.len() == before {
            found.extend(schema.assertions.iter().filter_map(|assertion| match assertion {
                Assertion::AdditionalProperties(additional) => Some(*additional),
                _ => None,
            }));
        }
    }
    found
}
