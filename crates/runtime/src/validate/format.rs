//! The formats that contracts assert.

use super::grammar;
use crate::{Timestamp, Uuid, values};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A `format` that is asserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// RFC 3339 §5.6 `date-time`.
    DateTime,
    /// RFC 3339 §5.6 `full-date`.
    Date,
    /// RFC 9562 §4, the hyphenated form.
    Uuid,
    /// RFC 3339 §5.6 `full-time`, with an offset.
    Time,
    /// RFC 5321 §4.1.2 `Mailbox`.
    #[cfg(feature = "format-email")]
    Email,
    /// RFC 1123 §2.1 host name; labels that begin with `xn--` must be IDNA labels.
    #[cfg(feature = "format-hostname")]
    Hostname,
    /// RFC 2673 §3.2 dotted quad.
    Ipv4,
    /// RFC 4291 §2.2.
    Ipv6,
    /// RFC 3986 §3, with a scheme.
    #[cfg(feature = "format-uri")]
    Uri,
    /// RFC 3986 §4.1.
    #[cfg(feature = "format-uri")]
    UriReference,
    /// RFC 3987 §2.2, with a scheme.
    #[cfg(feature = "format-uri")]
    Iri,
    /// RFC 3987 §2.2, with or without a scheme.
    #[cfg(feature = "format-uri")]
    IriReference,
    /// RFC 6570 §2.
    UriTemplate,
    /// RFC 6901 §3.
    JsonPointer,
    /// Relative JSON Pointer §3.
    RelativeJsonPointer,
    /// RFC 3339 appendix A `duration`.
    Duration,
    /// RFC 6531 §3.3 `Mailbox`.
    #[cfg(feature = "format-email")]
    IdnEmail,
    /// RFC 5890 §2.3.2.3, letters of any script.
    #[cfg(feature = "format-hostname")]
    IdnHostname,
    /// A regular expression as ECMA-262 has it.
    #[cfg(feature = "format-regex")]
    Regex,
    /// Avro `bytes` in the JSON encoding: each code point is a byte.
    AvroBytes,
    /// Avro `fixed` in the JSON encoding, with its size in bytes.
    AvroFixed(usize),
    /// Avro `float` and `double` that are not a number: `NaN`, `Infinity`, `-Infinity`.
    AvroFloat,
}

impl Format {
    /// Returns whether a string is of the format.
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
            // A time is the text after the date of a date-time, leap seconds included.
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
            #[cfg(feature = "format-uri")]
            Format::Iri => fluent_uri::Iri::parse(text).is_ok(),
            #[cfg(feature = "format-uri")]
            Format::IriReference => fluent_uri::IriRef::parse(text).is_ok(),
            Format::UriTemplate => grammar::is_uri_template(text),
            Format::JsonPointer => grammar::is_json_pointer(text),
            Format::RelativeJsonPointer => grammar::is_relative_json_pointer(text),
            Format::Duration => grammar::is_duration(text),
            #[cfg(feature = "format-email")]
            Format::IdnEmail => is_idn_mailbox(text),
            #[cfg(feature = "format-hostname")]
            Format::IdnHostname => is_idn_hostname(text),
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
            #[cfg(feature = "format-uri")]
            Format::Iri => "an IRI",
            #[cfg(feature = "format-uri")]
            Format::IriReference => "an IRI reference",
            Format::UriTemplate => "a URI template",
            Format::JsonPointer => "a JSON pointer",
            Format::RelativeJsonPointer => "a relative JSON pointer",
            Format::Duration => "an RFC 3339 duration",
            #[cfg(feature = "format-email")]
            Format::IdnEmail => "an internationalized email address",
            #[cfg(feature = "format-hostname")]
            Format::IdnHostname => "an internationalized host name",
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
    text.is_ascii() && is_mailbox(text, is_hostname)
}

#[cfg(feature = "format-email")]
fn is_mailbox(text: &str, is_domain: fn(&str) -> bool) -> bool {
    // An empty quoted local part is legal, though the parser does not know it.
    let with_local = text.strip_prefix("\"\"@").map(|domain| format!("\"a\"@{domain}"));
    let text = with_local.as_deref().unwrap_or(text);
    // A name before an address in angle brackets is not part of a mailbox.
    let options = email_address::Options::default().without_display_text();
    let parsed = email_address::EmailAddress::parse_with_options(text, options);
    parsed.is_ok_and(|address| is_mail_domain(address.domain(), is_domain))
}

/// RFC 6531 §3.3: what is not ASCII may stand wherever a letter may.
#[cfg(feature = "format-email")]
fn is_idn_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |sign: char| if sign.is_ascii() { sign } else { 'a' };
    let local: String = local.chars().map(plain).collect();
    local.len() <= 64
        && is_mailbox(&format!("{local}@a.a"), |_| true)
        && is_mail_domain(domain, is_idn_hostname)
}

#[cfg(feature = "format-email")]
fn is_mail_domain(domain: &str, is_domain: fn(&str) -> bool) -> bool {
    let literal = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']'));
    match literal {
        Some(literal) => match literal.split_at_checked(5) {
            Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => {
                Format::Ipv6.matches(address)
            }
            _ => Format::Ipv4.matches(literal),
        },
        None => is_domain(domain),
    }
}

/// RFC 1123 §2.1, with the A-labels of RFC 5890.
#[cfg(feature = "format-hostname")]
fn is_hostname(text: &str) -> bool {
    text.is_ascii() && is_idn_hostname(text)
}

#[cfg(feature = "format-hostname")]
fn is_idn_hostname(text: &str) -> bool {
    let (unicode, result) = idna::domain_to_unicode(text);
    result.is_ok()
        && !text.ends_with('.')
        && idna::domain_to_ascii_strict(text).is_ok()
        && unicode.split('.').all(is_in_context)
}

/// RFC 5892 §2.6 and appendices A.3 to A.9: code points that no label may have, and those that only
/// some places allow.
#[cfg(feature = "format-hostname")]
fn is_in_context(label: &str) -> bool {
    let signs: Vec<char> = label.chars().collect();
    let any = |wanted: fn(char) -> bool| signs.iter().any(|sign| wanted(*sign));
    signs.iter().enumerate().all(|(index, sign)| {
        let before = index.checked_sub(1).and_then(|index| signs.get(index)).copied();
        let after = signs.get(index + 1).copied();
        match sign {
            '\u{640}'
            | '\u{7FA}'
            | '\u{302E}'
            | '\u{302F}'
            | '\u{3031}'..='\u{3035}'
            | '\u{303B}' => false,
            // Middle dot, in Catalan.
            '\u{B7}' => before == Some('l') && after == Some('l'),
            // Greek keraia.
            '\u{375}' => after.is_some_and(
                |sign| matches!(sign, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}'),
            ),
            // Hebrew geresh and gershayim.
            '\u{5F3}' | '\u{5F4}' => {
                before.is_some_and(|sign| matches!(sign, '\u{591}'..='\u{5F4}'))
            }
            // Katakana middle dot.
            '\u{30FB}' => any(is_japanese),
            '\u{660}'..='\u{669}' => !any(|sign| matches!(sign, '\u{6F0}'..='\u{6F9}')),
            _ => true,
        }
    })
}

/// Hiragana, Katakana but for its middle dot, and Han.
#[cfg(feature = "format-hostname")]
fn is_japanese(sign: char) -> bool {
    matches!(sign,
        '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}
