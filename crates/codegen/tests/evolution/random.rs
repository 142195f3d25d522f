//! Random pairs of versions: what is called compatible must not be refuted by any of many instances, nor by a
//! comparison of canonical forms.

use jsonschema::Draft;
use jsonschema::canonical::{self, Containment};
use migration_events_codegen::{Source, evolution};
use migration_events_support::Dice;
use migration_events_support::places::{insert, pointers, remove, replace};
use serde_json::{Map, Value, json};

const DRAFTS: [(Draft, &str); 5] = [
    (Draft::Draft4, "http://json-schema.org/draft-04/schema#"),
    (Draft::Draft6, "http://json-schema.org/draft-06/schema#"),
    (Draft::Draft7, "http://json-schema.org/draft-07/schema#"),
    (Draft::Draft201909, "https://json-schema.org/draft/2019-09/schema"),
    (Draft::Draft202012, "https://json-schema.org/draft/2020-12/schema"),
];

/// Draws schemas of a draft.
struct Drawer<'d> {
    dice: Dice<'d>,
    draft: Draft,
}

impl Drawer<'_> {
    fn schema(&mut self, depth: usize) -> Value {
        if self.draft > Draft::Draft4 && self.dice.once_in(14) {
            return Value::Bool(self.dice.once_in(2));
        }
        let mut members = Map::new();
        for _ in 0..=self.dice.below(3) {
            let (keyword, value) = self.keyword(depth);
            members.insert(keyword.to_owned(), value);
        }
        Value::Object(members)
    }

    fn keyword(&mut self, depth: usize) -> (&'static str, Value) {
        const TYPES: [&str; 7] =
            ["object", "array", "string", "integer", "number", "null", "boolean"];
        let since = |draft| self.draft >= draft;
        let (is_6, is_7) = (since(Draft::Draft6), since(Draft::Draft7));
        let (is_2019, is_2020) = (since(Draft::Draft201909), since(Draft::Draft202012));
        let is_flat = depth == 0;
        loop {
            let chosen: (&str, Value) = match self.dice.below(34) {
                0..=2 => ("type", json!(self.dice.word(&TYPES))),
                3 => {
                    let (one, two) = (self.dice.below(4), 4 + self.dice.below(3));
                    ("type", json!([TYPES[one], TYPES[two]]))
                }
                4 => ("enum", json!([self.value(), self.value(), {"b": []}])),
                5 if is_6 => ("const", self.value()),
                6 => (self.dice.word(&["minimum", "maximum"]), json!(self.dice.below(4))),
                7 if is_6 => {
                    let keyword = self.dice.word(&["exclusiveMinimum", "exclusiveMaximum"]);
                    (keyword, json!(self.dice.below(4)))
                }
                8 => ("multipleOf", json!(1 + self.dice.below(3))),
                9 => {
                    let keyword = self.dice.word(&[
                        "minLength",
                        "maxLength",
                        "minItems",
                        "maxItems",
                        "minProperties",
                        "maxProperties",
                    ]);
                    (keyword, json!(self.dice.below(4)))
                }
                10 => ("pattern", json!(self.dice.word(&["^a", "b$", "a"]))),
                11 => ("format", json!(self.dice.word(&["ipv4", "date-time"]))),
                12 => ("uniqueItems", json!(self.dice.once_in(2))),
                13 | 14 => ("required", json!([self.name()])),
                _ if is_flat => continue,
                15..=17 => {
                    let names = [self.name(), self.name()];
                    let members = names.map(|name| (name.to_owned(), self.schema(depth - 1)));
                    ("properties", Value::Object(members.into_iter().collect()))
                }
                18 => ("additionalProperties", self.inner(depth)),
                19 => (
                    "patternProperties",
                    json!({self.dice.word(&["^a", "b"]): self.schema(depth - 1)}),
                ),
                20 if is_6 => ("propertyNames", self.schema(depth - 1)),
                21 => ("items", self.schema(depth - 1)),
                22 if is_2020 => ("prefixItems", self.schemas(depth)),
                22 => ("items", self.schemas(depth)),
                23 if !is_2020 => ("additionalItems", self.inner(depth)),
                24 if is_6 => ("contains", self.schema(depth - 1)),
                25 if is_2019 => {
                    let keyword = self.dice.word(&["minContains", "maxContains"]);
                    (keyword, json!(self.dice.below(3)))
                }
                26 => ("allOf", self.schemas(depth)),
                27 => ("anyOf", self.schemas(depth)),
                28 => ("oneOf", self.schemas(depth)),
                29 => ("not", self.schema(depth - 1)),
                30 if is_7 => (self.dice.word(&["if", "then", "else"]), self.schema(depth - 1)),
                31 if is_2019 => {
                    let keyword = self.dice.word(&["unevaluatedProperties", "unevaluatedItems"]);
                    (keyword, self.inner(depth))
                }
                32 if is_2019 => match self.dice.once_in(2) {
                    true => ("dependentRequired", json!({self.name(): [self.name()]})),
                    false => ("dependentSchemas", json!({self.name(): self.schema(depth - 1)})),
                },
                32 => match self.dice.once_in(2) {
                    true => ("dependencies", json!({self.name(): [self.name()]})),
                    false => ("dependencies", json!({self.name(): self.schema(depth - 1)})),
                },
                33 => {
                    let target = self.dice.word(&["#/definitions/x", "#/definitions/y"]);
                    ("$ref", json!(target))
                }
                _ => continue,
            };
            return chosen;
        }
    }

    fn inner(&mut self, depth: usize) -> Value {
        if self.dice.once_in(2) { json!(false) } else { self.schema(depth - 1) }
    }

    fn schemas(&mut self, depth: usize) -> Value {
        (0..=self.dice.below(3)).map(|_| self.schema(depth - 1)).collect()
    }

    fn name(&mut self) -> &'static str {
        self.dice.word(&["a", "b", "ab"])
    }

    fn value(&mut self) -> Value {
        let values = [json!(1), json!(2), json!("a"), json!(null), json!([1]), json!({"a": 1})];
        self.dice.pick(&values).clone()
    }

    fn document(&mut self) -> Value {
        let mut root = self.schema(3);
        if let Value::Object(members) = &mut root {
            members.insert("definitions".into(), json!({"x": self.leaf(), "y": self.leaf()}));
        }
        root
    }

    /// A schema without references.
    fn leaf(&mut self) -> Value {
        loop {
            let schema = self.schema(1);
            if !schema.to_string().contains("$ref") {
                return schema;
            }
        }
    }

    /// A document with some changes of its parts.
    fn changed(&mut self, document: &Value) -> Value {
        let mut document = document.clone();
        for _ in 0..=self.dice.below(3) {
            let places = pointers(&document);
            let place = self.dice.pick(&places).clone();
            let Some(value) = document.pointer(&place).cloned() else { continue };
            match value {
                Value::Number(number) => {
                    let next = number.as_i64().unwrap_or(0) + [-1, 1][self.dice.below(2)];
                    replace(&mut document, &place, json!(next.max(0)));
                }
                Value::Bool(flag) => replace(&mut document, &place, json!(!flag)),
                Value::Array(_) if self.dice.once_in(2) => {
                    remove(&mut document, &format!("{place}/0"))
                }
                Value::Array(items) if items.iter().all(Value::is_object) => {
                    let more = self.leaf();
                    insert(&mut document, &place, String::new(), more);
                }
                Value::Object(members) => match members.keys().next().cloned() {
                    Some(key) if self.dice.once_in(2) => {
                        remove(&mut document, &format!("{place}/{key}"));
                    }
                    _ => {
                        let (keyword, value) = self.keyword(1);
                        insert(&mut document, &place, keyword.to_owned(), value);
                    }
                },
                _ => {}
            }
        }
        document
    }
}

/// Values of all types, small enough for most keywords to accept some and reject others.
fn instances() -> Vec<Value> {
    let scalars = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(4),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("a"),
        json!("b"),
        json!("ab"),
        json!("abab"),
        json!("1.2.3.4"),
        json!("2024-01-31T12:00:00Z"),
    ];
    let few = [json!(1), json!("a"), json!(null), json!([1]), json!({"a": 1}), json!(2)];
    let mut all: Vec<Value> = scalars.to_vec();
    all.extend([
        json!([]),
        json!({}),
        json!({"a": {"b": 1}}),
        json!({"c": {"a": "a"}}),
        json!([[1], [1]]),
    ]);
    for one in &few {
        all.extend([
            json!([one]),
            json!([one, one]),
            json!({"b": one}),
            json!({"ab": one}),
            json!({"c": one}),
        ]);
        for two in &few {
            all.extend([json!([one, two]), json!([one, two, 1]), json!({"a": one, "b": two})]);
            all.push(json!({"a": one, "ab": two, "c": 1}));
        }
    }
    all.extend(scalars.iter().map(|scalar| json!({"a": scalar})));
    all
}

/// Returns whether `outer` accepts every value that `inner` accepts, if that can be said.
fn covers(outer: &Value, inner: &Value, draft: Draft) -> Option<bool> {
    let form = |schema| {
        canonical::options()
            .with_draft(draft)
            .should_validate_formats(true)
            .canonicalize(schema)
            .ok()
    };
    match form(outer)?.covers(&form(inner)?).ok()? {
        Containment::Yes => Some(true),
        Containment::No => Some(false),
        Containment::Unknown => None,
    }
}

/// Returns the seeds of a run: `first..last` in the environment, or some of the first ones.
pub(super) fn seeds(count: u64) -> std::ops::Range<u64> {
    let text = std::env::var("EVOLUTION_SEEDS").unwrap_or_default();
    let range = text
        .split_once("..")
        .and_then(|(first, last)| Some(first.parse().ok()?..last.parse().ok()?));
    range.unwrap_or(0..count)
}

/// The counts of what was compared.
#[derive(Debug, Default)]
struct Counts {
    compared: usize,
    compatible: usize,
    /// Directions that are called breaking although the canonical forms say that they are not.
    guesses: usize,
    decided: usize,
}

fn attack(seeds: std::ops::Range<u64>) -> Counts {
    let instances = instances();
    let mut counts = Counts::default();
    for seed in seeds {
        let mut dice = Dice::seeded(seed);
        let (draft, uri) = *dice.pick(&DRAFTS);
        let mut drawer = Drawer { dice, draft };
        let old = drawer.document();
        let new = drawer.changed(&old);
        let text = |schema: &Value| {
            let mut schema = schema.clone();
            if let Value::Object(members) = &mut schema {
                members.insert("$schema".into(), json!(uri));
            }
            schema.to_string()
        };
        let source = |file: &str, schema: &Value| Source {
            file: file.into(),
            text: text(schema),
            patch: None,
        };
        let (of_old, of_new) = (source("old.json", &old), source("new.json", &new));
        // Not every change leaves a schema that can be read.
        let Ok(evolution) = evolution::compare(&of_old, &of_new) else { continue };
        let show = |evolution: &evolution::Evolution| {
            format!("seed {seed}\n{}\n{}\n{evolution}", of_old.text, of_new.text)
        };
        let validator = |schema: &Value| {
            let options = jsonschema::options().with_draft(draft).should_validate_formats(true);
            options.build(schema).ok()
        };
        let (Some(by_old), Some(by_new)) = (validator(&old), validator(&new)) else { continue };
        let same = evolution::compare(&of_old, &of_old).unwrap();
        assert!(same.changes().is_empty(), "unchanged {}", show(&same));
        let evolution = evolution.assuming_undeclared_properties();
        let breaks = evolution.breaks();
        counts.compared += 1;
        counts.compatible += usize::from(!breaks.readers) + usize::from(!breaks.writers);
        for (is_broken, from, to, outer, inner) in [
            (breaks.writers, &by_old, &by_new, &new, &old),
            (breaks.readers, &by_new, &by_old, &old, &new),
        ] {
            let refuting =
                instances.iter().find(|value| from.is_valid(value) && !to.is_valid(value));
            if let (false, Some(value)) = (is_broken, refuting) {
                panic!("refuted by {value}: {}", show(&evolution));
            }
            // Canonical forms are experimental: an instance is a proof, their word is not.
            let Some(is_covered) = covers(outer, inner, draft) else { continue };
            counts.decided += 1;
            counts.guesses += usize::from(is_covered && is_broken);
            assert!(is_covered || is_broken, "refuted by canonical forms: {}", show(&evolution));
        }
    }
    counts
}

#[test]
fn no_instance_refutes_what_is_compatible() {
    let counts = attack(seeds(300));
    println!("{counts:?}");
    assert!(counts.compared > 150 && counts.compatible > 100, "{counts:?}");
}
