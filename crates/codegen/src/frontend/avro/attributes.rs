//! The attributes of definitions and fields, each checked for its form.

use super::names::{self, FullName};
use super::types::{Parser, Place};
use crate::model::Docs;
use crate::tree::Tree;

impl<'t> Parser<'_, 't> {
    /// The text of an attribute that may be absent.
    pub(super) fn text(&mut self, tree: &'t Tree, key: &str, place: &Place) -> Option<&'t str> {
        match tree.get(key)? {
            Tree::String(text) => Some(text),
            other => self.problem(
                place.attribute(key),
                format!("`{key}` must be a string, not {}", other.describe()),
                "write a string, or remove it",
            ),
        }
    }

    /// The text of an attribute that must be present.
    pub(super) fn required_text(
        &mut self,
        tree: &'t Tree,
        key: &str,
        place: &Place,
    ) -> Option<&'t str> {
        match tree.get(key) {
            Some(_) => self.text(tree, key, place),
            None => self.problem(&place.pointer, format!("`{key}` is missing"), "add it"),
        }
    }

    /// The items of an attribute that must be present; none if it is not a list.
    pub(super) fn list(&mut self, tree: &'t Tree, key: &str, place: &Place) -> Option<&'t [Tree]> {
        match tree.get(key) {
            Some(Tree::Array(items)) => Some(items),
            Some(other) => self.problem(
                place.attribute(key),
                format!("`{key}` must be an array, not {}", other.describe()),
                "write an array",
            ),
            None => self.problem(&place.pointer, format!("`{key}` is missing"), "add an array"),
        }
    }

    /// The name that a definition gets where it stands.
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

    /// Aliases map a writer's schema to a reader's and leave values as they are: only their form
    /// is checked.
    pub(super) fn aliases(&mut self, tree: &'t Tree, place: &Place, is_alias: fn(&str) -> bool) {
        if tree.get("aliases").is_none() {
            return;
        }
        let aliases = self.list(tree, "aliases", place).unwrap_or_default();
        for (index, alias) in aliases.iter().enumerate() {
            if !alias.text().is_some_and(is_alias) {
                let pointer = format!("{}/aliases/{index}", place.pointer);
                let found = format!("the alias {} is no name", alias.describe());
                self.problem::<()>(pointer, found, names::NAME_HELP);
            }
        }
    }

    /// The order of a field concerns the sorting of data: only its form is checked.
    pub(super) fn order(&mut self, tree: &'t Tree, place: &Place) {
        if let Some(order) = tree.get("order")
            && !matches!(order.text(), Some("ascending" | "descending" | "ignore"))
        {
            self.problem::<()>(
                place.attribute("order"),
                format!("`order` cannot be {}", order.describe()),
                "write \"ascending\", \"descending\" or \"ignore\"",
            );
        }
    }
}
