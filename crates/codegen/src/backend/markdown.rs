//! Conversion of prose in contracts to Markdown.

/// Product names in mixed case, which are not code.
const PRODUCTS: &[&str] = &[
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "NaN",
    "OAuth",
    "OpenSSL",
    "OpenTelemetry",
    "TypeScript",
];

/// Appends a line. Words that look like code become code, and nothing becomes a link or HTML.
pub(super) fn line(content: &str, out: &mut String) {
    let segments: Vec<&str> = content.split('`').collect();
    for (index, segment) in segments.iter().enumerate() {
        // Text between backticks is already code.
        if index % 2 == 1 && segment.is_empty() {
            continue;
        }
        if index % 2 == 1 {
            out.push('`');
            out.extend(segment.chars().map(visible));
            out.push('`');
            continue;
        }
        let words: Vec<&str> = segment.split_inclusive(is_break).collect();
        for (place, word) in words.iter().enumerate() {
            let bare = word.trim_end_matches(is_break);
            let touches_code = index > 0 && place == 0
                || index + 1 < segments.len()
                    && place + 1 == words.len()
                    && bare.len() == word.len();
            let core = bare.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '_');
            if touches_code || !is_code(core) {
                text(word, out);
                continue;
            }
            let start = word.find(core).unwrap_or_default();
            text(&word[..start], out);
            out.push('`');
            out.extend(core.chars().map(visible));
            out.push('`');
            text(&word[start + core.len()..], out);
        }
    }
}

fn is_break(sign: char) -> bool {
    sign.is_whitespace() || sign == '\'' || sign == '|'
}

/// Returns whether a word looks like an identifier, a path or a type.
fn is_code(word: &str) -> bool {
    if word.contains("::") || word.contains('_') && word.contains(char::is_alphanumeric) {
        return true;
    }
    let stem = word.strip_suffix('s').unwrap_or(word);
    stem.starts_with(char::is_alphabetic)
        && !stem.starts_with(|first: char| first.is_ascii_lowercase())
        && stem.chars().all(char::is_alphanumeric)
        && stem.chars().filter(|sign| sign.is_uppercase()).count() > 1
        && stem.contains(char::is_lowercase)
        && !PRODUCTS.contains(&stem)
}

fn text(text: &str, out: &mut String) {
    let text = text.replace("http://", "http:\\//").replace("https://", "https:\\//");
    for sign in text.chars() {
        if matches!(sign, '<' | '>' | '[' | ']') {
            out.push('\\');
        }
        out.push(visible(sign));
    }
}

/// Replaces invisible characters and direction marks, which compilers refuse in source text.
pub(super) fn visible(sign: char) -> char {
    let is_bidirectional = matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if sign.is_control() || is_bidirectional { ' ' } else { sign }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_that_look_like_code_become_code() {
        for (prose, markdown) in [
            ("Sent for_more (or `not_this`).", "Sent `for_more` (or `not_this`)."),
            (
                "A VersionDate's value, std::fmt, JSON, GitHub, a_b`c`d_e",
                "A `VersionDate`'s value, `std::fmt`, JSON, GitHub, a_b`c`d_e",
            ),
            (
                "see https://a.b/c or https://a.b/c_d <x>",
                "see https:\\//a.b/c or `https://a.b/c_d` \\<x\\>",
            ),
            ("an `open end_ing", "an `open end_ing`"),
            (
                "\u{202e}_ __ snake_case_",
                "  _ __ `snake_case_`".trim_start_matches(' ').to_owned().as_str(),
            ),
        ] {
            let mut out = String::new();
            super::line(prose, &mut out);
            assert_eq!(out.trim_start(), markdown);
        }
    }
}
