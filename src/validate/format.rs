//! The formats that contracts assert.

use super::schema::Format;
use crate::{Timestamp, Uuid, values};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

impl Format {
    /// Whether a string is of the format.
    ///
    /// ```
    /// use migration_events::validate::schema::Format;
    ///
    /// assert!(Format::Time.matches("23:59:60Z"));
    /// assert!(!Format::Date.matches("2023-02-29"));
    /// ```
    #[must_use]
    pub fn matches(self, text: &str) -> bool {
        match self {
            Format::DateTime => Timestamp::parse(text).is_ok(),
            Format::Date => values::date::parse(text).is_some(),
            Format::Uuid => Uuid::parse(text).is_ok(),
            // A time is what stands behind the date of a date-time, leap seconds included.
            Format::Time => Timestamp::parse(&format!("1970-01-02T{text}")).is_ok(),
            #[cfg(feature = "format-email")]
            Format::Email => is_email(text),
            #[cfg(feature = "format-hostname")]
            Format::Hostname => is_hostname(text),
            Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            #[cfg(feature = "format-uri")]
            Format::Uri => fluent_uri::Uri::parse(text).is_ok(),
            #[cfg(feature = "format-uri")]
            Format::UriReference => fluent_uri::UriRef::parse(text).is_ok(),
            #[cfg(feature = "format-regex")]
            Format::Regex => regress::Regex::with_flags(text, "u").is_ok(),
            Format::AvroBytes => text.chars().all(|character| u8::try_from(character).is_ok()),
            Format::AvroFixed(size) => {
                Format::AvroBytes.matches(text) && text.chars().count() == size
            }
            Format::AvroFloat => matches!(text, "NaN" | "Infinity" | "-Infinity"),
        }
    }
}

impl fmt::Display for Format {
    /// With its article: `an RFC 3339 date-time`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::DateTime => "an RFC 3339 date-time",
            Format::Date => "an RFC 3339 date",
            Format::Uuid => "a UUID",
            Format::Time => "an RFC 3339 time",
            #[cfg(feature = "format-email")]
            Format::Email => "an email address",
            #[cfg(feature = "format-hostname")]
            Format::Hostname => "a host name",
            Format::Ipv4 => "an IPv4 address",
            Format::Ipv6 => "an IPv6 address",
            #[cfg(feature = "format-uri")]
            Format::Uri => "a URI",
            #[cfg(feature = "format-uri")]
            Format::UriReference => "a URI reference",
            #[cfg(feature = "format-regex")]
            Format::Regex => "a regular expression",
            Format::AvroBytes => "Avro bytes, each character standing for one",
            Format::AvroFixed(size) => {
                return write!(f, "{size} Avro bytes, each character standing for one");
            }
            Format::AvroFloat => "a number, NaN, Infinity or -Infinity",
        })
    }
}

/// RFC 5321 §4.1.2: a local part in ASCII, and a domain or an address literal.
#[cfg(feature = "format-email")]
fn is_email(text: &str) -> bool {
    // An empty quoted local part is legal, though the parser does not know it.
    let with_local = text.strip_prefix("\"\"@").map(|domain| format!("\"a\"@{domain}"));
    let parsed = with_local.as_deref().unwrap_or(text).parse::<email_address::EmailAddress>();
    parsed.is_ok_and(|address| {
        let domain = address.domain();
        let literal = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']'));
        let known = match literal {
            Some(literal) => match literal.split_at_checked(5) {
                Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => {
                    Format::Ipv6.matches(address)
                }
                _ => Format::Ipv4.matches(literal),
            },
            None => is_hostname(domain),
        };
        known && address.local_part().is_ascii()
    })
}

/// RFC 1123 §2.1, with the A-labels of RFC 5890.
#[cfg(feature = "format-hostname")]
fn is_hostname(text: &str) -> bool {
    text.is_ascii() && !text.ends_with('.') && idna::domain_to_ascii_strict(text).is_ok()
}
