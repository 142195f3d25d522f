//! The marked sections of a page.

/// The page with another text between the markers `<!-- name -->` and `<!-- /name -->`, if it has them.
pub(crate) fn replaced(page: &str, name: &str, section: &str) -> Option<String> {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (head, rest) = page.split_once(&open)?;
    let (_, tail) = rest.split_once(&close)?;
    Some(format!("{head}{open}{section}{close}{tail}"))
}
