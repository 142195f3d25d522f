//! Documentation of generated items.

use super::context::Context;
use super::markdown;
use crate::model::{
    AvroType, Definition, Docs, Encoding, Field, Format, ModuleId, Narrow, Rest, Shape, Slot, Type,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Paragraphs as `#[doc]` attributes.
pub(super) fn attributes(paragraphs: &[String]) -> TokenStream {
    let lines = lines(paragraphs);
    quote! { #(#[doc = #lines])* }
}

/// The lines of paragraphs, as they stand in a `#[doc]` attribute.
pub(super) fn lines(paragraphs: &[String]) -> impl Iterator<Item = String> {
    let text = paragraphs.join("\n\n");
    let line = |line: &str| if line.is_empty() { String::new() } else { format!(" {line}") };
    text.lines().map(line).collect::<Vec<_>>().into_iter()
}

/// Returns text of a contract as Markdown code, whatever characters it contains.
pub(super) fn code(text: &str) -> String {
    let quoted = format!("{text:?}");
    let is_plain = |c: char| matches!(c, '"' | '\\') || c.escape_debug().len() == 1;
    let text = if !text.is_empty() && text.trim() == text && text.chars().all(is_plain) {
        text
    } else {
        &quoted
    };
    // A fence longer than any run of backticks inside.
    let run = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(run + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Returns a link to a type of the same module.
pub(super) fn link(name: &Ident) -> String {
    const MACROS: &[&str] =
        &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
    // Distinguishes the type from the derive macro of the same name.
    let is_macro = MACROS.iter().any(|known| name == known);
    format!("[`{}{name}`]", if is_macro { "type@" } else { "" })
}

/// Documents the module of a document.
pub(super) fn module(context: &Context<'_>, module: ModuleId) -> Vec<String> {
    let module = &context.model.modules[module.0];
    let subject = match module.root {
        Some(root) => link(&context.names.ident(root)),
        None => code(&module.file),
    };
    vec![format!("The parts of {subject}.")]
}

/// Documents a type: its description, then its form on the wire.
pub(super) fn definition(context: &Context<'_>, definition: &Definition, is: &str) -> Vec<String> {
    let mut paragraphs = prose(&definition.docs);
    let is_described = !paragraphs.is_empty();
    let mut facts = Vec::new();
    let contract = context.contracts.at(definition);
    if let Some(contract) = contract {
        let version = contract
            .version
            .as_ref()
            .map(|version| format!(", version {version}"))
            .unwrap_or_default();
        let encoding = match contract.encoding {
            Encoding::Json => "JSON",
            Encoding::Avro => "Avro (binary or JSON encoding)",
        };
        facts.push(format!(
            "Contract {}{version}, {encoding}, from {}.",
            code(&contract.name),
            code(&contract.file)
        ));
        if let Some(place) = &contract.correlation_id {
            facts.push(format!("Correlation id: {}.", code(place)));
        }
    }
    if !is_described {
        paragraphs.push(format!("{} of {}.", code(&definition.hint), origin(definition)));
    }
    if !is.is_empty() {
        facts.push(is.to_owned());
    }
    if is_described && contract.is_none() {
        facts.push(format!("Defined at {}.", origin(definition)));
    }
    if !facts.is_empty() {
        paragraphs.push(facts.join(" "));
    }
    paragraphs.extend(deprecation(&definition.docs));
    paragraphs.extend(notes(&definition.docs));
    paragraphs
}

/// The sentence about an item that the contract advises against.
pub(super) fn deprecation(docs: &Docs) -> Option<String> {
    docs.is_deprecated.then(|| "Deprecated by the contract.".to_owned())
}

/// Returns a paragraph about the parts of a schema that an option leaves unchecked.
pub(super) fn notes(docs: &Docs) -> Option<String> {
    (!docs.notes.is_empty()).then(|| escaped(&docs.notes.join(" ")))
}

fn origin(definition: &Definition) -> String {
    let place = if definition.pointer.is_empty() {
        "the root".to_owned()
    } else {
        code(&definition.pointer)
    };
    format!("{place} of {}", code(&definition.file))
}

/// Documents the treatment of undeclared properties of a record.
pub(super) fn record(rest: &Rest, format: &str) -> String {
    match rest {
        Rest::Closed => format!("{format}; unknown properties are rejected."),
        Rest::Open => format!("{format}; unknown properties are kept in `extra`."),
        Rest::Typed(_) => format!("{format}; further properties of one type are in `extra`."),
    }
}

/// Documents a field: its description, wire name, format and presence.
pub(super) fn field(context: &Context<'_>, field: &Field) -> Vec<String> {
    let mut paragraphs = prose(&field.docs);
    let presence = match (field.required, field.slot.nullable) {
        _ if field.default.is_some() => "may be left out in JSON",
        _ if field.optional.is_some() => "required",
        (true, false) => "required",
        (true, true) => "required, may be null",
        (false, false) => "optional, never null",
        (false, true) => "optional, may be null: `None` is absent, `Some(None)` is null",
    };
    let (name, mut what) = (code(&field.name), describe(context, &field.slot));
    if let Some(optional) = &field.optional {
        what = format!("null, or {what}, in JSON wrapped as {}", code(&optional.full_name));
    }
    let mut wire = format!("Wire name {name}: {what}, {presence}.");
    let default = field.default.as_deref().or(field.initial.as_deref());
    if let Some(default) = default.filter(|default| default.len() <= MAX_DEFAULT) {
        wire.push_str(&format!(" Default: {}.", code(default)));
    }
    let examples: Vec<String> = field
        .docs
        .examples
        .iter()
        .filter(|example| !example.starts_with(['{', '[']))
        .take(4)
        .map(|example| code(example))
        .collect();
    match examples.as_slice() {
        [] => {}
        [one] => wire.push_str(&format!(" Example: {one}.")),
        many => wire.push_str(&format!(" Examples: {}.", many.join(", "))),
    }
    paragraphs.push(wire);
    paragraphs.extend(deprecation(&field.docs));
    paragraphs.extend(notes(&field.docs));
    paragraphs
}

/// Maximum length of a default that is shown.
const MAX_DEFAULT: usize = 100;

/// Returns a noun phrase for the form of a value on the wire.
pub(super) fn describe(context: &Context<'_>, slot: &Slot) -> String {
    let text = match &slot.ty {
        Type::Any => "any JSON value, kept as text",
        Type::Object => "JSON object, kept as text",
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Integer => "64-bit integer",
        Type::Unsigned => "unsigned 64-bit integer",
        Type::Integer32 => "32-bit integer",
        Type::Narrow(Narrow::Integer8) => "8-bit integer",
        Type::Narrow(Narrow::Integer16) => "16-bit integer",
        Type::Narrow(Narrow::Unsigned8) => "unsigned 8-bit integer",
        Type::Narrow(Narrow::Unsigned16) => "unsigned 16-bit integer",
        Type::Narrow(Narrow::Unsigned32) => "unsigned 32-bit integer",
        Type::Number => "number, exact in every digit",
        Type::AnyNumber => "number of any size, kept as text",
        Type::Float => "32-bit binary floating point number",
        Type::Double => "64-bit binary floating point number",
        Type::Text => "string",
        Type::DateTime => "RFC 3339 date-time, kept with its text",
        Type::Date => "RFC 3339 full-date",
        Type::Uuid => "UUID in its hyphenated form",
        Type::Array(item) => return format!("array, each item: {}", describe(context, item)),
        Type::Map(value) => return format!("object, each value: {}", describe(context, value)),
        Type::Avro(ty) => avro(*ty),
        Type::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| describe(context, item)).collect();
            return format!("array of {}: {}", items.len(), items.join("; "));
        }
        Type::External(external) => return format!("value of {}", code(&external.path)),
        Type::Definition(id) => match &context.model[*id].shape {
            Shape::Record(_) => "object",
            Shape::Union(_) => "one of several types",
            Shape::Enum(values) => {
                let listed: Vec<_> = values.values.iter().map(|value| code(value)).collect();
                let open = if values.open { " or another string" } else { "" };
                return format!("{}{open}", listed.join(", "));
            }
            Shape::Literals(values) => {
                let listed: Vec<_> = values.iter().map(|value| code(value)).collect();
                return listed.join(", ");
            }
            Shape::Alias(slot) => return describe(context, slot),
            Shape::Newtype(slot) if slot.ty == Type::Any => "JSON value, kept as text",
            // The contents may be recursive.
            Shape::Newtype(slot) if slot.ty.definitions().is_empty() => {
                return describe(context, slot);
            }
            Shape::Newtype(_) => "a value with a type of its own",
            Shape::Text(text) => {
                let mut limits = vec![text.format.map_or("string", Format::describe).to_owned()];
                limits.extend(
                    text.pattern.as_ref().map(|pattern| format!("matching {}", code(pattern))),
                );
                let least = |limit| format!("of at least {limit} characters");
                limits.extend(text.min_length.map(least));
                let most = |limit| format!("of at most {limit} characters");
                limits.extend(text.max_length.map(most));
                return limits.join(", ").replacen("string, ", "string ", 1);
            }
        },
    };
    text.to_owned()
}

fn avro(ty: AvroType) -> &'static str {
    match ty {
        AvroType::Bytes => "bytes",
        AvroType::Fixed(_) => "bytes of a fixed number",
        AvroType::Date => "days since 1970-01-01",
        AvroType::TimeMillis => "milliseconds after midnight",
        AvroType::TimeMicros => "microseconds after midnight",
        AvroType::TimestampMillis => "milliseconds since 1970-01-01T00:00:00Z",
        AvroType::TimestampMicros => "microseconds since 1970-01-01T00:00:00Z",
        AvroType::TimestampNanos => "nanoseconds since 1970-01-01T00:00:00Z",
        AvroType::LocalTimestampMillis => "milliseconds since 1970-01-01T00:00:00, local time",
        AvroType::LocalTimestampMicros => "microseconds since 1970-01-01T00:00:00, local time",
        AvroType::LocalTimestampNanos => "nanoseconds since 1970-01-01T00:00:00, local time",
        AvroType::FixedUuid => "UUID as 16 bytes",
        AvroType::NullUnion => "null",
        AvroType::Duration => "months, days and milliseconds",
        AvroType::Decimal { .. } | AvroType::FixedDecimal { .. } => "decimal number as bytes",
    }
}

/// Returns title and description as paragraphs that end with a full stop.
pub(super) fn prose(docs: &Docs) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for text in [&docs.title, &docs.description].into_iter().flatten() {
        let text = escaped(text.trim());
        if text.is_empty() || paragraphs.contains(&text) {
            continue;
        }
        paragraphs.push(if text.ends_with(['.', '!', '?', ':', '|', '>']) {
            text
        } else {
            format!("{text}.")
        });
    }
    paragraphs
}

/// Escapes text of a contract as Markdown, so that it contains no links, no HTML, and no code block that
/// rustdoc would compile.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut item = None;
    for line in text.lines() {
        let line = line.trim_end();
        // Four leading spaces, or a fence, would start a code block.
        let content = line.trim_start();
        let indent = (line.len() - content.len()).min(3);
        // Continuation lines of a list item keep its indentation.
        let marker = list_marker(content);
        item = match (content.is_empty(), marker) {
            (true, _) => None,
            (_, Some(width)) => Some(indent + width),
            (_, None) => item,
        };
        let indent = item.filter(|_| marker.is_none()).unwrap_or(indent);
        out.push_str(&" ".repeat(indent));
        // The content of a fence is shown as prose.
        let content =
            if content.starts_with("```") { content.trim_start_matches('`') } else { content };
        if content.starts_with("~~~") {
            out.push('\\');
        }
        markdown::line(content, &mut out);
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// Returns the width of the list marker at the start of a line.
fn list_marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let end = match line.as_bytes().get(digits)? {
        b'.' | b')' if digits > 0 => digits + 1,
        b'-' | b'*' | b'+' if digits == 0 => 1,
        _ => return None,
    };
    line[end..].starts_with(' ').then_some(end + 1)
}
