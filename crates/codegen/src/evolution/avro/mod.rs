//! Two versions of an Avro schema, resolved in both directions (Avro specification, “Schema Resolution”).

mod schema;

use super::change::{Breaks, Change};
use crate::error::Problem;
use crate::frontend;
use crate::model::Model;
use crate::tree::Tree;
use schema::{Named, Node, Schema, Side};
use std::collections::HashSet;

/// How many pairs of schemas are compared before the comparison gives up.
const MOST_STEPS: usize = 50_000;
/// How deep the comparison follows both versions.
const DEEPEST: usize = 200;

/// Name and content of both versions.
pub(super) fn compare(old: (&str, &Tree), new: (&str, &Tree)) -> Result<Vec<Change>, Vec<Problem>> {
    for (file, tree) in [old, new] {
        frontend::avro::read(file, tree, tree, &mut Model::default())?;
    }
    let (old, new) = (Side::of(old.1), Side::of(new.1));
    let mut changes: Vec<Change> = Vec::new();
    for (reader, writer, is_backward) in [(&new, &old, true), (&old, &new, false)] {
        let mut resolution = Resolution {
            reader,
            writer,
            is_backward,
            seen: HashSet::new(),
            refused: HashSet::new(),
            tried: HashSet::new(),
            settled: HashSet::new(),
            is_trying: false,
            has_grown: false,
            changes: Vec::new(),
            steps: 0,
            depth: 0,
        };
        resolution.resolve(&reader.root(), &writer.root());
        resolution.changes.into_iter().for_each(|change| merge(&mut changes, change));
    }
    Ok(changes)
}

/// Adds a change, or whom it breaks if the other direction noted it too.
fn merge(changes: &mut Vec<Change>, change: Change) {
    let is_same = |other: &&mut Change| {
        other.pointer_old == change.pointer_old
            && other.pointer_new == change.pointer_new
            && other.what == change.what
    };
    match changes.iter_mut().find(is_same) {
        None => changes.push(change),
        Some(known) => {
            if known.breaks.is_none() {
                known.why = change.why;
            } else if !change.breaks.is_none() && known.why != change.why {
                known.why = format!("{}; {}", known.why, change.why);
            }
            known.breaks = known.breaks.or(change.breaks);
        }
    }
}

/// One direction: data of the writer's schema, read with the reader's.
struct Resolution<'t> {
    reader: &'t Side<'t>,
    writer: &'t Side<'t>,
    /// Whether the new version is the reader's.
    is_backward: bool,
    /// Pairs that were resolved or are being resolved: records may contain themselves.
    seen: HashSet<(String, String)>,
    /// Pairs of which some value cannot be read.
    refused: HashSet<(String, String)>,
    /// The pairs that were tried in this round.
    tried: HashSet<(String, String)>,
    /// The pairs of which it is known for good.
    settled: HashSet<(String, String)>,
    is_trying: bool,
    /// Whether a pair was refused in this round that was not before.
    has_grown: bool,
    changes: Vec<Change>,
    steps: usize,
    depth: usize,
}

impl<'t> Resolution<'t> {
    /// Notes what of the writer's schema the reader's cannot read.
    fn resolve(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let (reader, writer) = (self.reader.definition(reader), self.writer.definition(writer));
        if self.is_trying {
            // Only whether anything cannot be read is asked for.
            if !self.tried(&reader, &writer) {
                self.note(&reader, &writer, "", true, "");
            }
        } else if self.seen.insert((reader.pointer.clone(), writer.pointer.clone())) {
            self.walk(&reader, &writer);
        }
    }

    fn walk(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST {
            let why = "versions that nest deeper or branch further are not compared to the end";
            self.note(reader, writer, "schemas too intricate to compare", true, why);
            return;
        }
        self.depth += 1;
        self.schemas(reader, writer);
        self.depth -= 1;
    }

    fn schemas(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        match (self.reader.schema(reader), self.writer.schema(writer)) {
            (Schema::Union(readers), Schema::Union(writers)) => {
                for branch in &writers {
                    self.branch(reader, &readers, branch);
                }
            }
            (Schema::Union(readers), _) => self.branch(reader, &readers, writer),
            (_, Schema::Union(writers)) => {
                for branch in &writers {
                    self.branch(reader, std::slice::from_ref(reader), branch);
                }
            }
            (Schema::Primitive(of_reader), Schema::Primitive(of_writer)) => {
                self.primitives((reader, of_reader), (writer, of_writer));
            }
            (Schema::Array(of_reader), Schema::Array(of_writer))
            | (Schema::Map(of_reader), Schema::Map(of_writer)) => {
                self.resolve(&of_reader, &of_writer);
            }
            (Schema::Record(of_reader), Schema::Record(of_writer)) => {
                if self.names((reader, &of_reader), (writer, &of_writer)) {
                    self.fields(reader, writer);
                }
            }
            (Schema::Enum(of_reader), Schema::Enum(of_writer)) => {
                if self.names((reader, &of_reader), (writer, &of_writer)) {
                    self.symbols(reader, writer);
                }
            }
            (Schema::Fixed(of_reader), Schema::Fixed(of_writer)) => {
                if self.names((reader, &of_reader), (writer, &of_writer)) {
                    self.size(reader, writer);
                }
            }
            _ => self.mismatch(reader, writer),
        }
    }

    /// A branch of the writer's, or all of it, that some branch of the reader's must take.
    fn branch(&mut self, reader: &Node<'t>, readers: &[Node<'t>], writer: &Node<'t>) {
        let writer = &self.writer.definition(writer);
        let namesake = readers
            .iter()
            .find(|branch| self.is_same_kind(&self.reader.definition(branch), writer));
        if readers.iter().any(|branch| self.takes(branch, writer)) {
            // Promotions and the like are worth a word where the branch is the same.
            if let Some(branch) = namesake {
                self.resolve(branch, writer);
            }
            return;
        }
        if let Some(branch) = namesake {
            self.resolve(branch, writer);
            return;
        }
        let name = self.writer.describe(writer);
        let (what, why) = if self.is_backward {
            (format!("{name} is no branch any more"), "the new version cannot read such a value")
        } else {
            (format!("{name} became a branch"), "the old version cannot read such a value")
        };
        self.note(reader, writer, what, true, why);
        self.is_only_in(false);
    }

    /// Whether every value of the writer's schema can be read, without noting why not.
    ///
    /// Records may contain themselves, so that the answer may rest on itself: it is presumed to be yes, and
    /// rounds of trials find out where it is not.
    fn takes(&mut self, reader: &Node<'t>, writer: &Node<'t>) -> bool {
        if self.is_trying {
            return self.tried(reader, writer);
        }
        self.is_trying = true;
        let takes = loop {
            self.has_grown = false;
            let takes = self.tried(reader, writer);
            let tried = std::mem::take(&mut self.tried);
            if !self.has_grown {
                self.settled.extend(tried);
                break takes;
            }
        };
        self.is_trying = false;
        takes
    }

    /// The answer of this round.
    fn tried(&mut self, reader: &Node<'t>, writer: &Node<'t>) -> bool {
        let reader = self.reader.definition(reader);
        let key = (reader.pointer.clone(), writer.pointer.clone());
        if self.refused.contains(&key) {
            return false;
        }
        if self.settled.contains(&key) || !self.tried.insert(key.clone()) {
            return true;
        }
        let changes = std::mem::take(&mut self.changes);
        self.walk(&reader, writer);
        let found = std::mem::replace(&mut self.changes, changes);
        let takes = found.iter().all(|change| change.breaks.is_none());
        if !takes {
            self.has_grown = true;
            self.refused.insert(key);
        }
        takes
    }

    /// Whether a branch is the one of the same type, and of the same name if it has one.
    fn is_same_kind(&self, reader: &Node<'t>, writer: &Node<'t>) -> bool {
        match (self.reader.schema(reader), self.writer.schema(writer)) {
            (Schema::Primitive(reader), Schema::Primitive(writer)) => reader == writer,
            (Schema::Array(_), Schema::Array(_)) | (Schema::Map(_), Schema::Map(_)) => true,
            (Schema::Record(reader), Schema::Record(writer))
            | (Schema::Enum(reader), Schema::Enum(writer))
            | (Schema::Fixed(reader), Schema::Fixed(writer)) => reader.takes(&writer),
            _ => false,
        }
    }

    fn primitives(&mut self, reader: (&Node<'t>, &str), writer: (&Node<'t>, &str)) {
        let ((reader, of_reader), (writer, of_writer)) = (reader, writer);
        let is_promoted = matches!(
            (of_writer, of_reader),
            ("int", "long" | "float" | "double")
                | ("long", "float" | "double")
                | ("float", "double")
                | ("string", "bytes")
                | ("bytes", "string")
        );
        if of_reader != of_writer && !is_promoted {
            return self.mismatch(reader, writer);
        }
        let logical = (schema::logical(reader), schema::logical(writer));
        if of_reader == of_writer && logical.0 == logical.1 {
            return;
        }
        let what = self.became(reader, writer);
        let (breaks, why) = match logical {
            (None, None) => (false, "the values are promoted"),
            (Some(reader), None) if reader == "uuid" => (true, "not every text is a UUID"),
            (None, Some(_)) => (false, "the values are read, without what they mean"),
            (Some(_), None) if of_reader == of_writer => {
                (false, "the values stay as they are, and what they mean is said now")
            }
            _ => (true, "the values would be read as something else"),
        };
        self.note(reader, writer, what, breaks, why);
    }

    /// Whether two named types are the same one, as far as names tell.
    fn names(
        &mut self,
        (reader, of_reader): (&Node<'t>, &Named),
        (writer, of_writer): (&Node<'t>, &Named),
    ) -> bool {
        if !of_reader.takes(of_writer) {
            let what = self.became(reader, writer);
            let why = if self.is_backward {
                "names must be the same, or the new one must have the old one as an alias"
            } else {
                "the old version does not know the name"
            };
            self.note(reader, writer, what, true, why);
            return false;
        }
        if of_reader.full_name() != of_writer.full_name() {
            let what = self.became(reader, writer);
            let why = "an alias, or the name without its namespace, is the same";
            self.note(reader, writer, what, false, why);
        }
        true
    }

    fn fields(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let (of_reader, of_writer) = (schema::fields(reader), schema::fields(writer));
        let mut taken = HashSet::new();
        for field in &of_reader {
            let mut names = std::iter::once(field.name).chain(field.aliases.iter().copied());
            let source = names.find_map(|name| of_writer.iter().find(|other| other.name == name));
            let Some(source) = source else {
                self.missing(writer, field, &of_writer);
                continue;
            };
            taken.insert(source.name);
            if source.name != field.name {
                let what = self.renamed(field.name, source.name);
                let why = "the reader's field has the writer's name as an alias";
                self.note(&field.node, &source.node, what, false, why);
            }
            let defaults = [field.default, source.default];
            if let [Some(one), Some(other)] = defaults
                && one != other
            {
                let what = format!("the default of the field `{}` changed", field.name);
                let why = "it stands for the field only in data that lacks it";
                self.note(&field.node, &source.node, what, false, why);
            }
            self.resolve(&field.ty, &source.ty);
        }
        for field in of_writer.iter().filter(|field| !taken.contains(field.name)) {
            // Where a field was renamed, that is said already.
            let is_renamed = of_reader.iter().any(|other| field.aliases.contains(&other.name));
            if !is_renamed {
                let (what, why) =
                    (self.gone_or_come(field, false), "readers skip what they do not know");
                self.note(reader, &field.node, what, false, why);
                self.is_only_in(false);
            }
        }
    }

    /// A field of the reader's that the writer's schema lacks.
    fn missing(
        &mut self,
        writer: &Node<'t>,
        field: &schema::Field<'t>,
        others: &[schema::Field<'t>],
    ) {
        let successor = others.iter().find(|other| other.aliases.contains(&field.name));
        let (what, writer) = match successor {
            Some(successor) => (self.renamed(field.name, successor.name), &successor.node),
            None => (self.gone_or_come(field, true), writer),
        };
        let (breaks, why) = match field.default {
            Some(_) => (false, "its default stands for it"),
            None if self.is_backward => (true, "the new version has nothing to put in its place"),
            None => (true, "the old version has nothing to put in its place"),
        };
        self.note(&field.node, writer, what, breaks, why);
        if successor.is_none() {
            self.is_only_in(true);
        }
    }

    fn renamed(&self, reader: &str, writer: &str) -> String {
        let (old, new) = if self.is_backward { (writer, reader) } else { (reader, writer) };
        format!("the field `{old}` was renamed to `{new}`")
    }

    /// A field that one version has only; `is_reader` says whose it is.
    fn gone_or_come(&self, field: &schema::Field<'_>, is_reader: bool) -> String {
        let with = if field.default.is_some() { "with" } else { "without" };
        let verb = if is_reader == self.is_backward { "added" } else { "removed" };
        format!("the field `{}` was {verb}, {with} a default", field.name)
    }

    fn symbols(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let (of_reader, of_writer) = (schema::symbols(reader), schema::symbols(writer));
        let has_default = reader.tree.get("default").is_some();
        for symbol in of_writer.iter().filter(|symbol| !of_reader.contains(symbol)) {
            let verb = if self.is_backward { "removed" } else { "added" };
            let what = format!("the symbol `{symbol}` was {verb}");
            let why = if has_default {
                "the default of the enum stands for it"
            } else {
                "the enum of the reader has neither the symbol nor a default"
            };
            self.note(reader, writer, what, !has_default, why);
            self.is_only_in(false);
        }
        for symbol in of_reader.iter().filter(|symbol| !of_writer.contains(symbol)) {
            let verb = if self.is_backward { "added" } else { "removed" };
            let what = format!("the symbol `{symbol}` was {verb}");
            self.note(reader, writer, what, false, "nobody on the other side writes it");
            self.is_only_in(true);
        }
    }

    fn size(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let size = |node: &Node<'t>| node.tree.get("size").and_then(Tree::count);
        let logical = (schema::logical(reader), schema::logical(writer));
        if size(reader) != size(writer) {
            let [old, new] = self.in_time(size(reader), size(writer));
            let text = |size: Option<u64>| size.map(|size| size.to_string()).unwrap_or_default();
            let what = format!("the size became {}, was {}", text(new), text(old));
            self.note(reader, writer, what, true, "a fixed is read in its own size only");
        } else if logical.0 != logical.1 {
            let what = self.became(reader, writer);
            let breaks = logical.0.is_some() && logical.1.is_some();
            let why = if breaks {
                "the values would be read as something else"
            } else {
                "the values stay as they are; what they mean is said in one version only"
            };
            self.note(reader, writer, what, breaks, why);
        }
    }

    fn mismatch(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let what = self.became(reader, writer);
        let why = format!(
            "{} cannot be read as {}",
            self.writer.describe(writer),
            self.reader.describe(reader)
        );
        self.note(reader, writer, what, true, why);
    }

    fn became(&self, reader: &Node<'t>, writer: &Node<'t>) -> String {
        let [old, new] = self.in_time(self.reader.describe(reader), self.writer.describe(writer));
        format!("the type became {new}, was {old}")
    }

    /// Old and new of a reader's and a writer's.
    fn in_time<T>(&self, reader: T, writer: T) -> [T; 2] {
        if self.is_backward { [writer, reader] } else { [reader, writer] }
    }

    /// Says of the last change that what it is about stands in the writer's version only, or the reader's:
    /// if that is the old one, it is gone.
    fn is_only_in(&mut self, is_reader: bool) {
        if let Some(change) = self.changes.last_mut() {
            change.gone = is_reader != self.is_backward;
        }
    }

    fn note(
        &mut self,
        reader: &Node<'t>,
        writer: &Node<'t>,
        what: impl Into<String>,
        is_broken: bool,
        why: impl Into<String>,
    ) {
        let what = what.into();
        let [old, new] = self.in_time(reader.pointer.clone(), writer.pointer.clone());
        let breaks = match (is_broken, self.is_backward) {
            (false, _) => Breaks::NONE,
            (true, true) => Breaks { readers: false, writers: true },
            (true, false) => Breaks { readers: true, writers: false },
        };
        self.changes.push(Change::new((Some(old), Some(new)), what, breaks, why));
    }
}
