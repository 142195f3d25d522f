//! Names of a writer's schema beyond the grammar of the specification.
//!
//! Writers use them: Java's reflection has namespaces such as `com.acme.Outer$`, Spark ones that begin with
//! a dot, table formats have fields named by numbers. A name is not needed to decode, and no schema of a
//! reader has such a name, so it is replaced by one that the parser takes, everywhere alike.

use std::collections::{HashMap, HashSet};

/// The names that were replaced in a schema.
#[derive(Debug, Default)]
pub(super) struct Renaming {
    /// New full names of types, by the names as written.
    types: HashMap<String, String>,
    /// Full names of types so far.
    taken: HashSet<String>,
    /// Names as written, by the new names; those of fields and symbols, too.
    written: HashMap<String, String>,
}

impl Renaming {
    /// Returns the name of a defined type: its namespace and its name, if it is replaced.
    pub(super) fn define(&mut self, full_name: &str) -> Option<(String, String)> {
        if full_name.split('.').all(is_name) {
            self.taken.insert(full_name.to_owned());
            return None;
        }
        // An empty part is a namespace that begins with a dot, or a type without a name.
        let parts: Vec<String> = full_name
            .rsplit('.')
            .enumerate()
            .filter(|(index, part)| *index == 0 || !part.is_empty())
            .map(|(_, part)| legal(part))
            .collect();
        let name = parts[0].clone();
        let namespace = parts[1..].iter().rev().map(String::as_str).collect::<Vec<_>>().join(".");
        let name = unique(name, |name| self.taken.insert(qualified(name, &namespace)));
        let new = qualified(&name, &namespace);
        self.types.insert(full_name.to_owned(), new.clone());
        self.written.insert(new, full_name.to_owned());
        Some((namespace, name))
    }

    /// Returns the full name that took the place of one.
    pub(super) fn refer(&self, full_name: &str) -> Option<&str> {
        self.types.get(full_name).map(String::as_str)
    }

    /// Returns the name of a field or a symbol, unique among those of its type, if it is replaced.
    pub(super) fn member(&mut self, name: &str, taken: &mut HashSet<String>) -> Option<String> {
        if is_name(name) {
            taken.insert(name.to_owned());
            return None;
        }
        let new = unique(legal(name), |name| taken.insert(name.to_owned()));
        self.written.insert(new.clone(), name.to_owned());
        Some(new)
    }

    /// Puts the names as written back into the canonical form.
    pub(super) fn restore(&self, form: &str) -> String {
        let mut form = form.to_owned();
        for (new, written) in &self.written {
            let written = serde_json::Value::from(written.as_str()).to_string();
            form = form.replace(&format!("{new:?}"), &written);
        }
        form
    }

    /// Returns whether all names are as written.
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

fn qualified(name: &str, namespace: &str) -> String {
    if namespace.is_empty() { name.to_owned() } else { format!("{namespace}.{name}") }
}

/// Returns whether a text is a name (Avro specification, “Names”).
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// Returns a name made of a text. Characters that no name has become their code point, so that the name
/// matches none of a reader by chance: `first_name` does not read `first-name`.
fn legal(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_ascii_alphabetic()
            || character == '_'
            || (character.is_ascii_digit() && !name.is_empty())
        {
            name.push(character);
        } else {
            name.push_str(&format!("_x{:X}_", u32::from(character)));
        }
    }
    if name.is_empty() { "_x_".to_owned() } else { name }
}

/// Adds underscores to a name until it is free.
fn unique(mut name: String, mut insert: impl FnMut(&str) -> bool) -> String {
    while !insert(&name) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::Renaming;
    use std::collections::HashSet;

    #[test]
    fn names_of_the_specification_stay() {
        let mut names = Renaming::default();
        assert_eq!(names.define("com.acme.Order"), None);
        assert_eq!(names.member("first_name", &mut HashSet::new()), None);
        assert!(names.is_empty());
    }

    #[test]
    fn other_names_are_replaced_alike() {
        let mut names = Renaming::default();
        let both = |namespace: &str, name: &str| Some((namespace.to_owned(), name.to_owned()));
        assert_eq!(names.define("com.acme.Outer$.Inner"), both("com.acme.Outer_x24_", "Inner"));
        assert_eq!(names.refer("com.acme.Outer$.Inner"), Some("com.acme.Outer_x24_.Inner"));
        assert_eq!(names.define(".b.C"), both("b", "C"));
        assert_eq!(names.define("..b.C"), both("b", "C_"));
        assert_eq!(names.define(""), both("", "_x_"));
        let mut taken = HashSet::new();
        assert_eq!(names.member("1000", &mut taken).as_deref(), Some("_x31_000"));
        assert_eq!(names.member("_x31_000", &mut taken), None);
        assert_eq!(names.restore(r#"["_x31_000","b.C"]"#), r#"["1000",".b.C"]"#);
    }
}
