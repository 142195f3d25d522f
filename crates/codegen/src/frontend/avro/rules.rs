//! Assertions of Avro types about values in the JSON encoding (Avro specification, “JSON Encoding”).

use super::primitive::Primitive;
use crate::model::{Assertion, Format, JsonType, Representation, RuleId, Type};
use crate::tree::Tree;

/// Returns the assertions of a primitive. `ty` takes its logical type into account.
pub(super) fn primitive(primitive: Primitive, ty: &Type) -> Vec<Assertion> {
    match primitive {
        Primitive::Null => vec![types([JsonType::Null])],
        Primitive::Boolean => vec![types([JsonType::Boolean])],
        Primitive::Int => integer(Representation::Integer32),
        Primitive::Long => integer(Representation::Integer64),
        Primitive::Float => floating(Representation::Float),
        Primitive::Double => floating(Representation::Double),
        Primitive::Bytes => formatted(Format::AvroBytes),
        Primitive::String if *ty == Type::Uuid => formatted(Format::Uuid),
        Primitive::String => vec![types([JsonType::String])],
    }
}

fn floating(representation: Representation) -> Vec<Assertion> {
    vec![
        types([JsonType::Number, JsonType::String]),
        Assertion::Representation(representation),
        Assertion::Format(Format::AvroFloat),
    ]
}

pub(super) fn fixed(size: usize) -> Vec<Assertion> {
    formatted(Format::AvroFixed(size))
}

pub(super) fn symbols(symbols: &[String]) -> Vec<Assertion> {
    let texts = symbols.iter().map(|symbol| Tree::String(symbol.clone()).to_string()).collect();
    vec![types([JsonType::String]), Assertion::Enum(texts)]
}

pub(super) fn array(items: RuleId) -> Vec<Assertion> {
    vec![types([JsonType::Array]), Assertion::Items(items)]
}

pub(super) fn map(values: RuleId) -> Vec<Assertion> {
    vec![types([JsonType::Object]), Assertion::AdditionalProperties(values)]
}

/// Returns the assertions of a record. `required` lists the fields without a default, and `never` is the
/// rule of undeclared members.
pub(super) fn record(
    fields: Vec<(String, RuleId)>,
    required: Vec<String>,
    never: RuleId,
) -> Vec<Assertion> {
    vec![
        types([JsonType::Object]),
        Assertion::Properties(fields),
        Assertion::Required(required),
        Assertion::AdditionalProperties(never),
    ]
}

fn integer(representation: Representation) -> Vec<Assertion> {
    vec![types([JsonType::Integer]), Assertion::Representation(representation)]
}

fn formatted(format: Format) -> Vec<Assertion> {
    vec![types([JsonType::String]), Assertion::Format(format)]
}

fn types(types: impl IntoIterator<Item = JsonType>) -> Assertion {
    Assertion::Types(types.into_iter().collect())
}
