//! Defaults of properties: values that builders set, and that are never applied to a message.

use super::lints::{Finding, invalid_default};
use super::types::Types;
use super::view::View;
use crate::judge::{Verdict, judge};
use crate::model::Model;

impl<'d> Types<'d, '_> {
    /// Returns the default of a property as JSON text: the one at the place of use, otherwise that of the schema
    /// that it refers to. One that breaks the schema is reported, and is none.
    pub(super) fn default(&mut self, view: &View<'d>, model: &mut Model) -> Option<String> {
        let places = view.origins.iter().chain([&view.home]).chain(&view.parts);
        let found = places.clone().find_map(|place| {
            let value = self.document.at(place).get("default")?;
            Some((place.clone(), value))
        });
        let (place, value) = found?;
        let rule = self.rule(view, model);
        match judge(model, rule, value) {
            Verdict::Valid | Verdict::Undecided => Some(value.to_string()),
            Verdict::Invalid { pointer, keyword } => {
                let finding: Finding = invalid_default(&place, &pointer, keyword);
                self.problems.extend(self.document.report(finding, model));
                None
            }
        }
    }
}
