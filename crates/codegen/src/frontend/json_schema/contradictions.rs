//! Schemas that no value satisfies, as far as the keywords beside each other tell.

use super::dialect::Dialect;
use super::keywords::binds;
use crate::model::JsonType;
use crate::tree::Tree;

/// Returns the reason why no value satisfies the keywords of one schema, if they contradict each other.
///
/// Every JSON type that the schema allows must be excluded, so a schema without `type` has no contradiction.
pub(super) fn contradiction(members: &[(String, Tree)], dialect: Dialect) -> Option<String> {
    let schema = Schema { members, dialect };
    let types = schema.types()?;
    let fits = |value: &Tree| types.iter().any(|ty| is_of(value, *ty));
    if let Some(value) = schema.get("const").filter(|value| !fits(value)) {
        return Some(format!("the value of `const`, {}, is of another type", value.describe()));
    }
    let values = schema.get("enum").and_then(Tree::items).unwrap_or_default();
    if !values.is_empty() && !values.iter().any(fits) {
        return Some("all values of `enum` are of another type".to_owned());
    }
    let reasons: Option<Vec<String>> = types.iter().map(|ty| schema.excludes(*ty)).collect();
    reasons?.into_iter().next()
}

/// The keywords of one schema.
struct Schema<'d> {
    members: &'d [(String, Tree)],
    dialect: Dialect,
}

/// Limits of counts. The first must not be more than the second.
const COUNTS: &[(&str, &str)] =
    &[("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

/// Limits of numbers, and whether both may be equal.
const NUMBERS: &[(&str, &str, bool)] = &[
    ("minimum", "maximum", true),
    ("minimum", "exclusiveMaximum", false),
    ("exclusiveMinimum", "maximum", false),
    ("exclusiveMinimum", "exclusiveMaximum", false),
];

impl<'d> Schema<'d> {
    fn get(&self, keyword: &str) -> Option<&'d Tree> {
        let member = self.members.iter().find(|(name, _)| name == keyword);
        member.map(|(_, value)| value).filter(|_| self.dialect.has(keyword))
    }

    /// Returns the types that the schema names.
    fn types(&self) -> Option<Vec<JsonType>> {
        let named = |name: &Tree| name.text().and_then(JsonType::named);
        match self.get("type")? {
            Tree::Array(names) => names.iter().map(named).collect(),
            name => named(name).map(|ty| vec![ty]),
        }
    }

    /// Returns the reason why no value of a type satisfies the schema.
    fn excludes(&self, ty: JsonType) -> Option<String> {
        let counts = COUNTS.iter().filter(|(least, _)| binds(ty, least));
        let counts = counts.filter_map(|(least, most)| {
            let (min, max) = (self.get(least)?.count()?, self.get(most)?.count()?);
            (min > max).then(|| format!("`{least}` {min} is more than `{most}` {max}"))
        });
        let numbers = NUMBERS.iter().filter(|(least, ..)| binds(ty, least));
        let numbers = numbers.filter_map(|(least, most, may_be_equal)| {
            let (Tree::Number(min), Tree::Number(max)) = (self.get(least)?, self.get(most)?) else {
                return None;
            };
            // Rounding keeps the order, so only numbers that are almost equal can be overlooked.
            let (low, high) = (min.value().as_f64()?, max.value().as_f64()?);
            let is_empty = low > high || (!may_be_equal && min.to_string() == max.to_string());
            let relation = if *may_be_equal { "is more than" } else { "is not below" };
            is_empty.then(|| format!("`{least}` {min} {relation} `{most}` {max}"))
        });
        let properties = (ty == JsonType::Object).then(|| self.excludes_objects()).flatten();
        counts.chain(numbers).chain(properties).next()
    }

    fn excludes_objects(&self) -> Option<String> {
        let names: Vec<&str> =
            self.get("required")?.items()?.iter().filter_map(Tree::text).collect();
        let properties = self.get("properties").and_then(Tree::members).unwrap_or_default();
        let is_closed = self.get("additionalProperties") == Some(&Tree::Bool(false))
            && self.get("patternProperties").is_none();
        let forbidden = names.iter().find(|name| {
            let property = properties.iter().find(|(property, _)| property == *name);
            property.map_or(is_closed, |(_, schema)| *schema == Tree::Bool(false))
        });
        if let Some(name) = forbidden {
            return Some(format!("the property `{name}` is required and not allowed"));
        }
        let most = self.get("maxProperties").and_then(Tree::count)?;
        let is_repeated = |index: usize| names[..index].contains(&names[index]);
        (names.len() as u64 > most && !(0..names.len()).any(is_repeated))
            .then(|| format!("more properties are required than `maxProperties` {most} allows"))
    }
}

/// Returns whether a value is of a JSON type. An integer may be written as `1.0`.
fn is_of(value: &Tree, ty: JsonType) -> bool {
    match (value, ty) {
        (Tree::Null, JsonType::Null)
        | (Tree::Bool(_), JsonType::Boolean)
        | (Tree::Number(_), JsonType::Number)
        | (Tree::String(_), JsonType::String)
        | (Tree::Array(_), JsonType::Array)
        | (Tree::Object(_), JsonType::Object) => true,
        (Tree::Number(number), JsonType::Integer) => {
            number.value().as_f64().is_none_or(|number| number.fract() == 0.0)
        }
        _ => false,
    }
}
