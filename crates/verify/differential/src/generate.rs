//! Documents that follow a schema.

pub mod text;

use std::collections::HashSet;

use serde_json::Value;

use crate::places::{Applied, flatten, types};
use crate::{Dice, Json};
use migration_events_support::json::push_token;

/// Part of every free string value, so that a rejection that shows one is found out.
pub const CANARY: &str = "c4n4ry";

/// As [`CANARY`], in numbers.
pub const NUMERIC_CANARY: &str = "48151623";

/// A document that follows a schema, within the limits of the product: all of what the schema leaves
/// open is used sooner or later.
///
/// # Panics
/// When the schema uses a keyword that is not known here.
#[must_use]
pub fn document(schema: &Value, dice: &mut Dice<'_>) -> Json {
    let optional = *dice.pick(&[Optional::Some, Optional::All, Optional::None]);
    let mut generator = Generator { root: schema, dice, optional };
    let whole = Applied { pointer: String::new(), schema };
    generator.value(vec![whole], 0)
}

#[derive(Clone, Copy)]
enum Optional {
    Some,
    All,
    None,
}

struct Generator<'s, 'g, 'd> {
    root: &'s Value,
    dice: &'g mut Dice<'d>,
    optional: Optional,
}

impl<'s> Generator<'s, '_, '_> {
    fn value(&mut self, applied: Vec<Applied<'s>>, depth: usize) -> Json {
        // A union of several branches would need to be decided here; no contract has one.
        let applied = flatten(self.root, applied, |_| panic!("a union of several branches"));
        let schemas: Vec<&'s Value> = applied.iter().map(|applied| applied.schema).collect();
        if let Some(value) = schemas.iter().find_map(|schema| schema.get("const")) {
            return Json::from(value);
        }
        let options = schemas.iter().find_map(|schema| schema.get("enum")?.as_array());
        if let Some(options) = options {
            return Json::from(self.dice.pick(options));
        }
        let mut names = schemas.iter().filter_map(|schema| types(schema));
        let Some(first) = names.next() else { return anything(self.dice, depth) };
        let rest: Vec<_> = names.collect();
        let names: Vec<_> =
            first.into_iter().filter(|name| rest.iter().all(|all| all.contains(name))).collect();
        match *self.dice.pick(&names) {
            "null" => Json::Null,
            "boolean" => Json::Boolean(self.dice.once_in(2)),
            "integer" => Json::Number(text::integer(self.dice)),
            "number" => Json::Number(text::decimal(self.dice)),
            "string" => Json::String(self.string(&schemas)),
            "array" => self.array(&applied, depth),
            "object" => self.object(&applied, depth),
            other => panic!("type {other}"),
        }
    }

    fn string(&mut self, schemas: &[&'s Value]) -> String {
        let keyword = |name: &str| schemas.iter().find_map(|schema| schema.get(name));
        match (keyword("format").and_then(Value::as_str), keyword("pattern")) {
            (Some("date-time"), None) => text::date_time(self.dice),
            (Some("date"), None) => text::date(self.dice),
            (Some("uuid"), None) => text::uuid(self.dice),
            (None, Some(pattern)) if pattern == "[01]" => text::with_binary_digit(self.dice),
            (None, None) => match keyword("x-known-values").and_then(Value::as_array) {
                Some(known) if self.dice.once_in(2) => {
                    self.dice.pick(known).as_str().unwrap_or_default().to_owned()
                }
                _ => text::hostile(self.dice),
            },
            other => panic!("{other:?}"),
        }
    }

    fn array(&mut self, applied: &[Applied<'s>], depth: usize) -> Json {
        let inside: Vec<_> =
            applied.iter().filter_map(|schema| child(schema, "items", None)).collect();
        let length = *self.dice.pick(&[1, 0, 2, 1, 3, 0, 2, 12]);
        Json::Array((0..length).map(|_| self.value(inside.clone(), depth + 1)).collect())
    }

    fn object(&mut self, applied: &[Applied<'s>], depth: usize) -> Json {
        let mut required = HashSet::new();
        let mut known: Vec<&'s str> = Vec::new();
        let mut closed = false;
        for Applied { schema, .. } in applied {
            let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            required.extend(names.filter_map(Value::as_str));
            for name in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if !known.contains(&name.0.as_str()) {
                    known.push(name.0);
                }
            }
            closed |= schema.get("additionalProperties") == Some(&Value::Bool(false));
        }
        let mut members = Vec::new();
        for &name in &known {
            let present = required.contains(name)
                || match self.optional {
                    Optional::All => true,
                    Optional::Some => self.dice.once_in(2),
                    Optional::None => false,
                };
            if present {
                let schemas =
                    applied.iter().filter_map(|schema| child(schema, "properties", Some(name)));
                let value = self.value(schemas.collect(), depth + 1);
                members.push((name.to_owned(), value));
            }
        }
        if !closed && self.dice.once_in(3) {
            for _ in 0..=self.dice.below(3) {
                let key = text::key(self.dice);
                if !known.contains(&&*key) && members.iter().all(|(name, _)| *name != key) {
                    let place = self.dice.below(members.len() + 1);
                    members.insert(place, (key, anything(self.dice, depth + 1)));
                }
            }
        }
        Json::Object(members)
    }
}

fn child<'s>(outer: &Applied<'s>, keyword: &str, name: Option<&str>) -> Option<Applied<'s>> {
    let mut pointer = format!("{}/{keyword}", outer.pointer);
    let mut schema = outer.schema.get(keyword)?;
    if let Some(name) = name {
        push_token(&mut pointer, name);
        schema = schema.get(name)?;
    }
    Some(Applied { pointer, schema })
}

/// Any JSON value, for places that a contract leaves open.
#[must_use]
pub fn anything(dice: &mut Dice<'_>, depth: usize) -> Json {
    let kinds = if depth > 6 { 6 } else { 8 };
    match dice.below(kinds) {
        0 => Json::String(text::hostile(dice)),
        1 => Json::Null,
        2 => Json::Boolean(dice.once_in(2)),
        3 => Json::Number(text::decimal(dice)),
        4 => Json::Number(text::any_number(dice)),
        5 => Json::Number(text::integer(dice)),
        6 => {
            let length = dice.below(4);
            Json::Array((0..length).map(|_| anything(dice, depth + 1)).collect())
        }
        _ => {
            let mut members: Vec<(String, Json)> = Vec::new();
            // Past 16 keys the product looks for repeated ones in another way.
            let length = *dice.pick(&[1, 0, 2, 3, 2, 1, 4, 18]);
            for index in 0..length {
                let key = if length > 4 { format!("k{index}") } else { text::key(dice) };
                if members.iter().all(|(name, _)| *name != key) {
                    let value = anything(dice, depth + if length > 4 { 7 } else { 1 });
                    members.push((key, value));
                }
            }
            Json::Object(members)
        }
    }
}
