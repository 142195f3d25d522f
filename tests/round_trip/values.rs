//! Strategies for the values of which events are made.
#![allow(dead_code, reason = "a family uses a part of it")]

use crate::common::json::quoted;
use migration_events::json::{Map, RawJson, RawObject};
use migration_events::{Timestamp, Uuid, avro};
use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Any text, those that break naive writers, parsers and escapers among them.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 _-]{0,12}",
        2 => any::<String>(),
        2 => vec(any::<char>(), 0..8).prop_map(|letters| letters.into_iter().collect()),
        1 => proptest::sample::select(&[
            "", "\"", "\\", "\\\"", "\\u0041", "\0", "\u{1f}\u{7f}", "\r\n\t\u{8}\u{c}", "/", "</script>",
            "\u{2028}\u{2029}", "\u{feff}", "\u{e000}\u{fffd}\u{ffff}", "😀\u{10ffff}", "e\u{301}", "null",
            "{}", "NaN", "$serde_json::private::RawValue", "$serde_json::private::Number", "__proto__",
        ][..]).prop_map(str::to_owned),
    ]
}

/// Any decimal, the widest, the finest and negative zeros among them.
pub(crate) fn decimal() -> impl Strategy<Value = Decimal> {
    let whole = (any::<[u32; 3]>(), any::<bool>(), 0..=Decimal::MAX_SCALE);
    let whole = whole.prop_map(|([low, middle, high], negative, scale)| {
        let mut decimal = Decimal::from_parts(low, middle, high, false, scale);
        decimal.set_sign_negative(negative);
        decimal
    });
    let zero = (any::<bool>(), 0..=Decimal::MAX_SCALE).prop_map(|(negative, scale)| {
        let mut zero = Decimal::new(0, scale);
        zero.set_sign_negative(negative);
        zero
    });
    let amount = (any::<i32>(), 0..=4_u32)
        .prop_map(|(digits, scale)| Decimal::new(i64::from(digits), scale));
    prop_oneof![
        2 => whole,
        1 => zero,
        3 => amount,
        1 => proptest::sample::select(&[Decimal::MAX, Decimal::MIN][..]),
    ]
}

pub(crate) fn integer() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), -9..9_i64, Just(i64::MIN), Just(i64::MAX)]
}

/// Any RFC 3339 date-time, in any notation.
pub(crate) fn timestamp() -> impl Strategy<Value = Timestamp> {
    let date = (0..=9999_u16, 1..=12_u8, 1..=28_u8);
    let time = prop_oneof![
        8 => (0..24_u8, 0..60_u8, 0..60_u8).prop_map(|(hour, minute, second)| {
            (format!("{hour:02}:{minute:02}:{second:02}"), None)
        }),
        // A leap second, as it is written in UTC.
        1 => Just(("23:59:60".to_owned(), Some("Z".to_owned()))),
    ];
    let offset = (any::<bool>(), 0..24_u8, 0..60_u8).prop_map(|(minus, hours, minutes)| {
        format!("{}{hours:02}:{minutes:02}", if minus { '-' } else { '+' })
    });
    let offset = prop_oneof![
        Just("Z".to_owned()),
        Just("z".to_owned()),
        Just("-00:00".to_owned()),
        Just("+00:00".to_owned()),
        offset,
    ];
    let fraction = prop_oneof![Just(String::new()), r"\.[0-9]{1,12}", r"\.[0-9]{3}"];
    (date, "[Tt]", time, fraction, offset).prop_map(
        |((year, month, day), t, (time, zone), fraction, offset)| {
            let offset = zone.unwrap_or(offset);
            let text = format!("{year:04}-{month:02}-{day:02}{t}{time}{fraction}{offset}");
            let timestamp = Timestamp::parse(&text);
            let timestamp = timestamp.unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_eq!(timestamp.to_string(), text);
            timestamp
        },
    )
}

/// A UUID in any mixture of letter cases.
pub(crate) fn uuid() -> impl Strategy<Value = Uuid> {
    "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}".prop_map(|text| {
        let uuid = Uuid::parse(&text).unwrap();
        assert_eq!(uuid.to_string(), text);
        uuid
    })
}

/// A date that RFC 3339 can write.
pub(crate) fn date() -> impl Strategy<Value = chrono::NaiveDate> {
    (0..=9999_i32, 1..=366_u32)
        .prop_filter_map("a leap year", |(year, day)| chrono::NaiveDate::from_yo_opt(year, day))
}

pub(crate) fn avro_date() -> impl Strategy<Value = avro::Date> {
    prop_oneof![any::<i32>(), Just(i32::MIN), Just(123_123_123), 0..20_000_i32]
        .prop_map(avro::Date::new)
}

pub(crate) fn avro_millis() -> impl Strategy<Value = avro::TimestampMillis> {
    integer().prop_map(avro::TimestampMillis::new)
}

/// Text of any JSON value, in spellings that a writer of values would not choose.
pub(crate) fn json_text() -> impl Strategy<Value = String> {
    let number = r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,5})?";
    let string = prop_oneof![
        text().prop_map(|text| quoted(&text)),
        Just(r#""\u0041\/\ud83d\ude00""#.to_owned())
    ];
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        number,
        string,
    ];
    scalar.prop_recursive(4, 16, 4, |value| {
        let space = "[ \n\r\t]{0,2}";
        let item = (space, value.clone(), space).prop_map(|(a, item, b)| format!("{a}{item}{b}"));
        prop_oneof![
            vec(item.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            vec((text(), item), 0..4).prop_map(object),
        ]
    })
}

fn object(mut members: Vec<(String, String)>) -> String {
    members.sort();
    members.dedup_by(|(left, _), (right, _)| left == right);
    let members: Vec<_> =
        members.iter().map(|(key, value)| format!("{}:{value}", quoted(key))).collect();
    format!("{{{}}}", members.join(" , "))
}

pub(crate) fn raw_json() -> impl Strategy<Value = RawJson> {
    json_text().prop_map(|text| RawJson::parse(&text).unwrap())
}

pub(crate) fn raw_object() -> impl Strategy<Value = RawObject> {
    vec((text(), json_text()), 0..4).prop_map(|members| RawObject::parse(&object(members)).unwrap())
}

/// Properties that the contract leaves open; `known` are those that it names.
pub(crate) fn extra(known: &'static [&'static str]) -> impl Strategy<Value = Map<RawJson>> {
    let some = vec((text(), raw_json()), 1..4).prop_map(move |members| {
        let other = |key: String| if known.contains(&&*key) { format!("_{key}") } else { key };
        members.into_iter().map(|(key, value)| (other(key), value)).collect()
    });
    prop_oneof![2 => Just(Map::new()), 1 => some]
}
