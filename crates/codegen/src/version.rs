//! Names of documents and keys, and the versions in them.

/// Splits `customer_outgoing-1` into the name `customer_outgoing` and the version `1`.
pub(crate) fn split_version(stem: &str) -> (String, Option<String>) {
    let stem = stem.strip_suffix(".schema").unwrap_or(stem);
    let is_version = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    if is_dated(stem) {
        return (stem.to_owned(), None);
    }
    // The first separator followed by nothing but a version, since versions contain dots.
    let mut splits = stem.match_indices(['-', '.']).filter(|(index, _)| *index > 0);
    let found = splits.find_map(|(index, _)| {
        let end = &stem[index + 1..];
        let version = end.strip_prefix('v').unwrap_or(end);
        is_version(version).then(|| (stem[..index].to_owned(), Some(version.to_owned())))
    });
    found.unwrap_or_else(|| (stem.to_owned(), None))
}

/// Returns whether a name ends in a date: `-2024-01-31`, `-2024-01` or `-20240131`.
fn is_dated(stem: &str) -> bool {
    let parts: Vec<&str> = stem.split(['-', '.', '_']).collect();
    let digits =
        |part: &str, len: usize| part.len() == len && part.chars().all(|c| c.is_ascii_digit());
    let year = |part: &str| digits(part, 4) && (part.starts_with("19") || part.starts_with("20"));
    match parts.as_slice() {
        [.., y, m, d] if year(y) && digits(m, 2) && digits(d, 2) => true,
        [.., y, m] if year(y) && digits(m, 2) => true,
        [_, .., date] => digits(date, 8) && (date.starts_with("19") || date.starts_with("20")),
        _ => false,
    }
}

/// Returns the name that a key of `definitions` stands for: the key itself, or the name of the document if
/// it is a URL.
pub(crate) fn key_name(key: &str) -> String {
    if key.contains("://") { document_name(key) } else { key.to_owned() }
}

/// Returns the name of a document, from its file name or URI: `address` of
/// `https://example.com/common/address-1.schema.json`.
pub(crate) fn document_name(file: &str) -> String {
    let end = file.rsplit('/').find(|part| !part.is_empty()).unwrap_or(file);
    let ends = [".json", ".yaml", ".yml", ".avsc"];
    split_version(ends.iter().find_map(|ext| end.strip_suffix(ext)).unwrap_or(end)).0
}

#[cfg(test)]
mod tests {
    use super::{document_name, key_name, split_version};

    #[test]
    fn names_are_the_ends_of_urls() {
        let url = "https://acme.example/definitions/3.0.0/line-2.schema.json";
        assert_eq!((&*document_name(url), &*key_name(url)), ("line", "line"));
        assert_eq!((&*document_name("folder/order.v2.yaml"), &*key_name("a/b")), ("order", "a/b"));
    }

    #[test]
    fn trailing_numbers_are_versions() {
        for (stem, name, version) in [
            ("customer_outgoing-1", "customer_outgoing", Some("1")),
            ("customer_events-0.1.0", "customer_events", Some("0.1.0")),
            ("order.v2", "order", Some("2")),
            ("order-2.schema", "order", Some("2")),
            ("a-1-2", "a-1", Some("2")),
            ("iso-4217-codes", "iso-4217-codes", None),
            ("-1", "-1", None),
            ("customer-2024-01-31", "customer-2024-01-31", None),
            ("customer-20240131", "customer-20240131", None),
            ("customer-2024.1", "customer", Some("2024.1")),
            ("version2", "version2", None),
        ] {
            let version = version.map(str::to_owned);
            assert_eq!(split_version(stem), (name.to_owned(), version), "{stem}");
        }
    }
}
