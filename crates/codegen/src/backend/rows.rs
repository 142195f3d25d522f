//! The tables of the contracts as rows of text, for the macro `schemas!` of the runtime.
//!
//! A row looks like the schema that it stands for. Its layout is part of it, hence text and not tokens.

use super::block::ranges;
use super::context::Context;
use super::facts::ident::ident;
use super::types::external_of;
use crate::model::{Assertion, Format, Rule, RuleId};
use crate::pattern::{self, Matcher};

/// The columns of a line, unless one item alone is longer.
const WIDTH: usize = 110;

/// The module of all tables.
pub(super) fn emit(context: &Context<'_>) -> String {
    let mut out = "/// The schemas of the contracts, one row each.\nmod schema {\n".to_owned();
    // A path has no spaces of its own.
    let schemas = context.paths.schemas().to_string().replace(' ', "");
    for (has_keywords, language) in [(true, "json_schema"), (false, "avro")] {
        let mut rows = context
            .schemas
            .rows()
            .filter(|(id, _)| context.model[*id].has_keywords == has_keywords);
        let Some(first) = rows.next() else { continue };
        out.push_str(&format!("    super::{schemas}! {{\n        {language};\n"));
        for (id, name) in std::iter::once(first).chain(rows) {
            let rule = &context.model[id];
            let head = format!("{} {:?} ", ident(name), rule.pointer);
            out.push_str("        ");
            Item::group(head, ['{', '}'], assertions(context, id)).write(&mut out, 8);
            out.push('\n');
        }
        out.push_str("    }\n");
    }
    out.push_str("}\n");
    out
}

fn assertions(context: &Context<'_>, id: RuleId) -> Vec<Item> {
    let rule = &context.model[id];
    let own = rule.assertions.iter().map(|inner| assertion(context, rule, inner));
    let external = external_of(context, id).map(|ty| Item::Text(format!("external: ({ty})")));
    own.chain(external).collect()
}

/// A schema inside the one of `around`, which leads to it by `down`.
fn inner(context: &Context<'_>, prefix: &str, id: RuleId, around: &Rule, down: &str) -> Item {
    if let Some(name) = context.schemas.name(id) {
        return Item::Text(format!("{prefix}{}", ident(name)));
    }
    let rule = &context.model[id];
    let is_derived = rule.pointer.strip_prefix(&*around.pointer) == Some(down);
    let (before, after) = if is_derived {
        (prefix.to_owned(), "")
    } else {
        (format!("{prefix}(at {:?} ", rule.pointer), ")")
    };
    match *rule.assertions {
        [Assertion::Never] => Item::Text(format!("{before}false{after}")),
        _ => {
            let items = assertions(context, id);
            Item::Group { before, open: '{', items, close: '}', after }
        }
    }
}

fn assertion(context: &Context<'_>, rule: &Rule, assertion: &Assertion) -> Item {
    let text = Item::Text;
    let keyword = assertion.keyword();
    let number = |limit: &dyn std::fmt::Debug| text(format!("{keyword}: {limit:?}"));
    let single =
        |id: RuleId| inner(context, &format!("{keyword}: "), id, rule, &format!("/{keyword}"));
    let list = |ids: &[RuleId]| {
        let items = ids.iter().enumerate().map(|(index, id)| {
            inner(context, &format!("{index} "), *id, rule, &format!("/{keyword}/{index}"))
        });
        Item::group(format!("{keyword}: "), ['[', ']'], items.collect())
    };
    let named = |ids: &[(String, RuleId)]| {
        let items = ids.iter().map(|(name, id)| {
            inner(context, &format!("{name:?}: "), *id, rule, &format!("/{keyword}/{name}"))
        });
        Item::group(format!("{keyword}: "), ['{', '}'], items.collect())
    };
    let numbered = |keyword: &str, ids: &[(String, RuleId)], before: &str, after: &str| {
        let items = ids.iter().enumerate().map(|(position, (name, id))| {
            // A union leaves out its branch `null`, so the position may not be the index.
            let pointer = &context.model[*id].pointer;
            let index = pointer
                .strip_prefix(&*rule.pointer)
                .and_then(|rest| rest.strip_prefix(before)?.strip_suffix(after)?.parse().ok());
            let index: usize = index.unwrap_or(position);
            let down = format!("{before}{index}{after}");
            inner(context, &format!("{index} {name:?}: "), *id, rule, &down)
        });
        Item::group(format!("{keyword}: "), ['{', '}'], items.collect())
    };
    match assertion {
        Assertion::Types(types) if types.is_empty() => text("never".into()),
        Assertion::Types(types) => {
            let names: Vec<String> =
                types.iter().map(|ty| format!("{ty:?}").to_lowercase()).collect();
            text(names.join(" | "))
        }
        Assertion::Never | Assertion::UniqueItems => text(keyword.into()),
        Assertion::Enum(options) => {
            let options = options.iter().map(|option| text(json_text(option)));
            Item::group(format!("{keyword}: "), ['[', ']'], options.collect())
        }
        Assertion::Const(value) => text(format!("{keyword}: {}", json_text(value))),
        Assertion::Pattern(pattern) => text(format!("{keyword}: ({})", matcher(pattern))),
        Assertion::MinLength(limit)
        | Assertion::MaxLength(limit)
        | Assertion::MinItems(limit)
        | Assertion::MaxItems(limit)
        | Assertion::MinProperties(limit)
        | Assertion::MaxProperties(limit) => number(limit),
        Assertion::Minimum(limit)
        | Assertion::Maximum(limit)
        | Assertion::ExclusiveMinimum(limit)
        | Assertion::ExclusiveMaximum(limit)
        | Assertion::MultipleOf(limit) => number(limit),
        Assertion::Format(Format::AvroFixed(size)) => number(size),
        Assertion::Format(format) => number(format),
        Assertion::Representation(representation) => number(representation),
        Assertion::Contains { rule: id, min, max, evaluates } => {
            let limit = |name: &str, limit: &u64| text(format!("{name}: {limit}"));
            let mut items = vec![inner(context, "", *id, rule, &format!("/{keyword}"))];
            items.push(text(format!("evaluates: {evaluates}")));
            items.extend(min.map(|min| limit("min", &min)));
            items.extend(max.map(|max| limit("max", &max)));
            Item::group(format!("{keyword}: "), ['[', ']'], items)
        }
        Assertion::Properties(ids) if !rule.has_keywords => {
            numbered("fields", ids, "/fields/", "/type")
        }
        Assertion::AdditionalProperties(id) if context.model[*id] == never_at(rule) => {
            text("closed".into())
        }
        Assertion::AdditionalProperties(id) if !rule.has_keywords => {
            inner(context, "values: ", *id, rule, "/values")
        }
        Assertion::PatternProperties(ids) => {
            let items = ids.iter().map(|(pattern, id)| {
                let prefix = format!("({}): ", matcher(pattern));
                inner(context, &prefix, *id, rule, &format!("/{keyword}/{pattern}"))
            });
            Item::group(format!("{keyword}: "), ['{', '}'], items.collect())
        }
        Assertion::Properties(ids) | Assertion::DependentSchemas(ids) => named(ids),
        Assertion::Items(id)
        | Assertion::UnevaluatedItems(id)
        | Assertion::AdditionalProperties(id)
        | Assertion::UnevaluatedProperties(id)
        | Assertion::PropertyNames(id)
        | Assertion::Not(id) => single(*id),
        Assertion::Dependencies(entries) | Assertion::DependentRequired(entries) => {
            dependencies(keyword, entries)
        }
        Assertion::Required(names) => names_of(keyword, names),
        Assertion::External(path) => text(format!("{keyword}: (::{path})")),
        Assertion::Reference(id) => inner(context, &format!("{keyword}: "), *id, rule, ""),
        Assertion::PrefixItems(ids)
        | Assertion::AllOf(ids)
        | Assertion::AnyOf(ids)
        | Assertion::OneOf(ids) => list(ids),
        Assertion::If { condition, then, otherwise } => {
            let branch = |name: &str, id: RuleId| {
                inner(context, &format!("{name}: "), id, rule, &format!("/{name}"))
            };
            let mut items = vec![inner(context, "", *condition, rule, &format!("/{keyword}"))];
            items.extend(then.map(|id| branch("then", id)));
            items.extend(otherwise.map(|id| branch("else", id)));
            Item::group(format!("{keyword}: "), ['[', ']'], items)
        }
        Assertion::Union { branches, .. } => numbered(keyword, branches, "/", ""),
    }
}

/// The rule of an Avro record for members that are not fields.
fn never_at(rule: &Rule) -> Rule {
    Rule { assertions: vec![Assertion::Never], ..rule.clone() }
}

/// Properties and the names of those that must be beside them.
fn dependencies(keyword: &str, entries: &[(String, Vec<String>)]) -> Item {
    let items = entries.iter().map(|(name, names)| names_of(&format!("{name:?}"), names));
    Item::group(format!("{keyword}: "), ['{', '}'], items.collect())
}

fn names_of(keyword: &str, names: &[String]) -> Item {
    let names = names.iter().map(|name| Item::Text(format!("{name:?}")));
    Item::group(format!("{keyword}: "), ['[', ']'], names.collect())
}

/// A JSON value: a word, a string as Rust has it, or its JSON text.
fn json_text(json: &str) -> String {
    match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(string) if !string.contains('\\') => format!("{string:?}"),
        None if matches!(json, "null" | "true" | "false") => json.to_owned(),
        _ => format!("(json {json:?})"),
    }
}

/// A pattern and how it is matched: as a set of characters, or by a regular expression.
fn matcher(pattern: &str) -> String {
    // The frontend has checked the pattern, so there is a way to match it.
    match pattern::matcher(pattern) {
        Ok(Matcher::Any(set)) => format!("{pattern:?} any {}", ranges(&set)),
        Ok(Matcher::Linear(regex)) => format!("{pattern:?} regex {regex:?}"),
        Ok(Matcher::Backtracking(regex)) => format!("{pattern:?} backtracking {regex:?}"),
        Err(_) => format!("{pattern:?} regex \"\""),
    }
}

/// Text that can be broken into lines at its commas.
enum Item {
    Text(String),
    /// Items between two brackets, and what is before and after them.
    Group {
        before: String,
        open: char,
        items: Vec<Item>,
        close: char,
        after: &'static str,
    },
}

impl Item {
    fn group(before: impl Into<String>, [open, close]: [char; 2], items: Vec<Item>) -> Self {
        Item::Group { before: before.into(), open, items, close, after: "" }
    }

    /// The item on one line.
    fn flat(&self) -> String {
        match self {
            Item::Text(text) => text.clone(),
            Item::Group { before, open, items, close, after } => {
                let items: Vec<String> = items.iter().map(Item::flat).collect();
                format!("{before}{open}{}{close}{after}", items.join(", "))
            }
        }
    }

    /// Appends the item: on one line if it fits, otherwise with its own items on lines of their own, as
    /// many on each as fit.
    fn write(&self, out: &mut String, indent: usize) {
        let flat = self.flat();
        let Item::Group { before, open, items, close, after } = self else {
            return out.push_str(&flat);
        };
        if items.is_empty() || fits(out, &flat) {
            return out.push_str(&flat);
        }
        out.push_str(before);
        out.push(*open);
        new_line(out, indent + 4);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
                if !item.begins_on(out, indent + 4) {
                    out.pop();
                    new_line(out, indent + 4);
                }
            }
            item.write(out, indent + 4);
        }
        new_line(out, indent);
        out.push(*close);
        out.push_str(after);
    }

    /// Returns true if the item begins on the line with which `out` ends: it fits there, or no line is long
    /// enough for it.
    fn begins_on(&self, out: &str, indent: usize) -> bool {
        let flat = self.flat();
        match self {
            Item::Group { before, .. } if indent + flat.chars().count() >= WIDTH => {
                fits(out, before)
            }
            _ => fits(out, &flat),
        }
    }
}

/// Returns true if a text fits on the line with which `out` ends, with a comma after it.
fn fits(out: &str, text: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    line.chars().count() + text.chars().count() < WIDTH
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}
