//! Versions in the names of contract files.

/// Splits `customer_outgoing-1` into the name `customer_outgoing` and the version `1`.
pub(crate) fn split_version(stem: &str) -> (String, Option<String>) {
    let stem = stem.strip_suffix(".schema").unwrap_or(stem);
    let is_version = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    // The first separator followed by nothing but a version, since versions contain dots.
    let mut splits = stem.match_indices(['-', '.']).filter(|(index, _)| *index > 0);
    let found = splits.find_map(|(index, _)| {
        let end = &stem[index + 1..];
        let version = end.strip_prefix('v').unwrap_or(end);
        is_version(version).then(|| (stem[..index].to_owned(), Some(version.to_owned())))
    });
    found.unwrap_or_else(|| (stem.to_owned(), None))
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
    use super::split_version;

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
            ("version2", "version2", None),
        ] {
            let version = version.map(str::to_owned);
            assert_eq!(split_version(stem), (name.to_owned(), version), "{stem}");
        }
    }
}
