//! Lints that speak of taste where the contract has the say: how many properties an object has, and how
//! much their names resemble each other.

use crate::near::distance;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

/// Clippy's limit for the lines of a function.
const MOST_LINES: usize = 100;
/// So many names are not compared one with another.
const MANY: usize = 200;

/// What a function says that has a variable for each property.
pub(super) fn similar_names(idents: &[Ident]) -> Option<TokenStream> {
    let names: Vec<Vec<char>> =
        idents.iter().map(|ident| ident.unraw().to_string().chars().collect()).collect();
    let alike = |(index, name): (usize, &Vec<char>)| {
        names[index + 1..].iter().any(|other| {
            other.len().abs_diff(name.len()) < 2 && distance(name, &String::from_iter(other)) < 2
        })
    };
    let reason = "the names of properties";
    (names.len() > MANY || names.iter().enumerate().any(alike))
        .then(|| quote! { #[allow(clippy::similar_names, reason = #reason)] })
}

/// The text with the lint for long functions allowed where one is long.
pub(super) fn allow_long_functions(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    // The open function: its line and its indentation.
    let mut open: Option<(usize, &str)> = None;
    let mut long = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let content = line.trim_start();
        let indent = &line[..line.len() - content.len()];
        let is_function = ["fn ", "pub fn ", "pub const fn ", "const fn "]
            .iter()
            .any(|start| content.starts_with(start));
        match open {
            None if is_function && !line.ends_with(';') && !line.ends_with('}') => {
                open = Some((number, indent));
            }
            Some((start, outer)) if content == "}" && indent == outer => {
                if number - start >= MOST_LINES {
                    long.push(start);
                }
                open = None;
            }
            _ => {}
        }
    }
    let mut long = long.into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    for (number, line) in lines.iter().enumerate() {
        if long.next_if_eq(&number).is_some() {
            let indent = &line[..line.len() - line.trim_start().len()];
            out.push_str(indent);
            out.push_str("#[allow(clippy::too_many_lines, reason = \"one for each property\")]\n");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::format_ident;

    #[test]
    fn only_long_functions_say_that_they_are_long() {
        let long =
            format!("impl X {{\n    pub fn a() {{\n{}    }}\n}}\n", "        x();\n".repeat(100));
        let short = "fn b() {\n    x();\n}\n";
        let text = format!("{long}{short}");
        let allowed = allow_long_functions(&text);
        let attribute =
            "    #[allow(clippy::too_many_lines, reason = \"one for each property\")]\n";
        assert_eq!(allowed, text.replacen("    pub fn a", &format!("{attribute}    pub fn a"), 1));
    }

    #[test]
    fn names_that_resemble_each_other_say_so() {
        let idents =
            |names: &[&str]| names.iter().map(|n| format_ident!("{n}")).collect::<Vec<_>>();
        assert!(similar_names(&idents(&["next", "other", "text"])).is_some());
        assert!(similar_names(&idents(&["value2", "value_2"])).is_some());
        assert!(similar_names(&idents(&["amount", "currency"])).is_none());
    }
}
