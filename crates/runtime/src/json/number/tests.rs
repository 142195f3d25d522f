use proptest::prelude::*;

use super::*;
use crate::json::{Decode as _, Encode as _, Reader, Stop};

fn text(number: Decimal) -> String {
    let mut text = String::new();
    number.encode(&mut text);
    text
}

/// Any number of the grammar, long ones and those with exponents among them.
fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?",
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?[eE][+-]?[0-9]{1,3}",
        "-?(0|[1-9]0{0,20})(\\.0{0,20}[1-9]?0{1,20})?[eE][+-]?[0-9]{1,2}",
    ]
}

/// The plain decimal expansion of a number, by moving the point one place at a time.
fn expansion(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (mut integer, mut fraction) = (integer.to_owned(), fraction.to_owned());
    let exponent: i32 = exponent.parse().unwrap();
    for _ in 0..exponent {
        integer.push(if fraction.is_empty() { '0' } else { fraction.remove(0) });
    }
    for _ in exponent..0 {
        fraction.insert(0, integer.pop().unwrap_or('0'));
    }
    let integer = integer.trim_start_matches('0');
    let integer = if integer.is_empty() { "0" } else { integer };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{integer}{point}{fraction}")
}

#[test]
fn integers_of_every_notation() {
    for (text, value) in [
        ("0", Some(0)),
        ("-0", Some(0)),
        ("0.000", Some(0)),
        ("-0.0e-5", Some(0)),
        ("0e999999999999999999999", Some(0)),
        ("0e-999999999999999999999", Some(0)),
        ("12", Some(12)),
        ("12.0", Some(12)),
        ("1.2e1", Some(12)),
        ("1200e-2", Some(12)),
        ("0.00012E5", Some(12)),
        ("-12.00", Some(-12)),
        ("12.5", None),
        ("125e-1", None),
        ("1e-1", None),
        ("0.1", None),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("-9223372036854775808", Some(i64::MIN)),
        ("-9223372036854775809", None),
        ("-92233720368547758080e-1", Some(i64::MIN)),
        ("9223372036854775807.000000000000000000000000", Some(i64::MAX)),
        ("1e18", Some(1_000_000_000_000_000_000)),
        ("1e19", None),
        ("99999999999999999999", None),
        ("1e999999999999999999999", None),
        ("1e-999999999999999999999", None),
        ("1e4294967296", None),
    ] {
        assert_eq!(integer(text), value, "{text}");
    }
    let zeros = "0".repeat(100_000);
    assert_eq!(integer(&format!("12{zeros}e-100000")), Some(12));
    assert_eq!(integer(&format!("0.{zeros}12e100002")), Some(12));
    assert_eq!(integer(&format!("1{zeros}")), None);
}

#[test]
fn integers_of_any_size_are_integers() {
    for text in [
        "0",
        "-0.0",
        "0e-400",
        "1e999999999999999999999",
        "12.50e1",
        "123456789012345678901234567890.0",
    ] {
        assert!(is_integer(text), "{text}");
    }
    for text in ["0.5", "1e-1", "12.50", "125e-2", "1e-999999999999999999999", "", "01", "1.", "x"]
    {
        assert!(!is_integer(text), "{text}");
    }
}

#[test]
fn decimals_keep_their_scale() {
    for (number, expected) in [
        ("14.70", "14.70"),
        ("0.0", "0.0"),
        ("10", "10"),
        ("0.423187", "0.423187"),
        ("-0.0", "-0.0"),
        ("-0", "-0"),
        ("1e2", "100"),
        ("1.50e1", "15.0"),
        ("1.5E-3", "0.0015"),
        ("12e-1", "1.2"),
        ("0e400", "0"),
        ("0.0e1", "0"),
        ("0.0e-1", "0.00"),
        ("0e-28", "0.0000000000000000000000000000"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("-7.9228162514264337593543950335", "-7.9228162514264337593543950335"),
        ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ("99999999999999999999", "99999999999999999999"),
        ("1e28", "10000000000000000000000000000"),
    ] {
        assert_eq!(decimal(number).map(text).as_deref(), Some(expected), "{number}");
    }
}

#[test]
fn digits_without_a_place_are_no_decimal() {
    for text in [
        "79228162514264337593543950336",
        "7.92281625142643375935439503360",
        "0.00000000000000000000000000001",
        "0.00000000000000000000000000000",
        "1e29",
        "1e-29",
        "0e-29",
        "0e-400",
        "0e-99999999999999999999",
        "1e99999999999999999999",
        "1.0000000000000000000000000000000",
    ] {
        assert_eq!(decimal(text), None, "{text}");
    }
}

#[test]
fn text_other_than_a_number_has_no_value() {
    for text in [
        "", "-", "+1", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1.e1", " 1", "1 ", "0x1",
        "1_0", "١", "NaN", "1.2.3", "--1",
    ] {
        assert_eq!((integer(text), decimal(text), is_integer(text)), (None, None, false), "{text}");
    }
}

#[test]
fn out_of_range_numbers_mismatch_at_the_value() {
    for text in ["  1e29", "  0e-29"] {
        let mut reader = Reader::new(text);
        assert_eq!(Decimal::decode(&mut reader), Err(Stop::Mismatch));
        assert_eq!(reader.position(), 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn decimals_are_exact_or_nothing(number in any_number()) {
        let expanded = expansion(&number);
        // The oracle refuses digits it has no place for, except zeros, which it drops.
        let expected = Decimal::from_str_exact(&expanded).ok();
        let expected = expected.map(text).filter(|text| text.trim_start_matches('-') == expanded.trim_start_matches('-'));
        let ours = decimal(&number).map(text);
        prop_assert_eq!(ours.is_some(), expected.is_some());
        if let Some(ours) = ours {
            prop_assert_eq!(&ours, &expanded);
            prop_assert_eq!(decimal(&ours).map(text), Some(ours));
        }
    }

    #[test]
    fn decimals_print_as_rust_decimal_does(mantissa in -(1_i128 << 96) + 1..1_i128 << 96, shift in 0..96, scale in 0..=28_u32) {
        let number = Decimal::from_i128_with_scale(mantissa >> shift, scale);
        prop_assert_eq!(text(number), number.to_string());
    }

    #[test]
    fn integers_are_those_of_their_expansion(number in any_number()) {
        let expanded = expansion(&number);
        let (whole, fraction) = expanded.split_once('.').unwrap_or((&expanded, ""));
        let integral = fraction.bytes().all(|digit| digit == b'0');
        prop_assert_eq!(is_integer(&number), integral);
        prop_assert_eq!(integer(&number), whole.parse().ok().filter(|_| integral));
    }

    #[test]
    fn all_integers_come_back(value: i64) {
        let mut text = String::new();
        value.encode(&mut text);
        prop_assert_eq!(&text, &value.to_string());
        prop_assert_eq!(i64::decode(&mut Reader::new(&text)), Ok(value));
        let narrow = i32::try_from(value).map_err(|_| Stop::Mismatch);
        prop_assert_eq!(i32::decode(&mut Reader::new(&text)), narrow);
    }

    #[test]
    fn any_text_is_refused_or_a_number(text in "[-+0-9.eE]{0,12}") {
        let legal = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
        prop_assert_eq!(scan(text.as_bytes(), 0).is_ok_and(|layout| layout.end == text.len()), legal);
        if !legal {
            prop_assert_eq!((integer(&text), decimal(&text), is_integer(&text)), (None, None, false));
        }
    }
}
