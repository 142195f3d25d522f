//! Places of schemas, and the dynamic scopes in which dynamic references are resolved.
//!
//! A dynamic reference leads to the outermost schema resource with its anchor, among those that were entered on
//! the way to the reference (2020-12, core 8.2.3.2). A schema that depends on it has one meaning for each way.
//! So a place names the way, too: a number for the anchors that are bound on it.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// A place of a schema: the pointer of a schema in the document, or the name of another document, `#` and a
/// pointer, or a scoped form of both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) scope: Option<usize>,
    /// The name of the document, unless the place is an unscoped one in the document that is being read.
    pub(super) file: Option<&'p str>,
    pub(super) pointer: &'p str,
}

/// Surrounds the number of a scope. No name of a file contains it.
pub(super) const MARK: char = '\u{1}';

impl<'p> Place<'p> {
    pub(super) fn of(place: &'p str) -> Self {
        if place.is_empty() || place.starts_with('/') {
            return Self { scope: None, file: None, pointer: place };
        }
        if let Some((number, rest)) =
            place.strip_prefix(MARK).and_then(|place| place.split_once(MARK))
        {
            let (file, pointer) = rest.split_once(MARK).unwrap_or((rest, ""));
            return Self { scope: number.parse().ok(), file: Some(file), pointer };
        }
        match place.split_once('#') {
            Some((file, pointer)) => Self { scope: None, file: Some(file), pointer },
            None => Self { scope: None, file: None, pointer: place },
        }
    }
}

/// The anchors that are bound where a schema is entered by reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Scope {
    /// The file and the pointer of the outermost schema with each ambiguous anchor.
    pub(super) anchors: BTreeMap<String, (String, String)>,
    /// The pointer of the resource that was entered. Only resources inside it are entered on the way down.
    pub(super) resource: String,
}

/// The maximum number of scopes of a document.
const MOST: usize = 500;

/// The dynamic scopes of a document, by number.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    known: RefCell<Vec<Scope>>,
}

impl Scopes {
    pub(super) fn get(&self, number: usize) -> Scope {
        self.known.borrow().get(number).cloned().unwrap_or_default()
    }

    /// Returns whether a document has more scopes than types should be generated for. Their number can grow
    /// exponentially with the anchors.
    pub(super) fn are_too_many(&self) -> bool {
        self.known.borrow().len() > MOST
    }

    /// Returns a place in a scope.
    pub(super) fn place(&self, scope: Scope, file: &str, pointer: &str) -> String {
        let mut known = self.known.borrow_mut();
        let number = known.iter().position(|other| *other == scope).unwrap_or_else(|| {
            known.push(scope);
            known.len() - 1
        });
        format!("{MARK}{number}{MARK}{file}{MARK}{pointer}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Scope, Scopes};

    #[test]
    fn scoped_places_name_file_and_pointer() {
        let scopes = Scopes::default();
        let scope = Scope { resource: "/$defs/a".into(), ..Scope::default() };
        let place = scopes.place(scope.clone(), "tree.json", "/$defs/a");
        let inside = format!("{place}/items");
        let inside = Place::of(&inside);
        assert_eq!((inside.file, inside.pointer), (Some("tree.json"), "/$defs/a/items"));
        assert_eq!(inside.scope.map(|number| scopes.get(number)), Some(scope.clone()));
        assert_eq!(scopes.place(scope, "tree.json", "/$defs/a"), place);
        let other = Place::of("tree.json#/items");
        assert_eq!((other.scope, other.file, other.pointer), (None, Some("tree.json"), "/items"));
    }
}
