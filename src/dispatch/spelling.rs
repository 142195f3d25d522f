//! How messages spell the name of a contract.

use crate::Contract;

/// Whether an event type, in a domain if one is given, names a contract: with hyphens for underscores, and
/// with or without a version.
pub(super) fn is_spelling(event_type: &str, domain: Option<&str>, contract: &Contract) -> bool {
    let (own, name) = contract.name.rsplit_once('/').unwrap_or(("", contract.name));
    is_name(event_type, name) && (own.is_empty() || domain.is_none_or(|domain| domain == own))
}

fn is_name(event_type: &str, name: &str) -> bool {
    let without_version = match event_type.rsplit_once('-') {
        Some((before, version))
            if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            before
        }
        _ => event_type,
    };
    let same = |byte: u8| if byte == b'-' { b'_' } else { byte };
    without_version.bytes().map(same).eq(name.bytes().map(same))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn an_event_type_has_four_spellings_and_any_version() {
        for spelling in ["meter_moved", "meter-moved", "meter_moved-1", "meter-moved-27"] {
            assert!(is_name(spelling, "meter_moved"), "{spelling}");
        }
        for other in ["meter_moved_1", "meter_moved-", "meter_moved-x", "meter", "Meter_moved", ""]
        {
            assert!(!is_name(other, "meter_moved"), "{other}");
        }
    }
}
