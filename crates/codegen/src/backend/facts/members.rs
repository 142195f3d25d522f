//! Assignment of identifiers to fields, setters and variants.

use super::ident::{camel, ident, is_ident, snake};
use super::names::unique;
use crate::model::{DefinitionId, Enum, Field, Model, Record, Union};
use proc_macro2::Ident;
use syn::ext::IdentExt;

/// The fields of a record, and the one for properties it does not know.
pub(in crate::backend) fn field_idents(record: &Record) -> (Vec<Ident>, Ident) {
    // The decoder has a variable for each field. A name such as `Ok` would be a pattern there.
    let explicit = |field: &'_ Field| {
        let name = field.explicit_name.as_ref()?;
        Some(if name.starts_with(char::is_uppercase) { snake(name) } else { name.clone() })
    };
    let names =
        record.fields.iter().map(|field| explicit_or(explicit(field).as_ref(), &field.name, snake));
    let mut idents = unique(names.chain(["extra".to_owned()]));
    let extra = idents.pop().unwrap_or_else(|| ident("extra"));
    (idents, extra)
}

/// The setters of the fields and of `extra`: their own names, beside `build`.
pub(in crate::backend) fn setter_idents(fields: &[Ident], extra: &Ident) -> Vec<Ident> {
    let own = fields.iter().chain([extra]).map(Ident::unraw).map(|ident| ident.to_string());
    unique(std::iter::once("build".to_owned()).chain(own)).split_off(1)
}

/// The variants of a union.
pub(in crate::backend) fn branch_idents(union: &Union) -> Vec<Ident> {
    unique(
        union
            .branches
            .iter()
            .map(|branch| explicit_or(branch.explicit_name.as_ref(), &branch.hint, camel)),
    )
}

/// The variants of an enum; `Other` is left to open ones.
pub(in crate::backend) fn variant_idents(
    model: &Model,
    id: DefinitionId,
    values: &Enum,
) -> Vec<Ident> {
    // The names that the caller gave.
    let named = model.variants.get(&id);
    let reserved = values.open.then(|| "Other".to_owned());
    let skip = usize::from(reserved.is_some());
    let names = values.values.iter().map(|value| match named.and_then(|named| named.get(value)) {
        Some(name) => name.clone(),
        None if value.is_empty() => "Empty".to_owned(),
        None => camel(value),
    });
    unique(reserved.into_iter().chain(names)).split_off(skip)
}

/// The variants of a set of scalars: `V1`, `Minus2`, `V1_5`, `True`, `Null`.
pub(in crate::backend) fn literal_idents(values: &[String]) -> Vec<Ident> {
    unique(values.iter().map(|value| match serde_json::from_str::<String>(value) {
        Ok(text) if text.is_empty() => "Empty".to_owned(),
        Ok(text) => camel(&text),
        Err(_) if value.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
            number_name(value)
        }
        Err(_) => camel(value),
    }))
}

fn number_name(value: &str) -> String {
    let (sign, digits) = value.strip_prefix('-').map_or(("V", value), |rest| ("Minus", rest));
    let digits: String = digits
        .chars()
        .map(|sign| match sign {
            '.' => "_".to_owned(),
            '-' => "Minus".to_owned(),
            '+' => String::new(),
            other => other.to_ascii_uppercase().to_string(),
        })
        .collect();
    format!("{sign}{digits}")
}

/// Returns the explicit name of a field or variant, or otherwise its converted name.
fn explicit_or(explicit: Option<&String>, name: &str, legal: impl Fn(&str) -> String) -> String {
    match explicit {
        Some(name) if is_ident(name) => name.clone(),
        Some(name) => legal(name),
        None => legal(name),
    }
}

#[cfg(test)]
mod tests {
    use super::literal_idents;

    #[test]
    fn scalars_are_named_by_their_value() {
        let cases = [
            ("1", "V1"),
            ("-2", "Minus2"),
            ("1.5", "V1_5"),
            ("1e-2", "V1EMinus2"),
            ("true", "True"),
            ("false", "False"),
            ("\"\"", "Empty"),
            ("\"some text\"", "SomeText"),
        ];
        let values = cases.map(|(value, _)| value.to_owned());
        let names: Vec<String> = literal_idents(&values).iter().map(ToString::to_string).collect();
        assert_eq!(names, cases.map(|(_, name)| name));
    }
}
