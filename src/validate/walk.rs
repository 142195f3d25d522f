//! The second reading of a message, which names every violation.
//!
//! One walk over the text carries the list of schemas that apply to the value at hand; references
//! and `allOf` are flattened into it, and so is a union's branch once the JSON type has decided
//! for it. The cost is therefore linear in the message, whatever is wrong with it. Where the type
//! leaves several branches, each is walked on its own, but only once for each value.

use super::schema::{Assertion, Representation, Schema, Types};
use super::{Kind, Violation, compare};
use crate::json::{self, Reader, Stop, number, writer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// Whether the value at `reader` satisfies `schema`.
pub(crate) fn accepts(reader: &Reader<'_>, schema: &'static Schema) -> bool {
    Walk::silent(reader.clone()).satisfies(schema)
}

pub(crate) struct Walk<'a> {
    reader: Reader<'a>,
    /// Pointer of the value at hand; grows and shrinks with the walk.
    pointer: String,
    /// Length of the pointer to the value around this one of whose inside the contract says
    /// nothing.
    silent_from: Option<usize>,
    found: Vec<Violation>,
    omitted: usize,
    max_depth: usize,
    max_violations: usize,
    /// What pointers may still take: a long key repeated in many of them must not outgrow the
    /// message.
    pointer_bytes: usize,
    /// Whether the value at an offset satisfies the schema at an address. Without it a recursive
    /// union would be walked twice as often on each level.
    judged: HashMap<(usize, usize), bool>,
}

/// The text cannot be read any further; it has been reported.
struct Unreadable;

/// A scalar, read.
enum Scalar<'a> {
    Null,
    Boolean(bool),
    Number(&'a str),
    String(Cow<'a, str>),
}

impl<'a> Walk<'a> {
    pub(crate) fn new(text: &'a str, max_depth: usize, max_violations: usize) -> Self {
        Self {
            reader: Reader::with_depth(text, max_depth),
            pointer: String::new(),
            silent_from: None,
            found: Vec::new(),
            omitted: 0,
            max_depth,
            // A rejection without a violation would say nothing.
            max_violations: max_violations.max(1),
            pointer_bytes: text.len().saturating_add(max_violations.saturating_mul(256)),
            judged: HashMap::new(),
        }
    }

    /// A walk that only asks whether there is a violation.
    fn silent(reader: Reader<'a>) -> Self {
        Self {
            reader,
            pointer: String::new(),
            silent_from: None,
            found: Vec::new(),
            omitted: 0,
            max_depth: 0,
            max_violations: 1,
            pointer_bytes: 0,
            judged: HashMap::new(),
        }
    }

    fn satisfies(&mut self, schema: &'static Schema) -> bool {
        self.value(&[schema]).is_ok() && self.found.is_empty()
    }

    /// Whether `value`, which is being walked, satisfies `schema`.
    fn accepts(&mut self, value: &Reader<'a>, schema: &'static Schema) -> bool {
        let key = (value.position(), std::ptr::from_ref(schema).addr());
        if let Some(known) = self.judged.get(&key) {
            return *known;
        }
        let judged = std::mem::take(&mut self.judged);
        let mut inner = Self { judged, ..Self::silent(value.clone()) };
        let satisfied = inner.satisfies(schema);
        self.judged = inner.judged;
        self.judged.insert(key, satisfied);
        satisfied
    }

    pub(crate) fn run(mut self, schema: &'static Schema) -> (Vec<Violation>, usize) {
        self.text(schema);
        (self.found, self.omitted)
    }

    /// Reads one value and what is behind it.
    fn text(&mut self, schema: &'static Schema) {
        if self.value(&[schema]).is_ok()
            && let Err(stop) = self.reader.end()
        {
            self.unreadable(stop);
        }
    }

    /// Reads one value and reports what `schemas` forbid of it.
    fn value(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let kind = self.reader.peek().map_err(|stop| self.unreadable(stop))?;
        let silent =
            self.silent_from.is_none() && schemas.iter().all(|schema| schema.assertions.is_empty());
        if silent {
            self.silent_from = Some(self.pointer.len());
        }
        match kind {
            json::Kind::Object => self.object(schemas),
            json::Kind::Array => self.array(schemas),
            _ => self.scalar(kind, schemas),
        }?;
        if silent {
            self.silent_from = None;
        }
        Ok(())
    }

    fn scalar(&mut self, kind: json::Kind, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let start = self.reader.clone();
        let scalar = match kind {
            json::Kind::Null => self.reader.null().map(|()| Scalar::Null),
            json::Kind::Boolean => self.reader.boolean().map(Scalar::Boolean),
            json::Kind::Number => self.reader.number().map(Scalar::Number),
            _ => self.reader.string().map(Scalar::String),
        }
        .map_err(|stop| self.unreadable(stop))?;
        let bits = match &scalar {
            Scalar::Null => Types::NULL,
            Scalar::Boolean(_) => Types::BOOLEAN,
            Scalar::Number(text) if number::is_integer(text) => Types::NUMBER | Types::INTEGER,
            Scalar::Number(_) => Types::NUMBER,
            Scalar::String(_) => Types::STRING,
        };
        for (schema, assertion) in self.flatten(schemas, bits, kind, &start) {
            match &scalar {
                Scalar::Null => self.null(schema, assertion),
                Scalar::Boolean(_) => {}
                Scalar::Number(text) => self.number(schema, assertion, text),
                Scalar::String(text) => self.string(schema, assertion, text),
            }
            if let (Scalar::String(text), Assertion::ContentSchema(content)) = (&scalar, assertion)
            {
                self.content(content, text);
            }
            if let Assertion::Union { branches, .. } = assertion
                && kind != json::Kind::Null
            {
                self.report(schema, union(branches));
            }
            self.options(schema, assertion, Some(&scalar));
        }
        Ok(())
    }

    fn null(&mut self, schema: &'static Schema, assertion: &'static Assertion) {
        if let Assertion::Union { branches, nullable: false } = assertion {
            self.report(schema, union(branches));
        }
    }

    fn number(&mut self, schema: &'static Schema, assertion: &'static Assertion, text: &str) {
        let kind = match *assertion {
            Assertion::Minimum(limit) if compare::numbers(text, limit) == Ordering::Less => {
                Kind::Minimum { limit }
            }
            Assertion::Maximum(limit) if compare::numbers(text, limit) == Ordering::Greater => {
                Kind::Maximum { limit }
            }
            Assertion::ExclusiveMinimum(limit)
                if compare::numbers(text, limit) != Ordering::Greater =>
            {
                Kind::ExclusiveMinimum { limit }
            }
            Assertion::ExclusiveMaximum(limit)
                if compare::numbers(text, limit) != Ordering::Less =>
            {
                Kind::ExclusiveMaximum { limit }
            }
            Assertion::Representation(representation) if !fits(text, representation) => {
                match representation {
                    Representation::Decimal => Kind::Precision,
                    _ => Kind::Range { representation },
                }
            }
            Assertion::Rule(check) => match integer_text(text).and_then(|text| check(&text)) {
                Some(kind) => kind,
                None => return,
            },
            _ => return,
        };
        self.report(schema, kind);
    }

    fn string(&mut self, schema: &'static Schema, assertion: &'static Assertion, text: &str) {
        let length = || text.chars().count() as u64;
        let kind = match *assertion {
            Assertion::Pattern(pattern) if !(pattern.matches)(text) => {
                Kind::Pattern { pattern: pattern.text }
            }
            Assertion::MinLength(limit) if length() < limit => Kind::MinLength { limit },
            Assertion::MaxLength(limit) if length() > limit => Kind::MaxLength { limit },
            Assertion::Format(format) if !format.matches(text) => Kind::Format { format },
            Assertion::Rule(check) => match check(text) {
                Some(kind) => kind,
                None => return,
            },
            _ => return,
        };
        self.report(schema, kind);
    }

    /// Reads the JSON text that a string holds.
    fn content(&mut self, schema: &'static Schema, text: &str) {
        let (length, budget) = (self.pointer.len(), self.pointer_bytes);
        let mut inner = Walk {
            reader: self.reader.embedded(text),
            pointer: std::mem::take(&mut self.pointer),
            silent_from: None,
            found: std::mem::take(&mut self.found),
            omitted: self.omitted,
            max_depth: self.max_depth,
            max_violations: self.max_violations,
            pointer_bytes: budget,
            judged: HashMap::new(),
        };
        inner.text(schema);
        // What ended the inner text does not end the outer one.
        self.pointer_bytes = inner.pointer_bytes.min(budget);
        (self.found, self.omitted, self.pointer) = (inner.found, inner.omitted, inner.pointer);
        self.pointer.truncate(length);
    }

    /// `enum` and `const`, whose options are scalars; `None` is an array or an object.
    fn options(
        &mut self,
        schema: &'static Schema,
        assertion: &'static Assertion,
        scalar: Option<&Scalar<'_>>,
    ) {
        let is = |option: &str| scalar.is_some_and(|scalar| scalar.is(option));
        match *assertion {
            Assertion::Enum(options) if !options.iter().any(|option| is(option)) => {
                self.report(schema, Kind::Enum { options });
            }
            Assertion::Const(expected) if !is(expected) => {
                self.report(schema, Kind::Const { expected });
            }
            _ => {}
        }
    }

    fn array(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let start = self.reader.clone();
        let assertions = self.flatten(schemas, Types::ARRAY, json::Kind::Array, &start);
        for &(schema, assertion) in &assertions {
            self.options(schema, assertion, None);
            if let Assertion::Union { branches, .. } = assertion {
                self.report(schema, union(branches));
            }
        }
        let items: Vec<_> = assertions
            .iter()
            .filter_map(|(_, assertion)| match assertion {
                Assertion::Items(items) => Some(*items),
                _ => None,
            })
            .collect();
        self.reader.begin_array().map_err(|stop| self.unreadable(stop))?;
        let (mut first, mut count) = (true, 0);
        while self.reader.next_item(&mut first).map_err(|stop| self.unreadable(stop))? {
            let length = self.enter_item(count);
            self.value(&items)?;
            self.pointer.truncate(length);
            count += 1;
        }
        for (schema, assertion) in assertions {
            match *assertion {
                Assertion::MinItems(limit) if count < limit => {
                    self.report(schema, Kind::MinItems { limit });
                }
                Assertion::MaxItems(limit) if count > limit => {
                    self.report(schema, Kind::MaxItems { limit });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn object(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let start = self.reader.clone();
        let assertions = self.flatten(schemas, Types::OBJECT, json::Kind::Object, &start);
        for &(schema, assertion) in &assertions {
            self.options(schema, assertion, None);
        }
        self.reader.begin_object().map_err(|stop| self.unreadable(stop))?;
        let (mut first, mut keys) = (true, HashSet::new());
        while let Some(key) =
            self.reader.next_key(&mut first).map_err(|stop| self.unreadable(stop))?
        {
            let member = self.member(&assertions, &key);
            let length = self.pointer.len();
            push_key(&mut self.pointer, &key);
            self.value(&member)?;
            self.pointer.truncate(length);
            if let Some(key) = keys.replace(key) {
                self.push(None, Kind::DuplicateKey { key: key.into() });
            }
        }
        self.members(&assertions, &keys);
        Ok(())
    }

    /// The schemas of the member `key`; reports one that a closed object does not know.
    fn member(
        &mut self,
        assertions: &[(&'static Schema, &'static Assertion)],
        key: &str,
    ) -> Vec<&'static Schema> {
        let mut schemas = Vec::new();
        for &(schema, assertion) in assertions {
            match *assertion {
                Assertion::Properties(properties) => schemas.extend(named(properties, key)),
                Assertion::Union { branches, .. } => schemas.extend(named(branches, key)),
                Assertion::AdditionalProperties(additional) if !knows(schema, key) => {
                    if matches!(additional.assertions, [Assertion::Never]) {
                        let unexpected = key.into();
                        self.report(schema, Kind::AdditionalProperties { unexpected });
                    } else {
                        schemas.push(additional);
                    }
                }
                _ => {}
            }
        }
        schemas
    }

    /// What is asserted of the members of an object together.
    fn members(
        &mut self,
        assertions: &[(&'static Schema, &'static Assertion)],
        keys: &HashSet<Cow<'_, str>>,
    ) {
        let count = keys.len() as u64;
        for &(schema, assertion) in assertions {
            match *assertion {
                Assertion::Required(required) => {
                    for &property in required.iter().filter(|name| !keys.contains(**name)) {
                        self.report(schema, Kind::Required { property });
                    }
                }
                Assertion::MinProperties(limit) if count < limit => {
                    self.report(schema, Kind::MinProperties { limit });
                }
                Assertion::MaxProperties(limit) if count > limit => {
                    self.report(schema, Kind::MaxProperties { limit });
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

    /// All assertions that apply to a value of these types, those of references and `allOf`
    /// included, and those of a union's branch where the type leaves only one.
    fn flatten(
        &mut self,
        schemas: &[&'static Schema],
        bits: u8,
        found: json::Kind,
        value: &Reader<'a>,
    ) -> Vec<(&'static Schema, &'static Assertion)> {
        let mut flat = Vec::new();
        let mut queue: Vec<&'static Schema> = schemas.iter().rev().copied().collect();
        // What several references or branches of `allOf` lead to applies once.
        let mut seen: Vec<&'static Schema> = Vec::new();
        while let Some(schema) = queue.pop() {
            if seen.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            seen.push(schema);
            for assertion in schema.assertions {
                match *assertion {
                    Assertion::Types(expected) if !expected.contains(bits) => {
                        self.report(schema, Kind::Type { expected, found });
                    }
                    Assertion::Never => self.report(schema, Kind::Never),
                    Assertion::Reference(target) => queue.push(target),
                    Assertion::AllOf(branches) => queue.extend(branches.iter().rev()),
                    Assertion::AnyOf(branches) => match candidates(branches, bits).as_slice() {
                        [only] => queue.push(only),
                        many if many.iter().any(|branch| self.accepts(value, branch)) => {}
                        _ => self.report(schema, Kind::AnyOf),
                    },
                    Assertion::OneOf(branches) => match candidates(branches, bits).as_slice() {
                        [only] => queue.push(only),
                        many => {
                            let matching =
                                many.iter().filter(|branch| self.accepts(value, branch)).count();
                            if matching != 1 {
                                self.report(schema, Kind::OneOf { matching });
                            }
                        }
                    },
                    _ => flat.push((schema, assertion)),
                }
            }
        }
        flat
    }

    fn report(&mut self, schema: &'static Schema, kind: Kind) {
        self.push(Some(schema), kind);
    }

    fn push(&mut self, schema: Option<&'static Schema>, kind: Kind) {
        let affordable = self.pointer.len() <= self.pointer_bytes || self.found.is_empty();
        if self.found.len() == self.max_violations || !affordable {
            self.omitted += 1;
            return;
        }
        self.pointer_bytes = self.pointer_bytes.saturating_sub(self.pointer.len());
        let schema_pointer = match (schema, kind.keyword()) {
            (Some(schema), Some(keyword)) if schema.has_keywords => {
                format!("{}/{keyword}", schema.pointer).into()
            }
            (Some(schema), _) => schema.pointer.into(),
            (None, _) => "".into(),
        };
        let instance_pointer = self.pointer.as_str().into();
        self.found.push(Violation { instance_pointer, schema_pointer, kind });
    }

    fn unreadable(&mut self, stop: Stop) -> Unreadable {
        let offset = self.reader.position();
        let kind = match stop {
            Stop::Depth => {
                // A pointer through a hundred levels of something unknown would tell no one more.
                self.pointer.truncate(self.silent_from.unwrap_or(self.pointer.len()));
                Kind::Depth { limit: self.max_depth }
            }
            Stop::Syntax(syntax) => Kind::Syntax { syntax, offset },
            // The walk asks for no type it has not seen, and looks after keys itself.
            Stop::Mismatch | Stop::Duplicate => {
                Kind::Syntax { syntax: json::Syntax::UnexpectedCharacter, offset }
            }
        };
        // It is the reason why there is nothing more to say, so it is always among the listed.
        if self.found.len() == self.max_violations {
            self.found.pop();
            self.omitted += 1;
        }
        self.pointer_bytes = usize::MAX;
        self.push(None, kind);
        Unreadable
    }

    /// Points at an item; returns the length to truncate to.
    fn enter_item(&mut self, index: u64) -> usize {
        let length = self.pointer.len();
        // Writing to a string cannot fail.
        let _ = write!(self.pointer, "/{index}");
        length
    }
}

impl Scalar<'_> {
    /// Whether it equals `option`, a scalar as compact JSON text.
    fn is(&self, option: &str) -> bool {
        match self {
            Scalar::Null => option == "null",
            Scalar::Boolean(value) => option == if *value { "true" } else { "false" },
            Scalar::Number(text) => {
                option.starts_with(|c: char| c == '-' || c.is_ascii_digit())
                    && compare::numbers(text, option) == Ordering::Equal
            }
            Scalar::String(text) => {
                let mut quoted = String::with_capacity(text.len() + 2);
                writer::string(text, &mut quoted);
                quoted == option
            }
        }
    }
}

/// Whether a number can be held by the type that it is decoded to. What is no integer at all breaks
/// `type`, not the range of an integer.
fn fits(text: &str, representation: Representation) -> bool {
    match representation {
        Representation::Integer32 => {
            let held = |value| i32::try_from(value).is_ok();
            number::integer(text).map_or(!number::is_integer(text), held)
        }
        Representation::Integer64 => number::integer(text).is_some() || !number::is_integer(text),
        Representation::Float => text.parse().is_ok_and(f32::is_finite),
        Representation::Double => text.parse().is_ok_and(f64::is_finite),
        Representation::Decimal => number::decimal(text).is_some(),
    }
}

/// The plainest text of an integer.
fn integer_text(text: &str) -> Option<String> {
    number::integer(text).map(|value| value.to_string())
}

/// The branches that a value of these types can satisfy.
fn candidates(branches: &'static [&'static Schema], bits: u8) -> Vec<&'static Schema> {
    if let [only] = branches {
        return vec![only];
    }
    branches.iter().copied().filter(|branch| admits(branch, bits)).collect()
}

fn admits(schema: &'static Schema, bits: u8) -> bool {
    schema.assertions.iter().all(|assertion| match assertion {
        Assertion::Types(types) => types.contains(bits),
        Assertion::Reference(target) => admits(target, bits),
        Assertion::AllOf(branches) => branches.iter().all(|branch| admits(branch, bits)),
        _ => true,
    })
}

fn knows(schema: &'static Schema, key: &str) -> bool {
    schema.assertions.iter().any(|assertion| match assertion {
        Assertion::Properties(properties) => named(properties, key).is_some(),
        _ => false,
    })
}

fn named(list: &'static [(&'static str, &'static Schema)], name: &str) -> Option<&'static Schema> {
    list.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema)
}

fn union(branches: &'static [(&'static str, &'static Schema)]) -> Kind {
    Kind::Union { branches: branches.iter().map(|(name, _)| *name).collect() }
}

/// Appends a key as a token of an RFC 6901 pointer.
fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
