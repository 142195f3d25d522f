//! The second reading of a message, which names every violation.
//!
//! One walk over the text carries the list of schemas that apply to the value at hand; references
//! and `allOf` are flattened into it, and so is a union's branch once the JSON type has decided
//! for it. The cost is therefore linear in the message, whatever is wrong with it. Where the type
//! leaves several branches, and where a schema only asks about another one (`not`, `if`,
//! `contains`), that schema is walked on its own, but only once for each value. Where no branch fits, the
//! violations of each are counted, also once for each value, and the nearest one applies.

mod accepted;
mod applicators;
mod array;
mod branches;
mod keys;
mod nearest;
mod object;
mod scalar;
mod score;
mod spare;
#[cfg(test)]
mod tests;

pub(crate) use scalar::literal;

use super::schema::Schema;
use super::{Violation, ViolationKind};
use crate::json::{self, Reader, Stop};
use accepted::Accepted;
use score::Score;
use spare::{Applied, Spare};
use std::collections::HashMap;

/// Returns whether the value at `reader` satisfies `schema`.
pub(crate) fn accepts(reader: &Reader<'_>, schema: &'static Schema) -> bool {
    Walk::silent(reader.clone()).satisfies(schema)
}

/// All violations of `schema` in `text` within the default limits, and how many more there were.
pub(crate) fn violations(text: &str, schema: &'static Schema) -> (Vec<Violation>, usize) {
    Walk::new(text, Reader::DEFAULT_DEPTH, Walk::DEFAULT_VIOLATIONS).run(schema)
}

pub(crate) struct Walk<'a> {
    reader: Reader<'a>,
    /// Pointer of the value at hand; grows and shrinks with the walk.
    pointer: String,
    /// Pointer length of the outermost ancestor that the contract leaves unconstrained.
    silent_from: Option<usize>,
    /// The values before the place where the decoder stopped.
    accepted: Accepted,
    found: Vec<Violation>,
    omitted: usize,
    max_depth: usize,
    max_violations: usize,
    /// The bytes that pointers may still take: a long key repeated in many of them must not outgrow the
    /// message.
    pointer_bytes: usize,
    /// True if only the contract counts, and not the capacity of the types: an
    /// integer beyond 64 bits is an integer to `not`, `oneOf` and others that only ask.
    pure: bool,
    /// True if this lists violations for a rejection. Only then are values put to types of other crates, which
    /// the decoder does itself.
    explains: bool,
    /// True if this only judges a value for another walk; then it judges what is inside likewise, and
    /// stops at the first violation.
    judging: bool,
    /// Where the value at an offset ends if it satisfies the schema at an address, purely or not.
    /// Without it a recursive union would be walked twice as often on each level.
    judged: HashMap<(usize, usize, bool), Option<usize>>,
    /// Violations so far if this only counts them, to compare branches of a union for another walk.
    score: Option<Score>,
    /// The violations of the schema at an address in the value at an offset, purely or not, and where the
    /// value ends; `None` if it cannot be read.
    scored: HashMap<(usize, usize, bool), Option<(Score, usize)>>,
    /// The first pattern that was not decided, and the schema that has it. A judgement that rests on it, under
    /// `not` for example, must not lead to the value being accepted.
    undecided: Option<(&'static Schema, &'static str)>,
    spare: Spare<'a>,
}

/// Stop walking; the cause is already reported or irrelevant.
struct Unreadable;

impl<'a> Walk<'a> {
    /// Violations that are listed; further ones are only counted.
    pub(crate) const DEFAULT_VIOLATIONS: usize = 100;

    pub(crate) fn new(text: &'a str, max_depth: usize, max_violations: usize) -> Self {
        Self {
            pointer: String::with_capacity(128),
            max_depth,
            explains: true,
            // A rejection needs at least one violation to be useful.
            max_violations: max_violations.max(1),
            pointer_bytes: text.len().saturating_add(max_violations.saturating_mul(256)),
            ..Self::silent(Reader::with_depth(text, max_depth))
        }
    }

    /// Explains a text whose decoder stopped at an offset: it has accepted all values before that.
    pub(crate) fn from(mut self, text: &str, offset: usize) -> Self {
        self.accepted = Accepted::new(text, offset);
        self
    }

    /// A walk that only determines whether there is a violation.
    fn silent(reader: Reader<'a>) -> Self {
        Self {
            reader,
            pointer: String::new(),
            silent_from: None,
            accepted: Accepted::default(),
            found: Vec::new(),
            omitted: 0,
            max_depth: 0,
            max_violations: 1,
            pointer_bytes: 0,
            pure: false,
            explains: false,
            judging: false,
            judged: HashMap::new(),
            score: None,
            scored: HashMap::new(),
            undecided: None,
            spare: Spare::default(),
        }
    }

    fn satisfies(&mut self, schema: &'static Schema) -> bool {
        let kind = self.reader.peek();
        let is_read = kind.is_ok_and(|kind| self.content_of(kind, &[schema]).is_ok());
        is_read && self.found.is_empty() && self.undecided.is_none()
    }

    /// Returns whether `value`, which is being walked, satisfies `schema` and fits its type.
    fn accepts(&mut self, value: &Reader<'a>, schema: &'static Schema) -> bool {
        self.judge(value, schema, self.pure)
    }

    /// Returns whether `value`, which is being walked, satisfies `schema`, even if it does not fit its type.
    fn satisfied(&mut self, value: &Reader<'a>, schema: &'static Schema) -> bool {
        self.judge(value, schema, true)
    }

    fn judge(&mut self, value: &Reader<'a>, schema: &'static Schema, pure: bool) -> bool {
        self.end(value, schema, pure).is_some()
    }

    /// Where `value` ends if it satisfies `schema`.
    fn end(&mut self, value: &Reader<'a>, schema: &'static Schema, pure: bool) -> Option<usize> {
        let key = (value.position(), std::ptr::from_ref(schema).addr(), pure);
        if let Some(known) = self.judged.get(&key) {
            return *known;
        }
        let (judged, spare) = (std::mem::take(&mut self.judged), std::mem::take(&mut self.spare));
        let mut inner = Self { judged, spare, pure, judging: true, ..Self::silent(value.clone()) };
        let end = inner.satisfies(schema).then(|| inner.reader.position());
        (self.judged, self.spare) = (inner.judged, inner.spare);
        self.judged.insert(key, end);
        if let Some((schema, pattern)) = inner.undecided {
            self.undecided(schema, pattern);
        }
        end
    }

    pub(crate) fn run(mut self, schema: &'static Schema) -> (Vec<Violation>, usize) {
        self.text(schema);
        (self.found, self.omitted)
    }

    /// Reads one value and everything after it.
    fn text(&mut self, schema: &'static Schema) {
        if self.value(&[schema]).is_ok()
            && let Err(stop) = self.reader.end()
        {
            self.unreadable(stop);
        }
    }

    /// Reads one value and reports its violations of `schemas`.
    fn value(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let kind = self.reader.peek().map_err(|stop| self.unreadable(stop))?;
        if self.accepted.skip(&mut self.reader, kind) {
            return Ok(());
        }
        let silent =
            self.silent_from.is_none() && schemas.iter().all(|schema| schema.assertions.is_empty());
        if silent {
            self.silent_from = Some(self.pointer.len());
        }
        self.read(kind, schemas)?;
        if silent {
            self.silent_from = None;
        }
        Ok(())
    }

    fn read(
        &mut self,
        kind: json::JsonType,
        schemas: &[&'static Schema],
    ) -> Result<(), Unreadable> {
        let is_scalar = !matches!(kind, json::JsonType::Object | json::JsonType::Array);
        if is_scalar || !(self.judging || self.score.is_some()) {
            return self.content_of(kind, schemas);
        }
        if schemas.iter().all(|schema| schema.assertions.is_empty()) {
            return self.skip();
        }
        if self.score.is_some() {
            return self.score_inside(schemas);
        }
        // Once for each schema, however it is reached: a repeated judgement is skipped.
        let value = self.reader.clone();
        for schema in schemas.iter().filter(|schema| !schema.assertions.is_empty()) {
            let end = self.end(&value, schema, self.pure).ok_or(Unreadable)?;
            self.reader.jump(end);
        }
        Ok(())
    }

    /// Reads a value that the schema leaves unconstrained; a caller that asks for the judgement reads it too.
    fn skip(&mut self) -> Result<(), Unreadable> {
        let key = (self.reader.position(), 0, false);
        let end = match self.judged.get(&key) {
            Some(known) => *known,
            None => {
                let end = self.reader.skip().is_ok().then(|| self.reader.position());
                self.judged.insert(key, end);
                end
            }
        };
        self.reader.jump(end.ok_or(Unreadable)?);
        Ok(())
    }

    /// A value that was not judged yet.
    fn content_of(
        &mut self,
        kind: json::JsonType,
        schemas: &[&'static Schema],
    ) -> Result<(), Unreadable> {
        match kind {
            json::JsonType::Object => self.object(schemas),
            json::JsonType::Array => self.array(schemas),
            _ => self.scalar(kind, schemas),
        }?;
        if self.judging && !self.found.is_empty() { Err(Unreadable) } else { Ok(()) }
    }

    /// Rejects the value whatever follows from a pattern that was not decided.
    fn undecided(&mut self, schema: &'static Schema, pattern: &'static str) {
        self.undecided.get_or_insert((schema, pattern));
        self.report(schema, ViolationKind::Undecided { pattern });
    }

    fn report(&mut self, schema: &'static Schema, kind: ViolationKind) {
        self.push(Some(schema), kind);
    }

    fn push(&mut self, schema: Option<&'static Schema>, kind: ViolationKind) {
        if let Some(score) = &mut self.score {
            // A repeated key is one whatever the branch.
            if !matches!(kind, ViolationKind::DuplicateKey { .. }) {
                score.add(&self.pointer, Score::one());
            }
            return;
        }
        let affordable = self.pointer.len() <= self.pointer_bytes || self.found.is_empty();
        if self.found.len() == self.max_violations || !affordable {
            self.omitted += 1;
            return;
        }
        self.pointer_bytes = self.pointer_bytes.saturating_sub(self.pointer.len());
        let schema_pointer = match (schema, kind.keyword()) {
            (Some(schema), Some(keyword)) if schema.has_keywords => {
                [schema.pointer, "/", keyword].concat().into()
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
                // A pointer through a hundred unknown levels would help nobody.
                self.pointer.truncate(self.silent_from.unwrap_or(self.pointer.len()));
                ViolationKind::Depth { limit: self.max_depth }
            }
            Stop::Syntax(syntax) => ViolationKind::Syntax { syntax, offset },
            // The walk asks for no type it has not seen, and looks after keys itself.
            Stop::Mismatch | Stop::Duplicate => {
                ViolationKind::Syntax { syntax: json::Syntax::UnexpectedCharacter, offset }
            }
        };
        // It ends the walk, so it is always among the listed violations.
        if self.found.len() == self.max_violations {
            self.found.pop();
            self.omitted += 1;
        }
        self.pointer_bytes = usize::MAX;
        self.push(None, kind);
        Unreadable
    }
}
