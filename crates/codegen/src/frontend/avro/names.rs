//! Names and namespaces (Avro specification, “Names”).

use super::primitive::Primitive;
use std::fmt;

/// The name and namespace of a record, an enum or a fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FullName {
    /// Empty for the null namespace.
    pub(crate) namespace: String,
    /// The part after the last dot.
    pub(crate) name: String,
}

/// An error in the name of a definition.
#[derive(Debug)]
pub(crate) struct InvalidName {
    /// The invalid attribute: `name` or `namespace`.
    pub(super) attribute: &'static str,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl FullName {
    /// Returns the full name of a definition with these attributes inside the namespace `enclosing`.
    pub(crate) fn define(
        name: &str,
        namespace: Option<&str>,
        enclosing: &str,
    ) -> Result<Self, InvalidName> {
        let full = match name.rsplit_once('.') {
            // A dotted name is a full name, and a `namespace` beside it is ignored.
            Some((namespace, name)) => Self::new(namespace, name),
            None => Self::new(namespace.unwrap_or(enclosing), name),
        };
        if !name.split('.').all(is_name) {
            return Err(InvalidName {
                attribute: "name",
                message: format!("invalid name {name:?}"),
                help: NAME_HELP,
            });
        }
        if !is_namespace(&full.namespace) {
            return Err(InvalidName {
                attribute: "namespace",
                message: format!("invalid namespace {:?}", full.namespace),
                help: "write names separated by dots, or \"\" for no namespace",
            });
        }
        if Primitive::named(&full.name).is_some() {
            return Err(InvalidName {
                attribute: "name",
                message: format!("`{}` is the name of a primitive type", full.name),
                help: "choose another name; the names of primitive types are reserved in every namespace",
            });
        }
        Ok(full)
    }

    /// Resolves a reference inside the namespace `enclosing`.
    pub(crate) fn refer(reference: &str, enclosing: &str) -> Self {
        match reference.rsplit_once('.') {
            Some((namespace, name)) => Self::new(namespace, name),
            None => Self::new(enclosing, reference),
        }
    }

    fn new(namespace: &str, name: &str) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.namespace.is_empty() {
            write!(f, "{}.", self.namespace)?;
        }
        f.write_str(&self.name)
    }
}

/// Help text for an invalid name.
pub(super) const NAME_HELP: &str =
    "use ASCII letters, digits and `_`, and do not start with a digit";

/// Returns whether a text is a valid name of a field, a symbol, or a type within its namespace.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

fn is_namespace(text: &str) -> bool {
    text.is_empty() || text.split('.').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defined(name: &str, namespace: Option<&str>, enclosing: &str) -> String {
        FullName::define(name, namespace, enclosing).unwrap().to_string()
    }

    #[test]
    fn dotted_names_ignore_both_namespaces() {
        assert_eq!(defined("a.full.Name", Some("ignored"), "enclosing"), "a.full.Name");
        assert_eq!(defined("a.full.Name", Some("not a namespace"), ""), "a.full.Name");
    }

    #[test]
    fn own_namespace_overrides_the_enclosing_one() {
        assert_eq!(defined("Name", Some("own"), "enclosing"), "own.Name");
        assert_eq!(defined("Name", None, "enclosing"), "enclosing.Name");
        assert_eq!(defined("Name", None, ""), "Name");
    }

    #[test]
    fn empty_namespace_overrides_the_enclosing_one() {
        assert_eq!(defined("Name", Some(""), "enclosing"), "Name");
    }

    #[test]
    fn dotted_references_are_full_names() {
        assert_eq!(FullName::refer("Name", "enclosing").to_string(), "enclosing.Name");
        assert_eq!(FullName::refer("a.Name", "enclosing").to_string(), "a.Name");
        assert_eq!(FullName::refer("Name", "").to_string(), "Name");
    }

    #[test]
    fn names_are_ascii_without_leading_digit() {
        for name in ["a", "_", "A9_z", "record"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "9a", "a-b", "a b", "é", "a.b"] {
            assert!(!is_name(name), "{name}");
        }
        for name in ["", ".Name", "a..Name", "a.", "a.9", "a.Na-me"] {
            assert_eq!(FullName::define(name, None, "").unwrap_err().attribute, "name", "{name}");
        }
        for namespace in [".", "a.", ".a", "a..b", "a-b"] {
            let error = FullName::define("Name", Some(namespace), "").unwrap_err();
            assert_eq!(error.attribute, "namespace", "{namespace}");
        }
    }

    #[test]
    fn primitive_names_are_reserved_in_every_namespace() {
        for name in ["string", "a.long", "a.b.null"] {
            assert!(FullName::define(name, None, "").is_err(), "{name}");
        }
        for name in ["array", "a.record", "String"] {
            assert!(FullName::define(name, None, "").is_ok(), "{name}");
        }
    }
}
