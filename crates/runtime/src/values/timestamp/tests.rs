use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn every_legal_text_is_printed_again() {
    for text in [
        "2023-05-02T14:03:27Z",
        "2023-05-02T14:03:27.0Z",
        "2023-05-02T14:03:27.120Z",
        "2023-05-02T14:03:27.120000Z",
        "2023-05-02T14:03:27.123456789Z",
        "2023-05-02T14:03:27.1234567890Z",
        "2023-05-02T14:03:27.00000000000000000000000000001-00:00",
        "2023-05-02t14:03:27.120z",
        "2023-05-02T14:03:27z",
        "2023-05-02T14:03:27+00:00",
        "2023-05-02T14:03:27-00:00",
        "2023-05-02T14:03:27+05:30",
        "2023-05-02T14:03:27-23:59",
        "2023-05-02T14:03:27+23:59",
        "0000-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999999999-23:59",
        "2024-02-29T00:00:00Z",
        "1990-12-31T23:59:60Z",
        "1990-12-31T15:59:60-08:00",
        "1990-12-31T15:59:60.5-08:00",
        "1991-01-01T05:29:60.123456789012+05:30",
    ] {
        let timestamp = Timestamp::parse(text).unwrap_or_else(|_| panic!("{text}"));
        assert_eq!(timestamp.to_string(), text);
        assert_eq!(format!("{timestamp:?}"), text);
        let json = serde_json::to_string(&timestamp).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert!(serde_json::from_str::<Timestamp>(&json).unwrap().same_text(&timestamp));
        let mut encoded = String::new();
        timestamp.encode(&mut encoded);
        assert_eq!(encoded, json);
        assert!(Timestamp::decode(&mut Reader::new(&json)).unwrap().same_text(&timestamp));
    }
}

#[test]
fn unknown_forms_are_refused() {
    for text in [
        "",
        "2023-05-02",
        "2023-05-02T14:03Z",
        "2023-05-02T14:03:27",
        "2023-05-02 14:03:27Z",
        "2023-05-02_14:03:27Z",
        "2023-05-02T14:03:27.Z",
        "2023-05-02T14:03:27,5Z",
        "2023-05-02T14:03:27 Z",
        "2023-05-02T14:03:27ZZ",
        "2023-05-02T14:03:27.5",
        "2023-05-02T14:03:27+0530",
        "2023-05-02T14:03:27+05",
        "2023-05-02T14:03:27+24:00",
        "2023-05-02T14:03:27+05:60",
        "2023-05-02T14:03:27\u{2212}05:00",
        "2023-05-02T24:00:00Z",
        "2023-05-02T14:60:00Z",
        "2023-05-02T14:03:61Z",
        "2023-05-02T14:03:60Z",
        "1990-12-31T23:59:60-08:00",
        "1990-12-31T23:58:60Z",
        "2023-02-29T14:03:27Z",
        "2023-13-02T14:03:27Z",
        "2023-5-2T14:03:27Z",
        "+2023-05-02T14:03:27Z",
        "-001-05-02T14:03:27Z",
        "12023-05-02T14:03:27Z",
        " 2023-05-02T14:03:27Z",
        "2023-05-02T14:03:27Z ",
        "２０23-05-02T14:03:27Z",
        "2023-05-02T14:03:27é",
        "2023W185T14:03:27Z",
    ] {
        assert_eq!(Timestamp::parse(text), Err(InvalidTimestamp), "{text}");
    }
}

#[test]
fn equality_and_order_are_by_instant() {
    let instants = [
        "1990-12-31T23:59:59.999Z",
        "1990-12-31T23:59:60.001Z",
        "1991-01-01T00:00:00Z",
        "1991-01-01T00:00:00.000000001Z",
    ];
    assert!(instants.windows(2).all(|pair| parse(pair[0]) < parse(pair[1])));

    let (utc, local) = (parse("2023-05-02T14:03:27Z"), parse("2023-05-02T16:03:27.000+02:00"));
    assert_eq!(utc, local);
    assert_eq!(utc.cmp(&local), Ordering::Equal);
    assert_eq!(std::collections::HashSet::from([utc.clone(), local.clone()]).len(), 1);
    assert!(!utc.same_text(&local));
    assert_eq!(local.instant().to_rfc3339(), "2023-05-02T16:03:27+02:00");
    assert_eq!(local.to_utc(), utc.to_utc());
}

#[test]
fn same_text_sees_every_difference() {
    let texts = [
        "2023-05-02T14:03:27Z",
        "2023-05-02T14:03:27z",
        "2023-05-02t14:03:27Z",
        "2023-05-02T14:03:27.0Z",
        "2023-05-02T14:03:27+00:00",
        "2023-05-02T14:03:27-00:00",
        "2023-05-02T15:03:27+01:00",
        "2023-05-02T14:03:27.0000000000Z",
        "2023-05-02T14:03:27.00000000000Z",
    ];
    for (i, a) in texts.into_iter().enumerate() {
        for (j, b) in texts.into_iter().enumerate() {
            assert_eq!(parse(a).same_text(&parse(b)), i == j, "{a} {b}");
            assert_eq!(parse(a), parse(b));
        }
    }
}

#[test]
fn digits_past_the_ninth_are_text_only() {
    let (low, high) =
        (parse("2023-05-02T14:03:27.1234567890Z"), parse("2023-05-02T14:03:27.1234567899Z"));
    assert_eq!(low, high);
    assert!(!low.same_text(&high));
    assert_eq!(high.instant().timestamp_subsec_nanos(), 123_456_789);
}

#[test]
fn from_chrono_takes_as_few_digits_as_needed() {
    for (nanos, text) in [
        (0, "2023-05-02T14:03:27Z"),
        (120_000_000, "2023-05-02T14:03:27.120Z"),
        (120_000, "2023-05-02T14:03:27.000120Z"),
        (1, "2023-05-02T14:03:27.000000001Z"),
    ] {
        let instant = DateTime::from_timestamp(1_683_036_207, nanos).unwrap();
        assert_eq!(Timestamp::try_from(instant).unwrap().to_string(), text);
    }
    let local = DateTime::parse_from_rfc3339("2023-05-02T14:03:27.5-03:30").unwrap();
    assert_eq!(Timestamp::try_from(local).unwrap().to_string(), "2023-05-02T14:03:27.500-03:30");
    let leap = DateTime::parse_from_rfc3339("1990-12-31T15:59:60-08:00").unwrap();
    assert_eq!(Timestamp::try_from(leap).unwrap().to_string(), "1990-12-31T15:59:60-08:00");
}

#[test]
fn refuses_instants_that_rfc_3339_cannot_express() {
    for year in [-1, 10_000] {
        let day = chrono::NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
        let instant = day.and_time(NaiveTime::MIN).and_utc();
        assert_eq!(Timestamp::try_from(instant), Err(InvalidTimestamp));
        assert_eq!(Timestamp::try_from(instant.fixed_offset()), Err(InvalidTimestamp));
    }
    let local = parse("2023-05-02T14:03:27Z").to_utc();
    let odd = local.with_timezone(&FixedOffset::east_opt(3_601).unwrap());
    assert_eq!(Timestamp::try_from(odd), Err(InvalidTimestamp));
    let leap = DateTime::from_timestamp(59, 1_500_000_000).unwrap();
    assert_eq!(Timestamp::try_from(leap), Err(InvalidTimestamp));
}

#[test]
fn an_error_shows_no_value() {
    for text in [r#""secret""#, "5", "-5", "1.5", "true", "\"x\""] {
        let error = serde_json::from_str::<Timestamp>(text).unwrap_err().to_string();
        assert_eq!(error.split(" at line").next(), Some("not an RFC 3339 date-time"), "{text}");
    }
    assert_eq!(InvalidTimestamp.to_string(), "not an RFC 3339 date-time");
}

#[test]
fn timestamps_take_at_most_32_bytes() {
    assert!(size_of::<Timestamp>() <= 32);
}

/// Texts of the grammar; not all of them are days of the calendar.
fn date_time() -> impl Strategy<Value = String> {
    "[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,12})?([Zz]|[+-](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9])"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn chrono_agrees_on_the_instant(text in date_time()) {
        let theirs = DateTime::parse_from_rfc3339(&text).ok();
        match Timestamp::parse(&text) {
            Ok(ours) => {
                prop_assert_eq!(Some(ours.instant()), theirs);
                prop_assert_eq!(theirs.map(|theirs| *theirs.offset()), Some(*ours.instant().offset()));
                prop_assert_eq!(ours.to_string(), text);
            }
            // chrono takes second 60 of any minute.
            Err(_) => prop_assert!(theirs.is_none() || text.contains(":60")),
        }
    }

    #[test]
    fn any_text_is_printed_again_or_refused(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}.[0-9]{2}:[0-9]{2}:[0-9]{2}.{0,8}") {
        let parsed = Timestamp::parse(&text);
        if let Ok(timestamp) = parsed {
            prop_assert_eq!(timestamp.to_string(), text);
        }
    }

    #[test]
    fn every_instant_comes_back(seconds in -62_167_219_200..253_402_300_800_i64, nanos in 0..1_000_000_000_u32, minutes in -1439..1440) {
        let instant = DateTime::from_timestamp(seconds, nanos).unwrap();
        let timestamp = Timestamp::try_from(instant).unwrap();
        prop_assert_eq!(timestamp.to_utc(), instant);
        prop_assert!(parse(&timestamp.to_string()).same_text(&timestamp));
        let local = instant.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        if let Ok(timestamp) = Timestamp::try_from(local) {
            prop_assert!(parse(&timestamp.to_string()).same_text(&timestamp));
            prop_assert_eq!(parse(&timestamp.to_string()).instant(), local);
        } else {
            prop_assert!(!(0..=9999).contains(&local.year()));
        }
    }
}
