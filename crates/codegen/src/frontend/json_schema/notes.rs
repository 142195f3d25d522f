//! Notes on what options leave unchecked, where the schema has no type of its own that names it.

use super::definitions::is_named;
use super::document::Document;
use super::types::Types;
use super::view::View;
use crate::model::{Docs, Slot, Type};
use crate::options::{Draft, without_empty_fragment};
use crate::tree::{Tree, escape};

impl<'d> Types<'d, '_> {
    /// Adds the notes of items and of values of maps, unless these have a type of their own.
    pub(super) fn note_inside(&self, view: &View<'d>, ty: &Type, docs: &mut Docs) {
        let places = |keyword: &str, is_inner: fn(&Tree) -> bool| -> Vec<String> {
            let values = view.keyword(keyword).into_iter();
            values.filter(|(_, value)| is_inner(value)).map(|(place, _)| place).collect()
        };
        let is_schema = |value: &Tree| value.members().is_some();
        match ty {
            Type::Array(item) => {
                self.note(&places("items", is_schema), item, docs);
                for (list, items) in [view.keyword("prefixItems"), view.keyword("items")].concat() {
                    for index in 0..items.items().unwrap_or_default().len() {
                        self.note(&[format!("{list}/{index}")], item, docs);
                    }
                }
            }
            Type::Map(value) => {
                let mut inner = places("additionalProperties", is_schema);
                for (place, patterns) in view.keyword("patternProperties") {
                    let patterns = patterns.members().unwrap_or_default().iter();
                    inner.extend(patterns.map(|(name, _)| format!("{place}/{}", escape(name))));
                }
                self.note(&inner, value, docs);
            }
            Type::Tuple(items) => {
                let is_list = |value: &Tree| value.items().is_some();
                let lists = [places("prefixItems", is_list), places("items", is_list)].concat();
                for (index, item) in items.iter().enumerate() {
                    let inner: Vec<_> =
                        lists.iter().map(|list| format!("{list}/{index}")).collect();
                    self.note(&inner, item, docs);
                }
            }
            _ => {}
        }
    }

    fn note(&self, places: &[String], slot: &Slot, docs: &mut Docs) {
        if matches!(slot.ty, Type::Definition(_)) || places.is_empty() {
            return;
        }
        let Ok(view) = View::of(self.document, places) else { return };
        docs.complete(Docs { notes: view.docs.notes.clone(), ..Docs::default() });
        self.note_inside(&view, &slot.ty, docs);
    }
}

impl Document<'_> {
    /// Returns a sentence about the draft of a named schema, if an option chose it.
    pub(super) fn dialect_note(&self, place: &str) -> Option<String> {
        let (file, pointer) = self.split(place);
        if file != self.file || self.is_catalogue(place) || !is_named(pointer) {
            return None;
        }
        let choices = self.others.choices();
        let draft = self.dialect(place).draft.name();
        match self.root.get("$schema").map(Tree::text) {
            None if choices.default != Draft::Draft07 => {
                Some(format!("Its schema is read as {draft}, by the option `default_dialect`."))
            }
            Some(Some(uri)) if choices.named.contains_key(without_empty_fragment(uri)) => {
                Some(format!("Its schema is read as {draft}, by the option `dialect`."))
            }
            _ => None,
        }
    }
}
