//! Assertions about scalars, and `enum` and `const` for any value.

use super::{Unreadable, Walk, object};
use crate::json::number::{self, compare};
use crate::json::{self, Reader, Stop, writer};
use crate::validate::schema::{Assertion, Representation, Schema, Types};
use crate::validate::{ViolationKind, canonical};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A scalar, read.
pub(super) enum Scalar<'a> {
    Null,
    Boolean(bool),
    Number(&'a str),
    String(Cow<'a, str>),
}

impl<'a> Walk<'a> {
    pub(super) fn scalar(
        &mut self,
        kind: json::JsonType,
        schemas: &[&'static Schema],
    ) -> Result<(), Unreadable> {
        let start = self.reader.clone();
        let scalar = Scalar::read(&mut self.reader, kind).map_err(|stop| self.unreadable(stop))?;
        let bits = match &scalar {
            Scalar::Null => Types::NULL,
            Scalar::Boolean(_) => Types::BOOLEAN,
            Scalar::Number(text) if number::is_integer(text) => Types::NUMBER | Types::INTEGER,
            Scalar::Number(_) => Types::NUMBER,
            Scalar::String(_) => Types::STRING,
        };
        let assertions = self.flatten(schemas, bits, kind, &start);
        for &(schema, assertion) in &assertions {
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
                && kind != json::JsonType::Null
            {
                self.report(schema, object::union(branches));
            }
            self.options(schema, assertion, |option| scalar.is(option));
        }
        self.spare.applied.give_back(assertions);
        Ok(())
    }

    fn null(&mut self, schema: &'static Schema, assertion: &'static Assertion) {
        if let Assertion::Union { branches, nullable: false } = assertion {
            self.report(schema, object::union(branches));
        }
    }

    fn number(&mut self, schema: &'static Schema, assertion: &'static Assertion, text: &str) {
        let kind = match *assertion {
            Assertion::Minimum(limit) if compare::numbers(text, limit) == Ordering::Less => {
                ViolationKind::Minimum { limit }
            }
            Assertion::Maximum(limit) if compare::numbers(text, limit) == Ordering::Greater => {
                ViolationKind::Maximum { limit }
            }
            Assertion::ExclusiveMinimum(limit)
                if compare::numbers(text, limit) != Ordering::Greater =>
            {
                ViolationKind::ExclusiveMinimum { limit }
            }
            Assertion::ExclusiveMaximum(limit)
                if compare::numbers(text, limit) != Ordering::Less =>
            {
                ViolationKind::ExclusiveMaximum { limit }
            }
            Assertion::MultipleOf(divisor) if !compare::is_multiple(text, divisor) => {
                ViolationKind::MultipleOf { divisor }
            }
            Assertion::Representation(representation)
                if !self.pure && !fits(text, representation) =>
            {
                match representation {
                    Representation::Decimal => ViolationKind::Precision,
                    _ => ViolationKind::Range { representation },
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
            Assertion::Pattern(pattern) => match pattern.violation(text) {
                Some(ViolationKind::Undecided { pattern }) => {
                    return self.undecided(schema, pattern);
                }
                Some(kind) => kind,
                None => return,
            },
            Assertion::MinLength(limit) if length() < limit => ViolationKind::MinLength { limit },
            Assertion::MaxLength(limit) if length() > limit => ViolationKind::MaxLength { limit },
            Assertion::Format(format) if !format.matches(text) => ViolationKind::Format { format },
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
            pointer: std::mem::take(&mut self.pointer),
            found: std::mem::take(&mut self.found),
            omitted: self.omitted,
            max_depth: self.max_depth,
            max_violations: self.max_violations,
            pointer_bytes: budget,
            pure: self.pure,
            explains: self.explains,
            score: self.score,
            ..Walk::silent(self.reader.embedded(text))
        };
        inner.text(schema);
        // What ended the inner text does not end the outer one.
        self.pointer_bytes = inner.pointer_bytes.min(budget);
        (self.found, self.omitted, self.pointer) = (inner.found, inner.omitted, inner.pointer);
        self.score = inner.score;
        self.undecided = self.undecided.or(inner.undecided);
        self.pointer.truncate(length);
    }

    /// `enum` and `const` of an array or an object.
    pub(super) fn composite_options(
        &mut self,
        schema: &'static Schema,
        assertion: &'static Assertion,
        value: &Reader<'a>,
    ) {
        // Only where an option has parts is the value brought into a form that can be compared.
        let own = std::cell::OnceCell::new();
        self.options(schema, assertion, |option| {
            option.starts_with(['[', '{'])
                && *own.get_or_init(|| canonical::text(&mut value.clone()))
                    == canonical::text(&mut Reader::new(option))
        });
    }

    fn options(
        &mut self,
        schema: &'static Schema,
        assertion: &'static Assertion,
        is: impl Fn(&str) -> bool,
    ) {
        match *assertion {
            Assertion::Enum(options) if !options.iter().any(|option| is(option)) => {
                self.report(schema, ViolationKind::Enum { options });
            }
            Assertion::Const(expected) if !is(expected) => {
                self.report(schema, ViolationKind::Const { expected });
            }
            _ => {}
        }
    }
}

/// Reads a scalar; the index of the option that it equals.
pub(crate) fn literal(reader: &mut Reader<'_>, options: &[&str]) -> Result<usize, Stop> {
    let kind = reader.peek()?;
    if matches!(kind, json::JsonType::Array | json::JsonType::Object) {
        return Err(Stop::Mismatch);
    }
    let scalar = Scalar::read(reader, kind)?;
    options.iter().position(|option| scalar.is(option)).ok_or(Stop::Mismatch)
}

impl<'a> Scalar<'a> {
    fn read(reader: &mut Reader<'a>, kind: json::JsonType) -> Result<Self, Stop> {
        match kind {
            json::JsonType::Null => reader.null().map(|()| Scalar::Null),
            json::JsonType::Boolean => reader.boolean().map(Scalar::Boolean),
            json::JsonType::Number => reader.number().map(Scalar::Number),
            _ => reader.string().map(Scalar::String),
        }
    }

    /// Returns whether it equals `option`, a scalar as compact JSON text.
    fn is(&self, option: &str) -> bool {
        match self {
            Scalar::Null => option == "null",
            Scalar::Boolean(value) => option == if *value { "true" } else { "false" },
            Scalar::Number(text) => {
                option.starts_with(|c: char| c == '-' || c.is_ascii_digit())
                    && compare::numbers(text, option) == Ordering::Equal
            }
            Scalar::String(text) if !option.contains('\\') => {
                option.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(text)
            }
            Scalar::String(text) => {
                let mut quoted = String::with_capacity(text.len() + 2);
                writer::string(text, &mut quoted);
                quoted == option
            }
        }
    }
}

/// Returns whether the type that a number is decoded to can hold it. A number that is not an integer breaks
/// `type`, not the range of an integer.
fn fits(text: &str, representation: Representation) -> bool {
    match representation {
        Representation::Integer8 => holds::<i8>(text),
        Representation::Integer16 => holds::<i16>(text),
        Representation::Integer32 => holds::<i32>(text),
        Representation::Integer64 => holds::<i64>(text),
        Representation::Unsigned8 => holds::<u8>(text),
        Representation::Unsigned16 => holds::<u16>(text),
        Representation::Unsigned32 => holds::<u32>(text),
        // A negative number breaks the `minimum` for which the type is unsigned.
        Representation::Unsigned64 => {
            text.starts_with('-') || number::unsigned(text).is_some() || !number::is_integer(text)
        }
        Representation::Float => text.parse().is_ok_and(f32::is_finite),
        Representation::Double => text.parse().is_ok_and(f64::is_finite),
        Representation::Decimal => number::decimal(text).is_some(),
    }
}

/// Returns whether a type of integers holds a number, if it is an integer.
fn holds<T: TryFrom<i64>>(text: &str) -> bool {
    let held = |value| T::try_from(value).is_ok();
    number::integer(text).map_or_else(|| !number::is_integer(text), held)
}

/// The plainest text of an integer.
fn integer_text(text: &str) -> Option<String> {
    number::integer(text).map(|value| value.to_string())
}
