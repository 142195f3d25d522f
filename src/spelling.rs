//! The spellings of a contract's name in messages.
//!
//! The spelling of migration events is not published: samples of other events read `customer-creation-1`,
//! pages of the schemas `customer_outgoing` in version 1. So hyphens and underscores mean the same, and a
//! version may follow after a hyphen.

use crate::Contract;

/// The name in an event type, and the version if there is one.
pub(crate) fn split(event_type: &str) -> (&str, Option<&str>) {
    match event_type.rsplit_once('-') {
        Some((name, version))
            if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            (name, Some(version))
        }
        _ => (event_type, None),
    }
}

/// The domain of a contract, empty if it has none, and its name in the domain.
pub(crate) fn domain_and_name(contract: &Contract) -> (&'static str, &'static str) {
    contract.name.rsplit_once('/').unwrap_or(("", contract.name))
}

/// Returns whether a name without version is that of a contract.
pub(crate) fn is_name(name: &str, contract: &Contract) -> bool {
    let same = |byte: u8| if byte == b'-' { b'_' } else { byte };
    name.bytes().map(same).eq(domain_and_name(contract).1.bytes().map(same))
}

/// Returns whether an event type, in a domain if one is given, names a contract in any version.
pub(crate) fn names(event_type: &str, domain: Option<&str>, contract: &Contract) -> bool {
    names_without_version(split(event_type).0, domain, contract)
}

/// As [`names`], of an event type whose version was split off.
pub(crate) fn names_without_version(name: &str, domain: Option<&str>, contract: &Contract) -> bool {
    let (own_domain, own) = domain_and_name(contract);
    name.len() == own.len()
        && is_name(name, contract)
        && (own_domain.is_empty() || domain.is_none_or(|domain| domain == own_domain))
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::Contract;

    #[test]
    fn event_types_have_four_spellings_and_any_version() {
        let contract = Contract::__new("acme", "migration/meter_moved", None, "", None);
        for spelling in ["meter_moved", "meter-moved", "meter_moved-1", "meter-moved-27"] {
            assert!(names(spelling, None, &contract), "{spelling}");
            assert!(names(spelling, Some("migration"), &contract), "{spelling}");
            assert!(!names(spelling, Some("other"), &contract), "{spelling}");
        }
        for other in ["meter_moved_1", "meter_moved-", "meter_moved-x", "meter", "Meter_moved", ""]
        {
            assert!(!names(other, None, &contract), "{other}");
        }
    }
}
