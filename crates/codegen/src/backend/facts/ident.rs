//! Conversion of names in contracts to Rust identifiers.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Returns the name of a type or variant: `RollBackInitiated`.
pub(in crate::backend) fn camel(name: &str) -> String {
    legal(words(name).to_upper_camel_case(), "Value", |text| format!("{text}_"))
}

/// Returns the name of a field, function or module: `roll_back_initiated`, or `type`, which [`ident`]
/// converts to `r#type`.
pub(in crate::backend) fn snake(name: &str) -> String {
    let text = words(name).to_snake_case();
    legal(text, "value", |text| if is_raw_keyword(&text) { text } else { format!("{text}_") })
}

/// Returns the name of a constant: `ROLL_BACK_INITIATED`.
pub(in crate::backend) fn shouty(name: &str) -> String {
    legal(words(name).to_shouty_snake_case(), "VALUE", |text| format!("{text}_"))
}

/// Returns the identifier with this text, which is raw if it is a keyword.
pub(in crate::backend) fn ident(text: &str) -> Ident {
    if is_raw_keyword(text) {
        Ident::new_raw(text, Span::call_site())
    } else {
        Ident::new(text, Span::call_site())
    }
}

/// Spells out symbols that distinguish names, such as `+1` and `-1`.
fn words(name: &str) -> String {
    let first = name.chars().next();
    let bare = !name.chars().any(char::is_alphanumeric);
    let foreign = |sign: &char| matches!(sign, '\u{370}'..='\u{52F}');
    let lone = name.chars().filter(foreign).count() < 3;
    let spelt = name.chars().enumerate().map(|(index, sign)| match sign {
        '+' => " plus ".to_owned(),
        '-' if bare || (index == 0 && first == Some('-')) => " minus ".to_owned(),
        '*' => " star ".to_owned(),
        '%' => " percent ".to_owned(),
        '&' => " and ".to_owned(),
        '<' => " less ".to_owned(),
        '>' => " greater ".to_owned(),
        '=' => " equal ".to_owned(),
        '#' if bare => " hash ".to_owned(),
        '$' if bare => " dollar ".to_owned(),
        '@' if bare => " at ".to_owned(),
        '.' if bare => " dot ".to_owned(),
        '/' if bare => " slash ".to_owned(),
        // A single letter that resembles a Latin one is replaced by its code point.
        sign if lone && foreign(&sign) => format!(" u{:04x} ", sign as u32),
        sign if sign.is_alphanumeric() => sign.to_string(),
        _ => " ".to_owned(),
    });
    spelt.collect()
}

fn legal(text: String, fallback: &str, keyword: impl Fn(String) -> String) -> String {
    let text = if text.is_empty() {
        fallback.to_owned()
    } else if text.starts_with(|first: char| first.is_numeric()) {
        // An identifier must not start with a digit.
        format!(
            "{fallback}{}{text}",
            if fallback.ends_with(char::is_lowercase) && fallback.starts_with(char::is_lowercase) {
                "_"
            } else {
                ""
            }
        )
    } else {
        text
    };
    if is_ident(&text) {
        return text;
    }
    let text = keyword(text);
    if is_raw_keyword(&text) || is_ident(&text) {
        return text;
    }
    // Rust does not allow some letters in identifiers.
    let ascii: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("{fallback}{ascii}")
}

/// Returns whether the text is exactly one identifier.
pub(in crate::backend) fn is_ident(text: &str) -> bool {
    !text.contains('#') && syn::parse_str::<Ident>(text).is_ok_and(|ident| ident == text)
}

/// Returns whether the text is an identifier after `r#`.
fn is_raw_ident(text: &str) -> bool {
    let raw = format!("r#{text}");
    syn::parse_str::<Ident>(&raw).is_ok_and(|ident| ident == raw)
}

/// Returns whether the text is a keyword that may be written as `r#…`.
pub(in crate::backend) fn is_raw_keyword(text: &str) -> bool {
    // A keyword of edition 2024 that syn does not recognise.
    text == "gen"
        || !matches!(text, "self" | "Self" | "super" | "crate" | "_")
            && !is_ident(text)
            && is_raw_ident(text)
}

#[cfg(test)]
mod tests {
    use super::{camel, ident, snake};

    #[test]
    fn names_become_conventional_identifiers() {
        let cases = [
            ("customer_outgoing", "CustomerOutgoing", "customer_outgoing"),
            ("RollBackInitiated", "RollBackInitiated", "roll_back_initiated"),
            ("termsofPurchaseUrl", "TermsofPurchaseUrl", "termsof_purchase_url"),
            ("__meta", "Meta", "meta"),
            ("type", "Type", "type"),
            ("Self", "Self_", "self_"),
            ("gen", "Gen", "gen"),
            ("2fa", "Value2fa", "value_2fa"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("", "Value", "value"),
            (
                "com.specsavers.customer.created",
                "ComSpecsaversCustomerCreated",
                "com_specsavers_customer_created",
            ),
            ("größe", "Größe", "größe"),
            ("μ", "U03bc", "u03bc"),
        ];
        for (name, type_name, field) in cases {
            assert_eq!(camel(name), type_name);
            assert_eq!(snake(name), field);
        }
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("gen").to_string(), "r#gen");
    }
}
