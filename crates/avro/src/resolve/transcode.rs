//! A datum of the writer's schema into one of the reader's, in one pass and without a tree of values.

use super::error::{ResolveError, Unresolvable};
use super::plan::{Branch, Node, NodeId, Plan, Record, Source};
use migration_events_runtime::__private::internal::Segment;
use migration_events_runtime::__private::internal::{write_bytes, write_long};
use migration_events_runtime::avro::write_index;
use migration_events_runtime::avro::{Cursor, DatumError, DatumErrorKind};
use std::collections::HashSet;
use std::ops::Range;

/// Levels that can be stepped over, whatever the limit of reading: what one thread's stack bears.
const SKIPPED_DEPTH: usize = 512;

/// Limits of one datum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes in the schema of the reader.
    pub(super) len: usize,
    /// Levels of records, arrays, maps and branches of unions, counted as by [`Cursor::with_depth`].
    pub(super) depth: usize,
}

/// Work that data took and that their bytes do not bound.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spent {
    /// Values without bytes.
    pub(crate) empty: u64,
    /// Bytes in the schema of the reader.
    pub(crate) resolved: usize,
}

/// Reads the datum at the cursor and appends it in the schema of the reader.
pub(super) fn resolve(
    plan: &Plan,
    cursor: &mut Cursor<'_>,
    limits: Limits,
    out: &mut Vec<u8>,
    spent: &mut Spent,
) -> Result<(), ResolveError> {
    let end = out.len().saturating_add(limits.len);
    let output = Output::Checked { out, end, limit: limits.len };
    let mut walk = Walk::new(plan, cursor, limits.depth, output);
    let done = walk.value(plan.root, cursor);
    spent.empty += walk.spent(cursor);
    let error = match done {
        Ok(()) => return Ok(()),
        Err(error) => error.of(plan.name.to_string()),
    };
    match walk.refused {
        Some(refused) => Err(refused.at(&error).into()),
        None => Err(error.into()),
    }
}

/// Steps over the datum at the cursor, looking at nothing but its lengths and indices.
pub(super) fn skip(
    plan: &Plan,
    cursor: &mut Cursor<'_>,
    limits: Limits,
    spent: &mut Spent,
) -> Result<(), DatumError> {
    let depth = limits.depth.max(SKIPPED_DEPTH);
    let mut walk = Walk::new(plan, cursor, depth, Output::Skip);
    let done = walk.value(plan.copy, cursor);
    spent.empty += walk.spent(cursor);
    done
}

/// Destination of the values.
enum Output<'o> {
    /// Nothing, and they are not looked at.
    Skip,
    /// Nothing, but they must be valid: a field that the reader does not have.
    Drop,
    /// They are appended, up to a place in the buffer.
    Checked { out: &'o mut Vec<u8>, end: usize, limit: usize },
}

struct Walk<'o> {
    plan: &'o Plan,
    output: Output<'o>,
    depth: usize,
    max_depth: usize,
    /// Number of further values that may take no bytes. Each byte allows for one; the nulls of an array, records
    /// of nothing, and records of such records are bounded by no byte.
    empty_values: usize,
    /// Those at the beginning, and the items without bytes that the cursor had counted.
    before: (usize, u32),
    refused: Option<Unresolvable>,
}

impl<'o> Walk<'o> {
    fn new(plan: &'o Plan, cursor: &Cursor<'_>, max_depth: usize, output: Output<'o>) -> Self {
        let empty_values = Cursor::MAX_EMPTY_ITEMS as usize + cursor.remaining().len();
        let before = (empty_values, cursor.empty_items());
        Self { plan, output, depth: 0, max_depth, empty_values, before, refused: None }
    }

    /// Number of values without bytes. Items of arrays are counted by the cursor, also those that are not walked.
    fn spent(&self, cursor: &Cursor<'_>) -> u64 {
        let (values, items) = self.before;
        (values - self.empty_values) as u64 + u64::from(cursor.empty_items() - items)
    }

    /// Opens a level, which [`value`](Self::value) closes.
    fn enter(&mut self, cursor: &Cursor<'_>) -> Result<(), DatumError> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return Err(cursor.error(DatumErrorKind::Depth { limit: self.max_depth }));
        }
        Ok(())
    }

    /// The buffer, where the values go somewhere.
    fn out(&mut self) -> Option<&mut Vec<u8>> {
        match &mut self.output {
            Output::Checked { out, .. } => Some(out),
            Output::Skip | Output::Drop => None,
        }
    }

    /// Returns whether values must be valid, not only their lengths.
    fn checks(&self) -> bool {
        !matches!(self.output, Output::Skip)
    }

    fn long(&mut self, value: i64) {
        if let Some(out) = self.out() {
            write_long(value, out);
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        if let Some(out) = self.out() {
            out.extend_from_slice(bytes);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if let Some(out) = self.out() {
            write_bytes(bytes, out);
        }
    }

    fn index(&mut self, index: usize) {
        if let Some(out) = self.out() {
            write_index(index, out);
        }
    }

    fn refuse(&mut self, cursor: &Cursor<'_>, refused: Unresolvable) -> DatumError {
        self.refused = Some(refused);
        cursor.error(DatumErrorKind::Unresolvable)
    }

    fn value(&mut self, id: NodeId, cursor: &mut Cursor<'_>) -> Result<(), DatumError> {
        // Nothing is read and nothing is written: its size in the schema must not become work.
        if self.plan.reads_nothing(id) && !matches!(self.output, Output::Checked { .. }) {
            return Ok(());
        }
        let before = cursor.position();
        let depth = self.depth;
        self.any(id, cursor)?;
        self.depth = depth;
        if cursor.position() == before {
            let left = self.empty_values.checked_sub(1);
            self.empty_values = left.ok_or_else(|| cursor.error(DatumErrorKind::EmptyItems))?;
        }
        match &self.output {
            Output::Checked { out, end, limit } if out.len() > *end => {
                Err(cursor.error(DatumErrorKind::ResolvedLength { limit: *limit }))
            }
            _ => Ok(()),
        }
    }

    fn any(&mut self, id: NodeId, cursor: &mut Cursor<'_>) -> Result<(), DatumError> {
        let plan = self.plan;
        match plan.node(id) {
            Node::Null => {}
            Node::Boolean => {
                let value = cursor.boolean()?;
                self.raw(&[value.into()]);
            }
            Node::Int => {
                let value = cursor.int()?;
                self.long(value.into());
            }
            Node::Long => {
                let value = cursor.long()?;
                self.long(value);
            }
            Node::Float => {
                let value = cursor.array::<4>()?;
                self.raw(&value);
            }
            Node::Double => {
                let value = cursor.array::<8>()?;
                self.raw(&value);
            }
            Node::Bytes => {
                let value = cursor.bytes()?;
                self.bytes(value);
            }
            Node::String | Node::BytesToString | Node::StringToBytes | Node::Uuid => {
                self.text(plan.node(id), cursor)?;
            }
            Node::Fixed(size) => {
                let value = cursor.fixed(*size)?;
                self.raw(value);
            }
            // The promotions of the specification round as Rust's `as` does, to the nearest.
            Node::IntToFloat => {
                let value = cursor.int()? as f32;
                self.raw(&value.to_le_bytes());
            }
            Node::IntToDouble => {
                let value = f64::from(cursor.int()?);
                self.raw(&value.to_le_bytes());
            }
            Node::LongToFloat => {
                let value = cursor.long()? as f32;
                self.raw(&value.to_le_bytes());
            }
            Node::LongToDouble => {
                let value = cursor.long()? as f64;
                self.raw(&value.to_le_bytes());
            }
            Node::FloatToDouble => {
                let value = f64::from(cursor.float()?);
                self.raw(&value.to_le_bytes());
            }
            Node::Enum(indices) => {
                let before = cursor.clone();
                let index = cursor.symbol()?;
                match indices.get(index) {
                    Some(Some(index)) => self.index(*index),
                    Some(None) => {
                        let kind = super::UnresolvableKind::Symbol;
                        return Err(self.refuse(&before, Unresolvable::new(kind)));
                    }
                    None => return Err(cursor.no_such_symbol()),
                }
            }
            Node::Array(items) => {
                self.enter(cursor)?;
                self.blocks(cursor, |walk, cursor| walk.value(*items, cursor))?;
            }
            Node::Map(values) => {
                self.enter(cursor)?;
                self.map(*values, cursor)?;
            }
            Node::Record(record) => {
                self.enter(cursor)?;
                self.record(record, cursor)?;
            }
            Node::Union(branches) => self.union(branches, cursor)?,
            Node::Wrap { index, value } => {
                self.index(*index);
                self.any(*value, cursor)?;
            }
            Node::Refuse(refused) => return Err(self.refuse(cursor, refused.clone())),
            // A plan has none; to the bytes it means nothing.
            Node::Pending => return Err(cursor.error(DatumErrorKind::Unresolvable)),
        }
        Ok(())
    }

    fn text(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Result<(), DatumError> {
        let before = cursor.clone();
        let bytes = cursor.bytes()?;
        if self.checks() {
            let text = str::from_utf8(bytes).map_err(|_| before.error(DatumErrorKind::Utf8))?;
            if matches!(node, Node::Uuid) && migration_events_runtime::Uuid::parse(text).is_err() {
                return Err(before.error(DatumErrorKind::Uuid));
            }
        }
        self.bytes(bytes);
        Ok(())
    }

    fn union(&mut self, branches: &[Branch], cursor: &mut Cursor<'_>) -> Result<(), DatumError> {
        let index = cursor.branch()?;
        let Some(branch) = branches.get(index) else { return Err(cursor.no_such_branch()) };
        if branch.name.is_some() {
            self.enter(cursor)?;
        }
        self.value(branch.value, cursor).map_err(|error| match &branch.name {
            Some(name) => error.within(Segment::WriterName(name.clone())),
            None => error,
        })
    }

    /// Items in one block, however many the writer made; calls `item` for each.
    fn blocks<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        mut item: impl FnMut(&mut Self, &mut Cursor<'a>) -> Result<(), DatumError>,
    ) -> Result<(), DatumError> {
        let start = self.out().map_or(0, |out| out.len());
        let mut count = 0_i64;
        cursor.blocks(|cursor| {
            count += 1;
            item(self, cursor)
        })?;
        if let Some(out) = self.out() {
            if count > 0 {
                let end = out.len();
                write_long(count, out);
                let len = out.len() - end;
                out[start..].rotate_right(len);
            }
            out.push(0);
        }
        Ok(())
    }

    fn map(&mut self, values: NodeId, cursor: &mut Cursor<'_>) -> Result<(), DatumError> {
        let mut keys = HashSet::new();
        self.blocks(cursor, |walk, cursor| {
            let before = cursor.clone();
            let key = cursor.bytes()?;
            if walk.checks() {
                str::from_utf8(key).map_err(|_| before.error(DatumErrorKind::Utf8))?;
                if !keys.insert(key) {
                    return Err(before.error(DatumErrorKind::RepeatedKey));
                }
            }
            walk.bytes(key);
            walk.value(values, cursor)
        })
    }

    fn record(&mut self, record: &Record, cursor: &mut Cursor<'_>) -> Result<(), DatumError> {
        if record.is_ordered {
            let mut next = 0;
            for source in &record.read {
                match source {
                    Source::Field(index) => {
                        for dropped in next..*index {
                            self.field(record, dropped, cursor)?;
                        }
                        self.field(record, *index, cursor)?;
                        next = index + 1;
                    }
                    Source::Default(datum) => self.raw(datum),
                }
            }
            return (next..record.written.len())
                .try_for_each(|dropped| self.field(record, dropped, cursor));
        }

        let start = self.out().map_or(0, |out| out.len());
        let mut places: Vec<Range<usize>> = Vec::with_capacity(record.written.len());
        for index in 0..record.written.len() {
            let before = self.out().map_or(0, |out| out.len());
            self.field(record, index, cursor)?;
            let after = self.out().map_or(0, |out| out.len());
            places.push(before..after);
        }
        if let Some(out) = self.out() {
            let written = out.split_off(start);
            for source in &record.read {
                match source {
                    Source::Field(index) => {
                        let place = &places[*index];
                        out.extend_from_slice(&written[place.start - start..place.end - start]);
                    }
                    Source::Default(datum) => out.extend_from_slice(datum),
                }
            }
        }
        Ok(())
    }

    /// A field of the writer.
    fn field(
        &mut self,
        record: &Record,
        index: usize,
        cursor: &mut Cursor<'_>,
    ) -> Result<(), DatumError> {
        let field = &record.written[index];
        let read = if field.is_dropped && self.checks() {
            let output = std::mem::replace(&mut self.output, Output::Drop);
            let read = self.value(field.value, cursor);
            self.output = output;
            read
        } else {
            self.value(field.value, cursor)
        };
        read.map_err(|error| error.within(Segment::WriterName(field.name.clone())))
    }
}
