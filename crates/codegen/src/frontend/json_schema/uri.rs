//! Resolution of URI references (RFC 3986 §5), as far as JSON Schema needs it.

/// Resolves a URI reference against a base, which may be a relative file name.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (reference, fragment) = match reference.split_once('#') {
        Some((reference, fragment)) => (reference, Some(fragment)),
        None => (reference, None),
    };
    let base = without_fragment(base);
    let mut resolved = if reference.is_empty() {
        base.to_owned()
    } else if scheme(reference).is_some() {
        reference.to_owned()
    } else {
        let (scheme, rest) = match scheme(base) {
            Some(scheme) => base.split_at(scheme.len() + 1),
            None => ("", base),
        };
        let authority_end = match rest.strip_prefix("//") {
            Some(after) => 2 + after.find(['/', '?']).unwrap_or(after.len()),
            None => 0,
        };
        let (authority, path) = rest.split_at(authority_end);
        let path = path.split('?').next().unwrap_or_default();
        if reference.starts_with("//") {
            format!("{scheme}{reference}")
        } else if reference.starts_with('/') {
            format!("{scheme}{authority}{}", without_dots(reference))
        } else if reference.starts_with('?') {
            format!("{scheme}{authority}{path}{reference}")
        } else {
            let folder = match path.rfind('/') {
                Some(end) => &path[..=end],
                None if authority.is_empty() => "",
                None => "/",
            };
            format!("{scheme}{authority}{}", without_dots(&format!("{folder}{reference}")))
        }
    };
    if let Some(fragment) = fragment {
        resolved.push('#');
        resolved.push_str(fragment);
    }
    resolved
}

/// Returns the name of a document without dot segments, so that `./common.json` is `common.json`.
pub(crate) fn normal(name: &str) -> String {
    resolve("", name)
}

/// Returns a URI up to its fragment.
pub(super) fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or_default()
}

fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(legal))
        .then_some(scheme)
}

/// Removes dot segments (RFC 3986 §5.2.4). Leading `..` segments of a relative path are kept.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let rooted = path.starts_with('/');
    let mut out: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." if matches!(out.last(), Some(last) if !last.is_empty() && *last != "..") => {
                out.pop();
            }
            ".." if rooted => {}
            other => out.push(other),
        }
    }
    if matches!(path.rsplit('/').next(), Some("." | "..")) {
        out.push("");
    }
    format!("{}{query}", out.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{normal, resolve};

    #[test]
    fn dot_segments_of_names_are_removed() {
        for (name, expected) in [
            ("./common.yaml", "common.yaml"),
            ("shared/./a/../common.yaml", "shared/common.yaml"),
            ("../common.yaml", "../common.yaml"),
            ("https://acme.example/a/./b.json", "https://acme.example/a/./b.json"),
        ] {
            assert_eq!(normal(name), expected);
        }
    }

    #[test]
    fn references_resolve_as_in_rfc_3986() {
        for (base, reference, expected) in [
            ("http://a/b/c/d;p?q", "g", "http://a/b/c/g"),
            ("http://a/b/c/d;p?q", "./g/", "http://a/b/c/g/"),
            ("http://a/b/c/d;p?q", "/g", "http://a/g"),
            ("http://a/b/c/d;p?q", "//g", "http://g"),
            ("http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"),
            ("http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"),
            ("http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"),
            ("http://a/b/c/d;p?q", "..", "http://a/b/"),
            ("http://a/b/c/d;p?q", "../g", "http://a/b/g"),
            ("http://a/b/c/d;p?q", "../../../g", "http://a/g"),
            ("http://a", "g", "http://a/g"),
            ("urn:uuid:1-2", "#/x", "urn:uuid:1-2#/x"),
            ("http://a/b", "urn:x:y", "urn:x:y"),
            ("customer.json", "common.json#/definitions/id", "common.json#/definitions/id"),
            ("orders/order.json", "../common.json", "common.json"),
            ("order.json", "../common.json", "../common.json"),
            ("order.json", "./common.json", "common.json"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{base} {reference}");
        }
    }
}
