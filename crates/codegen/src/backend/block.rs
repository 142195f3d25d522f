//! Blocks of rows: the invocations of the runtime's macros, written as a person reads them.
//!
//! The formatter does not know how to break the rows of a macro, so a block travels through it as one string.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::ops::RangeInclusive;
use syn::{Item, ItemMacro, LitStr};

/// Longest line on which a whole block may stand.
const MAX_LINE: usize = 106;
/// Most rows, the head among them, that a block on one line may have.
const MAX_INLINE_ROWS: usize = 3;

/// An invocation of a macro of the runtime; each row is complete with its semicolon.
pub(super) fn invoke(name: TokenStream, rows: &[String]) -> TokenStream {
    let path = format!("{}!", compact(&name));
    let inline = format!("{path} {{ {} }}", rows.join(" "));
    let is_short = rows.len() <= MAX_INLINE_ROWS && inline.len() <= MAX_LINE;
    let text = if is_short && !inline.contains('\n') {
        inline
    } else {
        let rows = rows.iter().flat_map(|row| row.lines());
        let rows: String = rows.map(|row| format!("    {row}\n")).collect();
        format!("{path} {{\n{rows}}}")
    };
    quote! { __block!(#text); }
}

/// The formatted text of a file whose blocks stand as they were written.
pub(super) fn unparse(file: syn::File) -> String {
    let mut out = String::new();
    items(file.items, "", &mut out);
    out
}

fn items(items: Vec<Item>, indent: &str, out: &mut String) {
    let mut plain = Vec::new();
    for item in items {
        match item {
            Item::Macro(ItemMacro { mac, .. }) if mac.path.is_ident("__block") => {
                flush(&mut plain, indent, out);
                let text = mac.parse_body::<LitStr>().map(|text| text.value());
                indented(&text.unwrap_or_default(), indent, out);
                out.push('\n');
            }
            Item::Mod(mut module) if module.content.is_some() => {
                let content = module.content.as_mut().map(|(_, items)| std::mem::take(items));
                plain.push(Item::Mod(module));
                flush(&mut plain, indent, out);
                // What was written is the module without content: `pub mod name {}`.
                out.truncate(out.trim_end().len() - 1);
                out.push('\n');
                self::items(content.unwrap_or_default(), &format!("{indent}    "), out);
                out.truncate(out.trim_end().len());
                out.push_str(&format!("\n{indent}}}\n\n"));
            }
            item => plain.push(item),
        }
    }
    flush(&mut plain, indent, out);
}

fn flush(plain: &mut Vec<Item>, indent: &str, out: &mut String) {
    if !plain.is_empty() {
        let items = std::mem::take(plain);
        let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items };
        indented(&prettyplease::unparse(&file), indent, out);
    }
}

fn indented(text: &str, indent: &str, out: &mut String) {
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// A type or a path without the blanks between its tokens.
pub(super) fn compact(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "").replace(',', ", ").replace(", )", ",)")
}

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A text as a literal, and the form that it has in JSON where that differs from it.
pub(super) fn json_literal(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    match &json[1..json.len() - 1] {
        inner if inner == text => literal(text),
        inner => format!("{} as {}", literal(text), literal(inner)),
    }
}

/// A set of characters as a pattern of Rust.
pub(super) fn ranges(set: &[RangeInclusive<char>]) -> String {
    let ranges = set.iter().map(|range| match (range.start(), range.end()) {
        (first, last) if first == last => format!("{first:?}"),
        (first, last) => format!("{first:?}..={last:?}"),
    });
    ranges.collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_layout_between_items() {
        let (first, second) = ("a! { A; }", "b! {\n    B;\n    \"x\" => X;\n}");
        let file = syn::parse_quote! {
            struct A;
            __block!(#first);
            /// Parts.
            pub mod b {
                struct B;
                __block!(#second);
            }
        };
        let expected = "struct A;\na! { A; }\n\n/// Parts.\npub mod b {\n    struct B;\n    b! {\n        B;\n        \
                        \"x\" => X;\n    }\n}\n\n";
        assert_eq!(unparse(file), expected);
    }

    #[test]
    fn types_are_written_without_blanks_between_tokens() {
        let ty = quote! { ::a::Map<Option<(b::C, u8,)>> };
        assert_eq!(compact(&ty), "::a::Map<Option<(b::C, u8,)>>");
    }

    #[test]
    fn escaped_names_have_a_json_form() {
        assert_eq!(json_literal("a/b"), r#""a/b""#);
        assert_eq!(json_literal("a\"b"), r#""a\"b" as "a\\\"b""#);
    }
}
