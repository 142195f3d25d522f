//! Formats, each asked by itself: against the suite, and against texts at the edges of its grammar.

use migration_events_runtime::validate::schema::Format;
use migration_events_suite::GROUPS;
use std::collections::BTreeSet;

/// The formats as the suite names their files, with the least number of strings that it tries.
const FORMATS: &[(&str, Format, usize)] = &[
    ("date", Format::Date, 110),
    ("date-time", Format::DateTime, 51),
    ("duration", Format::Duration, 36),
    ("ecmascript-regex", Format::Regex, 1),
    ("email", Format::Email, 30),
    ("hostname", Format::Hostname, 50),
    ("idn-email", Format::IdnEmail, 10),
    ("idn-hostname", Format::IdnHostname, 158),
    ("ipv4", Format::Ipv4, 27),
    ("ipv6", Format::Ipv6, 91),
    ("iri", Format::Iri, 24),
    ("iri-reference", Format::IriReference, 18),
    ("json-pointer", Format::JsonPointer, 86),
    ("regex", Format::Regex, 5),
    ("relative-json-pointer", Format::RelativeJsonPointer, 32),
    ("time", Format::Time, 105),
    ("uri", Format::Uri, 54),
    ("uri-reference", Format::UriReference, 18),
    ("uri-template", Format::UriTemplate, 10),
    ("uuid", Format::Uuid, 27),
];

#[test]
#[cfg_attr(suite_absent, ignore = "the JSON Schema Test Suite has not been fetched")]
fn formats_agree_with_the_suite() {
    let mut differing = Vec::new();
    for (name, format, least) in FORMATS {
        let end = format!("/optional/format/{name}.json");
        let groups = GROUPS.iter().filter(|group| group.file.ends_with(&end));
        let mut tried = 0;
        for case in groups.flat_map(|group| group.cases) {
            // The keyword binds strings only.
            if let Ok(text) = serde_json::from_str::<String>(case.data) {
                tried += 1;
                if format.matches(&text) != case.valid {
                    differing.push(format!("{name}: {}", case.description));
                }
            }
        }
        assert!(tried >= *least, "{tried} strings of {name}");
    }
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
#[cfg_attr(suite_absent, ignore = "the JSON Schema Test Suite has not been fetched")]
fn every_format_of_the_suite_is_tried() {
    let files = GROUPS.iter().filter_map(|group| group.file.split_once("/optional/format/"));
    let found: BTreeSet<_> = files.filter_map(|(_, name)| name.strip_suffix(".json")).collect();
    // The file `unknown` has a format that nobody knows.
    let tried: BTreeSet<_> = FORMATS.iter().map(|(name, ..)| *name).chain(["unknown"]).collect();
    assert_eq!(found, tried);
}

/// Texts on both sides of each grammar's edges: those that match, and those that do not.
const EDGES: &[(Format, &[&str], &[&str])] = &[
    (
        Format::Date,
        &["0001-01-01", "2000-02-29", "9999-12-31"],
        &[
            "",
            "2023-02-29",
            "1900-02-29",
            "2023-00-10",
            "2023-10-00",
            "2023-13-01",
            "2023-1-01",
            "23-01-01",
            "+2023-01-01",
            "-2023-01-01",
            "12023-01-01",
            "2023/01/01",
            "2023-01-01Z",
            " 2023-01-01",
            "2023-01-01\n",
            "2023-01-01\0",
            "２023-01-01",
            "2023–01–01",
            "2023-01-01T00:00:00Z",
        ],
    ),
    (
        Format::DateTime,
        &["2023-05-06T07:08:09.123456789012Z", "2023-05-06t07:08:09z", "2023-05-06T07:08:09-23:59"],
        &[
            "2023-05-06T24:00:00Z",
            "2023-05-06T07:60:00Z",
            "2023-05-06T07:08:09+01",
            "2023-05-06T07:08:09+01:60",
            "2023-05-06T07:08:09",
            "+12023-05-06T07:08:09Z",
            "2023-05-06T07:08:09Z\n",
            "2023-05-06T07:08:60+01:00",
        ],
    ),
    (
        Format::Time,
        &["07:08:09Z", "07:08:09.5-00:00", "23:59:60Z"],
        &["07:08:09", "7:08:09Z", "24:00:00Z", "07:08Z", "22:59:60Z", "2023-05-06T07:08:09Z"],
    ),
    (
        Format::Email,
        &["jo@example.com", "j.o+x@example.com", "\"j o\"@example.com", "jo@[127.0.0.1]"],
        &[
            "@example.com",
            "jo@",
            "j o@example.com",
            "jo.@example.com",
            "jo@a..b",
            "a@example.com, b@example.com",
            "Jo <jo@example.com>",
            "\"Jo\" <jo@example.com>",
            "jo@[127.0.0.300]",
            "jö@example.com",
        ],
    ),
    (
        Format::IdnEmail,
        &["jö@exämple.com", "\"jö\"@example.com", "jo@example.com"],
        &[
            "jö",
            "@exämple.com",
            "jö＠example.com",
            "Jö <jö@example.com>",
            "\"Jö\" <jö@example.com>",
        ],
    ),
    (
        Format::Hostname,
        &["a", "1a.example", "a--b.com", "xn--bcher-kva.example"],
        &[
            "",
            ".a",
            "a.",
            "a..b",
            "-a",
            "a-",
            "a_b",
            "a\n",
            "bücher.example",
            "a．b",
            "xn--a",
            "\u{212A}elvin.example",
        ],
    ),
    (
        Format::IdnHostname,
        &["bücher.example", "bücher。example", "ال", "l·l"],
        &["", ".a", "a.", "a。", "a..b", "aا", "a·l", "xn--a", "・"],
    ),
    (
        Format::Ipv4,
        &["0.0.0.0", "255.255.255.255", "10.20.30.40"],
        &[
            "",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "01.2.3.4",
            "0x1.2.3.4",
            "1.2..4",
            ".1.2.3.4",
            "1.2.3.4.",
            "+1.2.3.4",
            " 1.2.3.4",
            "1.2.3.4\n",
            "1.2.3.4:80",
            "1.2.3.4/8",
            "１.2.3.4",
            "1.2.3.4\0",
        ],
    ),
    (
        Format::Ipv6,
        &["::", "::1", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "ABCD::"],
        &[
            "",
            ":",
            ":::",
            "1::2::3",
            "1:2:3:4:5:6:7",
            "12345::",
            "::ffff:10.0.0.01",
            "[::1]",
            "fe80::1%eth0",
            "::g",
            " ::1",
        ],
    ),
    (
        Format::Uri,
        &[
            "a:",
            "urn:a:b",
            "file:/etc/hosts",
            "http://[::1]:80/a?b#c",
            "http://999.1.1.1/",
            "http://a/%C3%BC",
        ],
        &[
            "",
            "/a",
            "1a:b",
            "a_b://c",
            "http://a/%",
            "http://a/%zz",
            "http://a:b/",
            "http://[::1",
            "http://a/b c",
            "http://a/b\\c",
            "http://a/<b>",
            "http://a/ü",
            "http://a/{b}",
        ],
    ),
    (
        Format::UriReference,
        &["", "?a", "#a", "./a:b", "//a", "/a/../b"],
        &["1:a", "/%zz", "//a:b/", "//a@b@c/", "/a\"b", "/ü", "/a\\b"],
    ),
    (
        Format::Iri,
        &["http://bücher.example/ü?ä#ö", "urn:a:b", "file:/etc/hosts"],
        &["", "/ü", "http://ü/a b", "http://ü/\n", "http://[::1"],
    ),
    (Format::IriReference, &["", "/ü", "#ö", "?ä"], &["/ü \n", "\\ü", "1:ü"]),
    (
        Format::UriTemplate,
        &[
            "", "a", "{a}", "{+a}", "{#a}", "{.a}", "{/a}", "{;a}", "{?a,b}", "{&a}", "{a:9999}",
            "{a*}", "{a.b}", "{%41}", "%41",
        ],
        &[
            "{",
            "}",
            "{}",
            "a}b",
            "{a",
            "{{a}}",
            "{a,}",
            "{a,,b}",
            "{a..b}",
            "{a:0}",
            "{a:01}",
            "{a:10000}",
            "{a=b}",
            "a b",
            "%4",
        ],
    ),
    (Format::JsonPointer, &["", "/", "/a~0~1", "/😀", "/a b\n"], &["a", "#/a", "/~", "/~2"]),
    (
        Format::RelativeJsonPointer,
        &["0", "10", "0#", "0//", "1/a~0"],
        &["", "/a", "-1", "+1", "01", "0##", "1#/a", "0/~", "0/~2", "1\n", "١/a"],
    ),
    (
        Format::Duration,
        &["P1D", "PT1S", "P1Y2M3DT4H5M6S", "P3W", "P1M", "PT1M"],
        &[
            "", "P", "PT", "1D", "P1", "P1DT", "P1W1D", "P1D1Y", "PT1D", "P1.5D", "p1d", "P-1D",
            "P١D",
        ],
    ),
    (
        Format::Regex,
        &["", "a|b", "(?<n>a)\\k<n>", "(?<=a+)b", "[^]", "\\cA"],
        &["(", "a**", "[a", "(?P<n>a)", "(?#a)b", "\\"],
    ),
    (
        Format::Uuid,
        &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
            "00000000-0000-0000-0000-000000000000",
        ],
        &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
            "2eb8aa08aa9811eab4aa73b441d16380",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
            "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2eb8aa08-aa98-11ea-b4aa73b441d16380--",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
        ],
    ),
];

#[test]
fn formats_hold_at_the_edges_of_their_grammars() {
    let mut differing = Vec::new();
    for (format, good, bad) in EDGES {
        let expected =
            good.iter().map(|text| (text, true)).chain(bad.iter().map(|text| (text, false)));
        for (text, matches) in expected {
            if format.matches(text) != matches {
                differing.push(format!("{format}: {text:?} should be {matches}"));
            }
        }
    }
    assert!(differing.is_empty(), "{differing:#?}");
}
