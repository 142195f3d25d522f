//! Attributes of definitions and fields.

use super::names::{self, FullName};
use super::types::{Parser, Place};
use crate::model::Docs;
use crate::tree::Tree;

impl<'t> Parser<'_, 't> {
    /// Returns the text of an optional attribute. Null is no text, as in Java.
    pub(super) fn text(&mut self, tree: &'t Tree, key: &str, place: &Place) -> Option<&'t str> {
        match tree.get(key)? {
            Tree::String(text) => Some(text),
            Tree::Null => None,
            other => self.problem(
                place.attribute(key),
                format!("`{key}` must be a string, found {}", other.describe()),
                "write a string, or remove the attribute",
            ),
        }
    }

    /// Returns the text of a required attribute.
    pub(super) fn required_text(
        &mut self,
        tree: &'t Tree,
        key: &str,
        place: &Place,
    ) -> Option<&'t str> {
        match tree.get(key) {
            Some(value) if *value != Tree::Null => self.text(tree, key, place),
            _ => {
                self.problem(&place.pointer, format!("`{key}` is missing"), format!("add `{key}`"))
            }
        }
    }

    /// Returns the items of a required attribute that is an array.
    pub(super) fn list(&mut self, tree: &'t Tree, key: &str, place: &Place) -> Option<&'t [Tree]> {
        match tree.get(key) {
            Some(Tree::Array(items)) => Some(items),
            Some(other) => self.problem(
                place.attribute(key),
                format!("`{key}` must be an array, found {}", other.describe()),
                "write an array",
            ),
            None => self.problem(&place.pointer, format!("`{key}` is missing"), "add an array"),
        }
    }

    /// Returns the full name of a definition.
    pub(super) fn full_name(&mut self, tree: &'t Tree, place: &Place) -> Option<FullName> {
        let namespace = self.text(tree, "namespace", place);
        let name = self.required_text(tree, "name", place)?;
        match FullName::define(name, namespace, &place.namespace) {
            Ok(name) => Some(name),
            Err(error) => self.problem(place.attribute(error.attribute), error.message, error.help),
        }
    }

    pub(super) fn docs(&mut self, tree: &'t Tree, place: &Place) -> Docs {
        let description = self.text(tree, "doc", place).map(str::to_owned);
        Docs { description, ..Docs::default() }
    }

    /// Checks that aliases are names. They only matter for schema resolution.
    pub(super) fn aliases(&mut self, tree: &'t Tree, place: &Place, is_alias: fn(&str) -> bool) {
        if matches!(tree.get("aliases"), None | Some(Tree::Null)) {
            return;
        }
        let aliases = self.list(tree, "aliases", place).unwrap_or_default();
        for (index, alias) in aliases.iter().enumerate() {
            if !alias.text().is_some_and(is_alias) {
                let pointer = format!("{}/aliases/{index}", place.pointer);
                let message = format!("invalid alias {}", alias.describe());
                self.problem::<()>(pointer, message, names::NAME_HELP);
            }
        }
    }

    /// Checks that `order` has a valid value. It only matters for sorting.
    pub(super) fn order(&mut self, tree: &'t Tree, place: &Place) {
        if let Some(order) = tree.get("order")
            && !matches!(order.text(), Some("ascending" | "descending" | "ignore"))
        {
            self.problem::<()>(
                place.attribute("order"),
                format!("invalid `order`: {}", order.describe()),
                "write \"ascending\", \"descending\" or \"ignore\"",
            );
        }
    }
}
