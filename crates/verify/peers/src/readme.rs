//! The marked sections of the README.

/// A text between the markers `<!-- name -->` and `<!-- /name -->`.
///
/// # Errors
/// A marker is missing.
pub fn section<'t>(text: &'t str, name: &str) -> Result<&'t str, String> {
    let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).ok_or_else(|| missing(name))?;
    let (section, _) =
        rest.split_once(&format!("<!-- /{name} -->")).ok_or_else(|| missing(name))?;
    Ok(section)
}

/// The text with another section.
///
/// # Errors
/// A marker is missing.
pub fn with_section(text: &str, name: &str, section: &str) -> Result<String, String> {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (head, rest) = text.split_once(&open).ok_or_else(|| missing(name))?;
    let (_, tail) = rest.split_once(&close).ok_or_else(|| missing(name))?;
    Ok(format!("{head}{open}{section}{close}{tail}"))
}

fn missing(name: &str) -> String {
    format!("no section between <!-- {name} --> and <!-- /{name} -->")
}
