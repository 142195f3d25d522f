//! YAML 1.2 as the same tree that JSON becomes, by the core schema (YAML 1.2.2, chapter 10.3).
//!
//! Numbers keep their digits. What JSON has no place for is refused: several documents in one text, keys
//! that are no scalars, tags beyond the core schema, infinities. So is `<<`, which the core schema
//! does not know: where it means something, it is YAML 1.1.

mod scalar;

use crate::tree::Tree;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Deepest nesting, as of JSON texts.
const MAX_DEPTH: usize = 128;

/// Values and characters that aliases may expand to, beyond those of the text itself.
const FREE: usize = 1 << 16;
/// And beyond that, for each byte of the text.
const PER_BYTE: usize = 16;

/// Why a text was not read.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) found: String,
    pub(crate) help: &'static str,
}

/// Where something stands: line and column from 1, and how many characters.
type Place = (usize, usize, usize);

/// A value with the place where it stands, or where its alias does.
struct Node {
    place: Place,
    value: Value,
    /// Values and characters within.
    weight: usize,
    height: usize,
}

enum Value {
    Scalar(Tree),
    List(Vec<Rc<Node>>),
    Map(Vec<(String, Place, Rc<Node>)>),
}

/// Reads a text with one document.
///
/// # Errors
/// What is no YAML, or has no counterpart in JSON; more than 128 levels; aliases that multiply the text.
pub(crate) fn parse(text: &str) -> Result<Tree, Fault> {
    Ok(tree(&*read(text)?))
}

/// Where the value of a pointer stands, or the key of one that is larger than a scalar.
pub(crate) fn locate(text: &str, pointer: &str) -> Option<Place> {
    let mut node = read(text).ok()?;
    let mut key = None;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let inner = match &node.value {
            Value::Scalar(_) => None,
            Value::List(items) => token
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
                .map(|item| (None, item)),
            Value::Map(members) => members
                .iter()
                .find(|(name, ..)| *name == token)
                .map(|(_, place, value)| (Some(*place), value)),
        };
        let Some((place, inner)) = inner else { break };
        key = place;
        node = Rc::clone(inner);
    }
    Some(match (&node.value, key) {
        (Value::Scalar(_), _) => node.place,
        (_, Some(key)) => key,
        (_, None) => (node.place.0, node.place.1, 1),
    })
}

fn tree(node: &Node) -> Tree {
    match &node.value {
        Value::Scalar(scalar) => scalar.clone(),
        Value::List(items) => Tree::Array(items.iter().map(|item| tree(item)).collect()),
        Value::Map(members) => Tree::Object(
            members.iter().map(|(name, _, value)| (name.clone(), tree(value))).collect(),
        ),
    }
}

fn fault(place: Place, found: impl Into<String>, help: &'static str) -> Fault {
    Fault { line: place.0, column: place.1, found: found.into(), help }
}

fn place(span: Span) -> Place {
    let (start, end) = (span.start, span.end);
    let width =
        if start.line() == end.line() { end.col().saturating_sub(start.col()) } else { usize::MAX };
    (start.line().max(1), start.col() + 1, width.max(1))
}

/// What is being read: a list or a mapping that has begun.
struct Open {
    place: Place,
    anchor: usize,
    items: Items,
    weight: usize,
    height: usize,
}

enum Items {
    List(Vec<Rc<Node>>),
    Map {
        members: Vec<(String, Place, Rc<Node>)>,
        seen: HashSet<String>,
        key: Option<(String, Place)>,
    },
}

struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    root: Option<Rc<Node>>,
    limit: usize,
}

fn read(text: &str) -> Result<Rc<Node>, Fault> {
    const SYNTAX: &str = "correct the text (YAML 1.2)";
    let limit = text.len().saturating_mul(PER_BYTE).saturating_add(FREE);
    let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), root: None, limit };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let mark = error.marker();
            let found = format!("text that cannot be read as YAML: {}", error.info());
            fault((mark.line().max(1), mark.col() + 1, 1), found, SYNTAX)
        })?;
        builder.event(event, place(span))?;
    }
    builder.root.ok_or_else(|| fault((1, 1, 1), "a text without a document", "write one document"))
}

impl Builder {
    fn event(&mut self, event: Event<'_>, place: Place) -> Result<(), Fault> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => match self.root {
                None => Ok(()),
                Some(_) => {
                    Err(fault(place, "a second document", "give each document a file of its own"))
                }
            },
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor) else {
                    return Err(fault(
                        place,
                        "an alias inside of what it stands for",
                        "write a tree; recursion is written with `$ref`",
                    ));
                };
                let value = match &node.value {
                    Value::Scalar(scalar) => Value::Scalar(scalar.clone()),
                    Value::List(items) => Value::List(items.clone()),
                    Value::Map(members) => Value::Map(members.clone()),
                };
                let (weight, height) = (node.weight, node.height);
                self.add(Node { place, value, weight, height })?;
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let text = text.into_owned();
                if let Some(Open { items: Items::Map { key: key @ None, seen, .. }, .. }) =
                    self.open.last_mut()
                {
                    return begin_member(text, style, seen, key, place);
                }
                let value = resolve(&text, style, tag.as_deref(), place)?;
                let weight = 1 + text.len();
                let node =
                    self.add(Node { place, value: Value::Scalar(value), weight, height: 0 })?;
                self.name(anchor, node);
                Ok(())
            }
            Event::SequenceStart(anchor, tag) => {
                only_tag("seq", tag, place)?;
                self.begin(anchor, place, Items::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                only_tag("map", tag, place)?;
                let items = Items::Map { members: Vec::new(), seen: HashSet::new(), key: None };
                self.begin(anchor, place, items)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { place, anchor, items, weight, height }) = self.open.pop() else {
                    return Ok(());
                };
                let value = match items {
                    Items::List(items) => Value::List(items),
                    Items::Map { members, .. } => Value::Map(members),
                };
                let node =
                    self.add(Node { place, value, weight: weight + 1, height: height + 1 })?;
                self.name(anchor, node);
                Ok(())
            }
        }
    }

    fn begin(&mut self, anchor: usize, place: Place, items: Items) -> Result<(), Fault> {
        if let Some(Open { items: Items::Map { key: None, .. }, .. }) = self.open.last() {
            return Err(fault(place, "a key that is no scalar", "JSON has strings as keys only"));
        }
        self.open.push(Open { place, anchor, items, weight: 0, height: 0 });
        self.check_depth(0, place)
    }

    fn check_depth(&self, height: usize, place: Place) -> Result<(), Fault> {
        if self.open.len() + height > MAX_DEPTH {
            let found = format!("more than {MAX_DEPTH} levels");
            return Err(fault(
                place,
                found,
                "describe inner parts once and refer to them (`$ref`)",
            ));
        }
        Ok(())
    }

    fn name(&mut self, anchor: usize, node: Rc<Node>) {
        // Anchors are numbered from 1.
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
    }

    /// Puts a finished value into what is open around it.
    fn add(&mut self, node: Node) -> Result<Rc<Node>, Fault> {
        self.check_depth(node.height, node.place)?;
        let (weight, height, place) = (node.weight, node.height, node.place);
        let node = Rc::new(node);
        let Some(open) = self.open.last_mut() else {
            self.root = Some(Rc::clone(&node));
            return Ok(node);
        };
        open.weight = open.weight.saturating_add(weight);
        open.height = open.height.max(height);
        if open.weight > self.limit {
            return Err(fault(
                place,
                "aliases that make the text many times as large",
                "describe shared parts once and refer to them (`$ref`)",
            ));
        }
        match &mut open.items {
            Items::List(items) => items.push(Rc::clone(&node)),
            Items::Map { members, key, .. } => match key.take() {
                Some((name, key_place)) => members.push((name, key_place, Rc::clone(&node))),
                None => {
                    return Err(fault(place, "an alias for a key", "write the key itself"));
                }
            },
        }
        Ok(node)
    }
}

/// Reads a key. Numbers and words are keys as they are written.
fn begin_member(
    name: String,
    style: ScalarStyle,
    seen: &mut HashSet<String>,
    key: &mut Option<(String, Place)>,
    place: Place,
) -> Result<(), Fault> {
    if name == "<<" && style == ScalarStyle::Plain {
        return Err(fault(
            place,
            "a merge key, which YAML 1.2 does not have",
            "write the members themselves, or share them by `$ref` or `allOf`",
        ));
    }
    if !seen.insert(name.clone()) {
        let found = format!("the key {name:?} for a second time");
        return Err(fault(place, found, "write each key of a mapping once"));
    }
    *key = Some((name, place));
    Ok(())
}

fn only_tag(kind: &str, tag: Option<Cow<'_, Tag>>, place: Place) -> Result<(), Fault> {
    match tag.as_deref() {
        None => Ok(()),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == kind => Ok(()),
        Some(tag) => Err(unknown_tag(tag, place)),
    }
}

fn unknown_tag(tag: &Tag, place: Place) -> Fault {
    let found = format!(
        "the tag {:?}, which no value of JSON has",
        format!("{}{}", tag.handle, tag.suffix)
    );
    fault(place, found, "remove the tag")
}

/// The value of a scalar by the core schema.
fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>, place: Place) -> Result<Tree, Fault> {
    let resolved = match tag {
        None if style != ScalarStyle::Plain => Ok(Tree::String(text.to_owned())),
        None => scalar::plain(text),
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => {
            Ok(Tree::String(text.to_owned()))
        }
        Some(tag) if tag.is_yaml_core_schema() => match tag.suffix.as_str() {
            "str" => Ok(Tree::String(text.to_owned())),
            kind @ ("null" | "bool" | "int" | "float") => match scalar::plain(text) {
                Ok(value) if scalar::is(kind, &value) => Ok(value),
                Ok(_) => {
                    let found = format!("{text:?}, which is no {kind}");
                    return Err(fault(place, found, "remove the tag, or write such a value"));
                }
                Err(found) => Err(found),
            },
            _ => return Err(unknown_tag(tag, place)),
        },
        Some(tag) => return Err(unknown_tag(tag, place)),
    };
    resolved.map_err(|found| fault(place, found, "write a finite number, or a string in quotes"))
}

#[cfg(test)]
mod tests;
