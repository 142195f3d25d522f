//! Numbers of any size, numbers that keep their text, and narrow integers, against an independent validator.

use events::Event;
use events::json::Number;
use migration_events_cases::chosen::{self, Digits, Numbers};
use migration_events_support::oracle;
use proptest::prelude::*;
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    let schema = include_str!("../schemas/chosen/numbers.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    oracle::compiled(&schema, jsonschema::Draft::Draft7)
}

/// Texts of each property: those that are accepted, and those that are rejected.
const MESSAGES: &[(&str, &[&str], &[&str])] = &[
    ("beyond", &["5", "-0", "10.0", "-25e1"], &["6", "1e31", "0.5", "-1e31", "\"5\""]),
    ("far", &["1e299", "-1e299", "0.10", "123456789012345678901234567890.5"], &["1e301", "null"]),
    ("tiny", &["1e-39", "7"], &["0", "1e-41", "-1"]),
    ("listed", &["1e30", "18446744073709551616.0", "100e28"], &["1e29", "5", "0.5"]),
    ("unsigned", &["0", "18446744073709551615", "1e19"], &["-1", "1e20"]),
    ("level", &["0", "200", "2e2", "1.0"], &["201", "-1", "256", "0.5", "1e30"]),
    ("offset", &["-128", "127"], &["128", "-129", "1e30"]),
    ("port", &["1", "65535"], &["0", "65536", "70000"]),
    ("either", &["\"x\"", "7", "1e24"], &["1e26", "0.5", "null"]),
    (
        "digits",
        &[
            r#"{"count":1.0}"#,
            r#"{"count":1e2,"total":1.50,"rate":1,"unit":100,"list":[0.10,1e-2,5]}"#,
            r#"{"count":-12345678901234567890123,"total":null,"rate":2.5,"unit":1e2}"#,
            r#"{"rate":null}"#,
        ],
        &[
            r#"{"count":1.5}"#,
            r#"{"total":-1}"#,
            r#"{"rate":3}"#,
            r#"{"rate":"1"}"#,
            r#"{"unit":101}"#,
            r#"{"list":[0.001]}"#,
        ],
    ),
];

/// The properties whose types keep the text.
const KEPT: &[&str] = &["beyond", "far", "tiny", "either", "digits"];

#[test]
fn decoder_and_oracle_agree_on_numbers() {
    let validator = validator();
    for (property, valid, invalid) in MESSAGES {
        let all =
            valid.iter().map(|text| (text, true)).chain(invalid.iter().map(|text| (text, false)));
        for (text, expected) in all {
            let message = format!(r#"{{"{property}":{text}}}"#);
            let value: Value = serde_json::from_str(&message).unwrap();
            assert_eq!(validator.is_valid(&value), expected, "oracle: {message}");
            let read = Numbers::from_json(message.as_bytes());
            assert_eq!(read.is_ok(), expected, "{message}: {read:?}");
            if let Ok(read) = read {
                let written = read.to_json();
                if KEPT.contains(property) {
                    assert_eq!(written, message);
                    assert_eq!(serde_json::to_string(&read).unwrap(), message);
                }
                assert_eq!(Numbers::from_json(written.as_bytes()).unwrap(), read);
            }
        }
    }
}

/// Numbers that the oracle, which rounds fractions to 64 bits, knows exactly.
fn texts() -> impl Strategy<Value = String> {
    let spelling = proptest::sample::select(&["", ".0", ".50", "e0", "E+1", "e-1"][..]);
    prop_oneof![
        (-400..400_i32, spelling.clone()).prop_map(|(number, end)| format!("{number}{end}")),
        (any::<i32>(), spelling).prop_map(|(number, end)| format!("{number}{end}")),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
    ]
}

#[test]
fn random_numbers_agree_with_the_oracle() {
    let validator = validator();
    let names = ["beyond", "far", "tiny", "unsigned", "level", "offset", "port", "either"];
    let property = proptest::sample::select(names.to_vec());
    proptest!(|(property in property, text in texts())| {
        let message = format!(r#"{{"{property}":{text}}}"#);
        let value: Value = serde_json::from_str(&message).unwrap();
        let read = Numbers::from_json(message.as_bytes());
        prop_assert_eq!(read.is_ok(), validator.is_valid(&value), "{}", message);
        if let Ok(read) = read && KEPT.contains(&property) {
            prop_assert_eq!(read.to_json(), message);
        }
    });
}

#[test]
fn bounds_of_any_size_are_exact() {
    let far = format!("1{}", "0".repeat(30));
    let cases = [
        (r#"{"beyond":1e29}"#.to_owned(), true),
        (r#"{"beyond":-123456789012345678901234567890}"#.to_owned(), true),
        (format!(r#"{{"beyond":{far}}}"#), true),
        (format!(r#"{{"beyond":{}}}"#, far.replacen("10", "100", 1)), false),
        (r#"{"beyond":1000000000000000000000000000005}"#.to_owned(), false),
        (r#"{"beyond":1e1000000000}"#.to_owned(), false),
        (r#"{"far":1e1000000000}"#.to_owned(), false),
        (r#"{"far":-1e1000000000}"#.to_owned(), true),
        (r#"{"tiny":1.0000000000000000000000000000000001e-40}"#.to_owned(), true),
        (r#"{"tiny":1e-40}"#.to_owned(), false),
        (r#"{"digits":{"count":1e1000000000,"list":[1e-1000000000]}}"#.to_owned(), false),
        (r#"{"digits":{"count":1e1000000000,"list":[1e1000000000]}}"#.to_owned(), true),
    ];
    for (message, expected) in cases {
        let read = Numbers::from_json(message.as_bytes());
        assert_eq!(read.is_ok(), expected, "{message}");
        assert!(read.is_err() || read.is_ok_and(|read| read.to_json() == message));
    }
}

#[test]
fn rejections_name_place_and_bound() {
    let message = br#"{"beyond": 1e31, "level": 300, "offset": -200, "port": 0, "digits": {"count": 1.5, "rate": 3}}"#;
    let rejection = Numbers::from_json(message).unwrap_err();
    let violations: Vec<String> = rejection.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        violations,
        [
            "/beyond: greater than 1e30 (maximum)",
            "/level: greater than 200 (maximum)",
            "/offset: less than -128 (minimum)",
            "/port: less than 1 (minimum)",
            "/digits/count: expected an integer, found a number (type)",
            "/digits/rate: not one of 1.0, 2.50, null (enum)",
        ]
    );
}

#[test]
fn types_are_those_chosen() {
    let built = Numbers::builder()
        .level(200_u8)
        .offset(-128_i8)
        .port(65_535_u16)
        .unsigned(u64::MAX)
        .beyond(Number::from(i128::from(u64::MAX) + 5 - i128::from(u64::MAX % 5)))
        .digits(
            Digits::builder()
                .count(7)
                .total(events::rust_decimal::Decimal::new(150, 2))
                .build()
                .unwrap(),
        )
        .build()
        .unwrap();
    assert_eq!(
        built.to_json(),
        r#"{"beyond":18446744073709551620,"unsigned":18446744073709551615,"digits":{"count":7,"total":1.50},"level":200,"offset":-128,"port":65535}"#
    );
    let invalid = Numbers::builder().beyond(6).build().unwrap_err();
    assert_eq!(invalid.violations()[0].to_string(), "/beyond: not a multiple of 5 (multipleOf)");
    let either = chosen::numbers::Either::Number(Number::from(3));
    assert_eq!(Numbers::builder().either(either).build().unwrap().to_json(), r#"{"either":3}"#);
}

/// Of the branches of a union that fit, the one is taken that writes the number as it came.
#[test]
fn unions_write_numbers_as_they_came() {
    for number in ["1", "1.0", "2.5", "2.50", "10", "-0.10"] {
        let text = format!(r#"{{"whole_or_not":{number},"listed_or_not":{number}}}"#);
        let event = migration_events_cases::json::Alternatives::from_json(text.as_bytes()).unwrap();
        assert_eq!(event.to_json(), text);
    }
}
