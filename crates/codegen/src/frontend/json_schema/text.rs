//! Strings: unrestricted, restricted, or with a format that has a type of its own.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Enum, Format, Model, Shape, Text, Type};
use crate::tree::Tree;
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    pub(super) fn string(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> (Type, &'static [&'static str]) {
        let format = view.single("format").map(|format| Format::named(format?.text()?));
        match format {
            Ok(Some(Format::DateTime)) => return (Type::DateTime, &["format"]),
            Ok(Some(Format::Date)) => return (Type::Date, &["format"]),
            Ok(Some(Format::Uuid)) => return (Type::Uuid, &["format"]),
            _ => {}
        }
        if let Some(values) = view.keyword("x-known-values").first() {
            let (place, values) = values;
            let is_free = view.lacks(&["pattern", "minLength", "maxLength"]);
            let (message, help) = match strings(values).map(distinct) {
                Some(values) if is_free => {
                    let shape = Shape::Enum(Enum { values, open: true });
                    return (Type::Definition(self.reserve(view, hint, false, shape, model)), &[]);
                }
                Some(_) => (
                    "`x-known-values` needs a string without other restrictions".to_owned(),
                    "remove `x-known-values`, or the restrictions beside it",
                ),
                None => (
                    format!("expected a list of strings, found {}", values.describe()),
                    "list the known values as strings",
                ),
            };
            self.problems.push(self.document.problem(place, message, help));
        }
        let (Ok(pattern), Ok(min), Ok(max), Ok(format)) =
            (view.single("pattern"), view.single("minLength"), view.single("maxLength"), format)
        else {
            return (Type::Text, &[]);
        };
        let text = Text {
            pattern: pattern.and_then(Tree::text).map(str::to_owned),
            min_length: min.and_then(Tree::count).filter(|limit| *limit > 0),
            max_length: max.and_then(Tree::count),
            format,
        };
        if text == Text::default() {
            return (Type::Text, &[]);
        }
        let id = self.reserve(view, hint, false, Shape::Text(text), model);
        (Type::Definition(id), &["pattern", "minLength", "maxLength", "format"])
    }
}

fn strings(list: &Tree) -> Option<Vec<String>> {
    list.items()?.iter().map(|value| value.text().map(str::to_owned)).collect()
}

/// Removes repeated values, which JSON Schema allows.
pub(crate) fn distinct(values: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}
